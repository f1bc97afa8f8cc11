/**
 * The SQL of vectorizers. One renderer from a definition to one statement on one line, for files and for execution
 * alike: what is shown is what runs.
 */
@NullMarked
package dev.pgai.sql;

import org.jspecify.annotations.NullMarked;
