package dev.pgai.mybatis.generator;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** In which schemas there is a table or view of a name, because the generator forgets it when none was asked for. */
final class SchemasOfTables {

    private static final String[] TYPES = {
        "TABLE", "PARTITIONED TABLE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE", "TEMPORARY TABLE"
    };

    private final Map<String, Set<String>> schemas = new HashMap<>();

    private SchemasOfTables() {}

    static SchemasOfTables read(Connection connection) throws SQLException {
        SchemasOfTables tables = new SchemasOfTables();
        try (ResultSet rows = connection.getMetaData().getTables(null, null, "%", TYPES)) {
            while (rows.next()) {
                tables.schemas
                        .computeIfAbsent(rows.getString("TABLE_NAME"), name -> new HashSet<>())
                        .add(rows.getString("TABLE_SCHEM"));
            }
        }
        return tables;
    }

    /** Empty for a table that the driver lists under another type: it is the user's then. */
    Set<String> of(String table) {
        return schemas.getOrDefault(table, Set.of());
    }
}
