/** How the house is built: which module and package knows which, read from the class files. */
@NullMarked
package dev.pgai.contract.architecture;

import org.jspecify.annotations.NullMarked;
