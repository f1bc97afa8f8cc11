/**
 * What can be done to vectorizers: each change a value with its SQL, its way back, a canonical text for checksums and a
 * JSON form. One concept for code, migrations, changelogs, scripts and plans.
 */
@NullMarked
package dev.pgai.change;

import org.jspecify.annotations.NullMarked;
