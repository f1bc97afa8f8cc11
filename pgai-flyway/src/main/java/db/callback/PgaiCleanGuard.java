package db.callback;

import dev.pgai.flyway.CleanGuard;

/**
 * The {@link CleanGuard}, where Flyway finds it with nothing configured. With {@code callbackLocations} of your own,
 * add {@code classpath:db/callback}, or register a {@link CleanGuard}.
 */
public final class PgaiCleanGuard extends CleanGuard {

    /** Called by Flyway. */
    public PgaiCleanGuard() {}
}
