/** What belongs to pgai in a database, and how tools leave it alone. */
@NullMarked
package dev.pgai.contract.managed;

import org.jspecify.annotations.NullMarked;
