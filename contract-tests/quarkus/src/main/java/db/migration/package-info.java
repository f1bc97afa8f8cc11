/** Migrations of the application. */
@NullMarked
package db.migration;

import org.jspecify.annotations.NullMarked;
