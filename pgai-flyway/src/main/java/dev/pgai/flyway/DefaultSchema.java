package dev.pgai.flyway;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.migration.Context;

/** The schema that Flyway migrates. */
final class DefaultSchema {

    private DefaultSchema() {}

    /** Flyway makes it the current one before a migration runs, whichever way it was configured. */
    static String of(Context context) {
        try {
            return context.getConnection().getSchema();
        } catch (SQLException e) {
            throw new FlywayException("Cannot read the current schema: " + e.getMessage(), e);
        }
    }
}
