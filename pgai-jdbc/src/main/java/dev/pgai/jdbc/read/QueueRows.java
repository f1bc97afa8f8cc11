package dev.pgai.jdbc.read;

import dev.pgai.database.RowCount;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.Grants;
import dev.pgai.jdbc.connection.RowCounts;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.RelationName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one queue, before they are counted. A table whose file is empty has none, which is seen without a scan.
 *
 * @param table null when there is none
 * @param empty whether its file is empty
 * @param missing the grants without which it may not be read
 */
record QueueRows(@Nullable RelationName table, boolean empty, List<String> missing) {

    /** Of {@code queue} or {@code failed} in {@code ObjectsQuery}. */
    static String columns(String what) {
        return """
                pg_catalog.has_schema_privilege(queue_schema.oid, 'usage') as %1$s_usage,
                pg_catalog.has_table_privilege(%1$s.oid, 'select') as %1$s_readable,
                pg_catalog.row_security_active(%1$s.oid) as %1$s_secured,
                pg_catalog.pg_relation_size(%1$s.oid) as %1$s_size""".formatted(what);
    }

    static QueueRows read(CatalogLook look, ResultSet row, String what, @Nullable RelationName table)
            throws SQLException {
        // The size is null when another transaction dropped the table since.
        long size = row.getLong(what + "_size");
        if (table == null || row.wasNull()) {
            return new QueueRows(null, true, List.of());
        }
        return new QueueRows(
                table,
                size == 0,
                look.grants()
                        .unless(row.getBoolean(what + "_usage"), Grants.usage(table.schema()))
                        .unless(row.getBoolean(what + "_readable"), readable(table))
                        .unlessSecured(row.getBoolean(what + "_secured"))
                        .missing());
    }

    private static String readable(RelationName table) {
        return "grant select on " + SqlText.relation(table) + " to";
    }

    /** Has them counted, if that can be and is needed. */
    <K> void addTo(RowCounts<K> counts, K key, String limit) {
        if (table != null && !empty && missing.isEmpty()) {
            counts.add(key, SqlText.relation(table), limit);
        }
    }

    /** After the count. */
    <K> RowCount rows(CatalogLook look, RowCounts<K> counts, K key) {
        if (table == null || counts.isGone(key)) {
            return new RowCount.NoTable();
        }
        if (!missing.isEmpty()) {
            return new RowCount.NotReadable(missing);
        }
        if (counts.isForbidden(key)) {
            return new RowCount.NotReadable(
                    look.grants().unless(false, readable(table)).missing());
        }
        OptionalLong rows = counts.rows(key);
        return new RowCount.Exact(rows.orElse(0));
    }
}
