package dev.pgai.testkit.assertj;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a vectorizer keeps things, ready for use in SQL.
 *
 * @param name the name
 * @param failedQueue the queue of rows that were given up
 * @param embedded what holds the embeddings: the store, or those rows of the source that have one
 * @param chunks a query of the store's chunks in the order of their rows; null for a column destination
 */
record VectorizerTables(
        String name,
        String failedQueue,
        String embedded,
        @Nullable String chunks) {

    private static final String QUERY = """
            select name, format('%I.%I', queue_schema, queue_failed_table),
              case config #>> '{destination,implementation}'
                when 'table' then
                  format('%I.%I', config #>> '{destination,target_schema}', config #>> '{destination,target_table}')
                else format('%I.%I where %I is not null', source_schema, source_table,
                  config #>> '{destination,embedding_column}') end,
              case config #>> '{destination,implementation}'
                when 'table' then
                  format('select chunk from %I.%I order by %s, chunk_seq', config #>> '{destination,target_schema}',
                    config #>> '{destination,target_table}',
                    (select string_agg(format('%I', k ->> 'attname'), ', ' order by (k ->> 'attnum')::int)
                      from jsonb_array_elements(source_pk) k)) end
            from ai.vectorizer where name = ?
            """;

    static @Nullable VectorizerTables find(Database database, String name) {
        List<List<@Nullable String>> rows = database.query(QUERY, name);
        if (rows.isEmpty()) {
            return null;
        }
        List<@Nullable String> row = rows.get(0);
        return new VectorizerTables(text(row, 0), text(row, 1), text(row, 2), row.get(3));
    }

    private static String text(List<@Nullable String> row, int column) {
        return String.valueOf(row.get(column));
    }

    @Override
    public String toString() {
        return "vectorizer " + name;
    }
}
