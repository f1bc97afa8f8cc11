package dev.pgai.examples;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A schema diff in small: every table and view of schema public that the application does not know is one too many. */
final class SchemaDiff {

    private SchemaDiff() {}

    static List<Difference> run(Connection connection, Set<String> application) throws SQLException {
        List<Difference> differences = new ArrayList<>();
        DatabaseMetaData metaData = connection.getMetaData();
        try (ResultSet tables = metaData.getTables(null, "public", "%", new String[] {"TABLE", "VIEW"})) {
            while (tables.next()) {
                Difference difference = new Difference(
                        tables.getString("TABLE_TYPE"),
                        tables.getString("TABLE_SCHEM"),
                        tables.getString("TABLE_NAME"));
                if (!application.contains(difference.schema() + "." + difference.name())) {
                    differences.add(difference);
                }
            }
        }
        return differences;
    }

    record Difference(String type, String schema, String name) {

        @Override
        public String toString() {
            return "drop " + type.toLowerCase(Locale.ROOT) + " " + schema + "." + name;
        }
    }
}
