/**
 * Installing the catalog: what is there, whether a script may go there, and the statement that does it. Not exported.
 */
@NullMarked
package dev.pgai.jdbc.install;

import org.jspecify.annotations.NullMarked;
