/** What the library survives: many at once, lost connections, stopped servers, damaged catalogs. */
@NullMarked
package dev.pgai.contract.reliability;

import org.jspecify.annotations.NullMarked;
