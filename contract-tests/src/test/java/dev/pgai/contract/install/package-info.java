/** Installing the catalog, on real databases. */
@NullMarked
package dev.pgai.contract.install;

import org.jspecify.annotations.NullMarked;
