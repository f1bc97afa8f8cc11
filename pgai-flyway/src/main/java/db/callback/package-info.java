/** Where Flyway looks for callbacks by default. */
@NullMarked
package db.callback;

import org.jspecify.annotations.NullMarked;
