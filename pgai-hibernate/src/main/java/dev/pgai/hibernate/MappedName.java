package dev.pgai.hibernate;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.relational.Database;
import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.boot.model.relational.SqlStringGenerationContext;
import org.hibernate.boot.model.relational.internal.SqlStringGenerationContextImpl;
import org.hibernate.mapping.Table;
import org.jspecify.annotations.Nullable;

/**
 * A table or sequence of the mapping, by the name that the database knows it by.
 *
 * @param mapped the table or sequence
 * @param schema its schema; null when the statements that name it leave it to the search path
 * @param name its name
 */
record MappedName(Object mapped, @Nullable String schema, String name) {

    /**
     * Finds each as the server would in a statement: in its schema, or else in the first schema of the search path that
     * has it. The cast cuts a name where the server would.
     */
    private static final String RESOLVE = """
            select w.position, n.nspname, c.relname
            from rows from (pg_catalog.unnest(?::pg_catalog.text[]), pg_catalog.unnest(?::pg_catalog.text[]))
                with ordinality w (nspname, relname, position)
            cross join lateral (
                select p.nspname, p.position
                from pg_catalog.unnest(pg_catalog.current_schemas(true)) with ordinality p (nspname, position)
                where w.nspname is null
                union all
                select w.nspname::pg_catalog.name, 0 where w.nspname is not null) s
            join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) s.nspname
            join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) n.oid
                and c.relname operator(pg_catalog.=) w.relname::pg_catalog.name
                and c.relkind operator(pg_catalog.=) any (array['r', 'p', 'v', 'm', 'f', 'S']::pg_catalog."char"[])
            order by w.position, s.position
            """;

    /** In bytes. */
    private static final int LONGEST_NAME = 63;

    /** All that the tools would name in a statement, with the default schema of this run. */
    static List<MappedName> all(Metadata metadata, Map<String, Object> options) {
        Database database = metadata.getDatabase();
        SqlStringGenerationContext context =
                SqlStringGenerationContextImpl.fromConfigurationMap(database.getJdbcEnvironment(), database, options);
        List<MappedName> names = new ArrayList<>();
        for (Namespace namespace : database.getNamespaces()) {
            for (Table table : namespace.getTables()) {
                names.add(of(table, context, table.getSchemaIdentifier(), table.getNameIdentifier()));
            }
            for (Sequence sequence : namespace.getSequences()) {
                names.add(of(
                        sequence,
                        context,
                        sequence.getName().getSchemaName(),
                        sequence.getName().getSequenceName()));
            }
        }
        return names;
    }

    private static MappedName of(
            Object mapped, SqlStringGenerationContext context, @Nullable Identifier schema, Identifier name) {
        return new MappedName(
                mapped,
                inDatabase(schema == null ? context.getDefaultSchema() : schema),
                String.valueOf(inDatabase(name)));
    }

    /** Whether the database may know it by one of these names: it cuts those that are too long. */
    boolean mayBeOneOf(Set<String> names) {
        return names.contains(name) || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME;
    }

    /** Those that are there, each with its schema. */
    static List<MappedName> resolve(Connection connection, List<MappedName> names) throws SQLException {
        if (names.isEmpty()) {
            return List.of();
        }
        Map<Integer, MappedName> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(RESOLVE)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", names.stream().map(MappedName::schema).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", names.stream().map(MappedName::name).toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    int position = rows.getInt(1);
                    found.putIfAbsent(
                            position,
                            new MappedName(names.get(position - 1).mapped(), rows.getString(2), rows.getString(3)));
                }
            }
        }
        return List.copyOf(found.values());
    }

    boolean is(String otherSchema, String otherName) {
        return otherSchema.equals(schema) && otherName.equals(name);
    }

    /** As PostgreSQL folds it: A to Z, and no other letter. */
    static @Nullable String inDatabase(@Nullable Identifier identifier) {
        if (identifier == null || identifier.isQuoted()) {
            return identifier == null ? null : identifier.getText();
        }
        StringBuilder folded = new StringBuilder(identifier.getText());
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return folded.toString();
    }
}
