package dev.pgai.flyway;

import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.configuration.Configuration;

/**
 * The schemas that a clean is about.
 *
 * @param names all of them
 * @param created those that Flyway created, which it drops as a whole
 */
record CleanedSchemas(Set<String> names, Set<String> created) {

    /** The server writes the query, because the names need quotes. */
    private static final String QUERY_OF_HISTORY = """
            select pg_catalog.format(
                'select h.script from %I.%I h where h.type operator(pg_catalog.=) ''SCHEMA''', n.nspname, c.relname)
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
            where n.nspname operator(pg_catalog.=) ? and c.relname operator(pg_catalog.=) ?
              and c.relkind operator(pg_catalog.=) 'r'
            """;

    /** Flyway asks this schema, which shows to each user what is theirs to use. */
    private static final String SEEN = "select t.table_schema::pg_catalog.text, t.table_name::pg_catalog.text"
            + " from information_schema.tables t where t.table_schema::pg_catalog.text operator(pg_catalog.=) any (?)";

    private static final String RELATIONS = """
            select n.nspname, c.relname
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
            where n.nspname operator(pg_catalog.=) any (?)
            """;

    static CleanedSchemas of(Context context) {
        try {
            return of(context.getConfiguration(), context.getConnection());
        } catch (SQLException e) {
            throw new FlywayException("Cannot look which schemas are cleaned: " + e.getMessage(), e);
        }
    }

    private static CleanedSchemas of(Configuration configuration, Connection connection) throws SQLException {
        FlywaySchemas schemas = FlywaySchemas.of(configuration, connection);
        String defaultSchema = schemas.defaultSchema();
        return new CleanedSchemas(
                schemas.names(),
                // Of a connection without one there is nothing to clean; nor has it a history.
                defaultSchema == null ? Set.of() : created(connection, defaultSchema, configuration.getTable()));
    }

    /** From the rows of Flyway's history, as Flyway reads them. */
    private static Set<String> created(Connection connection, String schema, String table) throws SQLException {
        Set<String> created = new TreeSet<>();
        try (PreparedStatement look = connection.prepareStatement(QUERY_OF_HISTORY)) {
            look.setString(1, schema);
            look.setString(2, table);
            try (ResultSet query = look.executeQuery()) {
                if (query.next()) {
                    try (Statement statement = connection.createStatement();
                            ResultSet rows = statement.executeQuery(query.getString(1))) {
                        while (rows.next()) {
                            for (String name : rows.getString(1).split(",", -1)) {
                                created.add(name.replaceAll("^\"|\"$", ""));
                            }
                        }
                    }
                }
            }
        }
        return created;
    }

    /** What is in them at the moment. */
    Set<RelationName> relations(Connection connection) {
        return relations(connection, RELATIONS);
    }

    /** What is in them and Flyway does not see, since its user may do nothing with it. */
    Set<RelationName> hidden(Connection connection) {
        Set<RelationName> hidden = relations(connection);
        hidden.removeAll(relations(connection, SEEN));
        return hidden;
    }

    private Set<RelationName> relations(Connection connection, String query) {
        Set<RelationName> relations = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    relations.add(RelationName.of(rows.getString(1), rows.getString(2)));
                }
            }
            return relations;
        } catch (SQLException e) {
            throw new FlywayException("Cannot look what the clean has left: " + e.getMessage(), e);
        }
    }

    boolean contains(String schema) {
        return names.contains(schema);
    }

    boolean contains(RelationName relation) {
        return names.contains(relation.schema());
    }

    /** How a message starts. */
    String refused() {
        return "The clean of " + names + " is refused, and nothing was dropped: ";
    }
}
