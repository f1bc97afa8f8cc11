package dev.pgai.flyway;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.api.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The schemas that a Flyway works on.
 *
 * @param names all of them
 * @param defaultSchema the one with the history; null when none is configured, and the connection has none
 */
record FlywaySchemas(Set<String> names, @Nullable String defaultSchema) {

    /** As Flyway takes them: the schemas and the default schema, or the current one when neither is configured. */
    static FlywaySchemas of(Configuration configuration, Connection connection) throws SQLException {
        Set<String> names = new TreeSet<>(List.of(configuration.getSchemas()));
        String defaultSchema = configuration.getDefaultSchema();
        if (defaultSchema == null) {
            defaultSchema =
                    names.isEmpty() ? connection.getSchema() : configuration.getSchemas()[0];
        }
        if (defaultSchema != null) {
            names.add(defaultSchema);
        }
        return new FlywaySchemas(names, defaultSchema);
    }
}
