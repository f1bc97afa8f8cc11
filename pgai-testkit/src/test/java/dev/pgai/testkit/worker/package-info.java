/** Tests of what needs no database, against what Python did. */
@NullMarked
package dev.pgai.testkit.worker;

import org.jspecify.annotations.NullMarked;
