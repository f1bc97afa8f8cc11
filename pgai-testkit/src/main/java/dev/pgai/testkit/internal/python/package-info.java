/** As Python, psycopg and Python's re have it: texts of values, templates, regular expressions. */
@NullMarked
package dev.pgai.testkit.internal.python;

import org.jspecify.annotations.NullMarked;
