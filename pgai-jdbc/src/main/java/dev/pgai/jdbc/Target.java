package dev.pgai.jdbc;

import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The vectorizer that a change is about. Read without its definition, so that one whose config nobody understands can
 * still be dropped.
 *
 * @param store the table of a table destination, or null
 * @param view the view of a table destination, or null
 * @param column the column of a column destination, or null
 */
record Target(
        int id,
        String name,
        RelationName source,
        @Nullable RelationName store,
        @Nullable RelationName view,
        @Nullable String column) {

    private static final String SQL = """
            select v.id, v.name, v.source_schema, v.source_table,
              pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'target_schema') as target_schema,
              pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'target_table') as target_table,
              pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'view_schema') as view_schema,
              pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'view_name') as view_name,
              pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'embedding_column') as embedding_column
            from ai.vectorizer v
            where\s""";

    static Optional<Target> find(Connection connection, String doing, VectorizerKey key) {
        return Statements.lookUp(
                connection,
                SQL + key.predicate(),
                (sql, e) -> SqlErrors.of(doing, sql, e),
                row -> row.next()
                        ? Optional.of(new Target(
                                row.getInt("id"),
                                row.getString("name"),
                                RelationName.of(row.getString("source_schema"), row.getString("source_table")),
                                StoredConfig.relation(row.getString("target_schema"), row.getString("target_table")),
                                StoredConfig.relation(row.getString("view_schema"), row.getString("view_name")),
                                row.getString("embedding_column")))
                        : Optional.empty(),
                key.parameter());
    }

    /** What becomes of the embeddings in a drop, which is not always what was asked for. */
    String fateOf(Embeddings embeddings) {
        if (column != null) {
            return "embeddings stay in column " + column + " of " + source;
        }
        if (embeddings == Embeddings.KEEP) {
            return "embeddings kept" + (store == null ? "" : " in " + store);
        }
        return "embeddings dropped" + (store == null ? "" : " with table " + store + " and view " + view);
    }

    /**
     * For messages.
     *
     * @return for example {@code vectorizer blog_content_embedder (id 1) on public.blog}
     */
    @Override
    public String toString() {
        return "vectorizer " + name + " (id " + id + ") on " + source;
    }
}
