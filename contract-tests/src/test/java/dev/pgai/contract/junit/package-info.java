/** The extension for JUnit, on the databases of the lane, and on the version of JUnit that the build chooses. */
@NullMarked
package dev.pgai.contract.junit;

import org.jspecify.annotations.NullMarked;
