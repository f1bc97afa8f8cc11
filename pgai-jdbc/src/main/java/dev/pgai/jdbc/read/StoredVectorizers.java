package dev.pgai.jdbc.read;

import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.connection.Database;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads vectorizers with their status, all in one statement. */
public final class StoredVectorizers {

    private static final String COLUMNS = VectorizerRow.COLUMNS + """
            , v.trigger_name, v.disabled,
            pg_catalog.jsonb_extract_path_text(v.config, 'version') as catalog_version,
            (select pg_catalog.array_agg(k.attname order by k.pknum)
              from pg_catalog.jsonb_to_recordset(v.source_pk) as k(attname pg_catalog.text, pknum pg_catalog.int4)
            ) as primary_key
            """;

    private final Database database;
    private final StatusQuery status;

    private StoredVectorizers(Database database, CatalogLook look) {
        this.database = database;
        this.status = new StatusQuery(look);
    }

    public static Optional<StoredVectorizer> find(Database database, CatalogLook look, String name) {
        return new StoredVectorizers(database, look)
                .select(" where " + VectorizerRow.BY_NAME, name).stream().findFirst();
    }

    public static List<StoredVectorizer> list(Database database, CatalogLook look) {
        return new StoredVectorizers(database, look).select(" order by v.id");
    }

    private List<StoredVectorizer> select(String restriction, @Nullable Object... parameters) {
        return StatusQuery.query(
                database,
                "select " + COLUMNS + ", " + status.columns() + " from ai.vectorizer v " + status.joins() + restriction,
                rows -> {
                    List<StoredVectorizer> vectorizers = new ArrayList<>();
                    while (rows.next()) {
                        vectorizers.add(read(rows));
                    }
                    return List.copyOf(vectorizers);
                },
                parameters);
    }

    private StoredVectorizer read(ResultSet row) throws SQLException {
        VectorizerRow vectorizer = VectorizerRow.read(row);
        return StoredVectorizerRow.of(
                vectorizer,
                !row.getBoolean("disabled"),
                row.getString("catalog_version"),
                row.getString("trigger_name"),
                texts(row.getArray("primary_key")),
                status.read(row, vectorizer));
    }

    /** Without nulls, which somebody may have written. */
    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null
                ? List.of()
                : Stream.of((@Nullable String[]) array.getArray())
                        .<String>mapMulti((text, sink) -> {
                            if (text != null) {
                                sink.accept(text);
                            }
                        })
                        .toList();
    }
}
