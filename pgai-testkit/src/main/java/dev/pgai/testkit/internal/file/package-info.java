/** Files: trees, locks that all JVMs see, marks of JVMs that live, what is in this library, and what users name. */
@NullMarked
package dev.pgai.testkit.internal.file;

import org.jspecify.annotations.NullMarked;
