package dev.pgai.testkit;

import dev.pgai.database.PgaiDatabaseException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * What a database has of pgai at a moment, for a test that must leave nothing behind.
 *
 * <pre>{@code
 * PgaiObjects before = PgaiObjects.in(dataSource);
 * ...
 * assertThat(PgaiObjects.in(dataSource).without(before).list()).isEmpty();
 * }</pre>
 *
 * <p>Found are vectorizers; tables, views and functions in schema {@code ai}; and elsewhere, also when their vectorizer
 * is gone, stores, their views, queues, trigger functions and triggers, by the columns and the names that pgai gives
 * them. Not found are columns of a column destination: nothing tells them from a user's own when their vectorizer is
 * gone.
 */
public final class PgaiObjects {

    private static final String VECTORIZERS = "select 'vectorizer ' || name from ai.vectorizer";

    private static final String OBJECTS = """
            with relation as (
                select c.oid, c.relkind, n.nspname, c.relname,
                    (select array_agg(a.attname::text) from pg_attribute a
                        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'v') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            ), known as (
                select *, columns @> array['embedding_uuid', 'chunk_seq', 'chunk', 'embedding'] as embeddings,
                    columns @> array['queued_at', 'loading_retries', 'loading_retry_after'] as queue,
                    relname ~ '^_vectorizer_q_failed_[0-9]+$' as failed_queue
                from relation
            )
            select case when relkind = 'v' then 'view ' when embeddings then 'store ' when queue then 'queue '
                    when failed_queue then 'failed queue ' else 'table ' end || format('%I.%I', nspname, relname)
                from known where nspname = 'ai' or embeddings or queue or failed_queue
            union all
            select 'function ' || p.oid::regprocedure
                from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where n.nspname = 'ai' or p.proname ~ '^_vectorizer_src_trg_[0-9]+$'
            union all
            select format('trigger %I on %I.%I', t.tgname, r.nspname, r.relname)
                from pg_trigger t join relation r on r.oid = t.tgrelid
                where not t.tgisinternal and t.tgname ~ '^_vectorizer_src_trg_[0-9]+(_truncate)?$'
            """;

    private final Set<String> found;

    private PgaiObjects(Set<String> found) {
        this.found = found;
    }

    /**
     * Looks at what is committed.
     *
     * @param dataSource gives connections to the database, of a role that may read {@code ai.vectorizer}
     * @return what is there now; none where pgai was never installed
     * @throws PgaiDatabaseException when the database does not answer
     */
    public static PgaiObjects in(DataSource dataSource) {
        Set<String> found = new TreeSet<>();
        try (Connection connection = dataSource.getConnection()) {
            found.addAll(texts(connection, OBJECTS));
            if (found.contains("table ai.vectorizer")) {
                found.addAll(texts(connection, VECTORIZERS));
            }
        } catch (SQLException e) {
            throw new PgaiDatabaseException(
                    "Cannot look for objects of pgai: " + e.getMessage(), OBJECTS, e.getSQLState(), e);
        }
        return new PgaiObjects(found);
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /**
     * What is here and not there.
     *
     * @param others such as those of a moment before
     * @return the difference
     */
    public PgaiObjects without(PgaiObjects others) {
        Set<String> rest = new TreeSet<>(found);
        rest.removeAll(others.found);
        return new PgaiObjects(rest);
    }

    /**
     * The objects.
     *
     * @return an unmodifiable sorted list of texts such as {@code queue ai._vectorizer_q_1} and {@code vectorizer blog}
     */
    public List<String> list() {
        return List.copyOf(found);
    }

    /**
     * For people.
     *
     * @return the list
     */
    @Override
    public String toString() {
        return String.join(", ", found);
    }
}
