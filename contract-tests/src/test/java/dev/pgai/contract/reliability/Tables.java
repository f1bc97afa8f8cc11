package dev.pgai.contract.reliability;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** A database with tables {@code t0}, {@code t1}, ... to make vectorizers {@code v0}, {@code v1}, ... on. */
final class Tables implements AutoCloseable {

    /** Two for each vectorizer and nothing else: a row for each that is not so. */
    private static final String LEFT_OVER = """
            select concat('no vectorizer has table ', c.oid::regclass) from pg_class c
            where c.relkind = 'r' and c.relname ~ '^_vectorizer_q_' and not exists (select from ai.vectorizer v
              where c.relname in (v.queue_table, v.queue_failed_table))
            union all
            select concat('no vectorizer has trigger ', t.tgname) from pg_trigger t
            where t.tgname ~ '^_vectorizer_src_trg' and not exists (select from ai.vectorizer v
              where t.tgname in (v.trigger_name, concat(v.trigger_name, '_truncate')))
            union all
            select concat('no vectorizer has function ', p.proname) from pg_proc p
            where p.proname ~ '^_vectorizer_src_trg' and not exists (select from ai.vectorizer v
              where p.proname = v.trigger_name)
            union all
            select concat('there is more than one ', v.name) from ai.vectorizer v group by v.name having count(*) > 1
            """;

    private final TestDatabase database;

    Tables(TestDatabase database, int tables) throws SQLException {
        this.database = database;
        // The one function of TimescaleDB that the catalog calls where nothing is scheduled.
        execute("create function public.delete_job(int) returns void language sql as 'select'");
        for (int i = 0; i < tables; i++) {
            execute(
                    "create table public.t" + i + " (id int primary key, title text not null, content text not null)",
                    "insert into public.t" + i + " select i, 'title ' || i, 'content ' || i"
                            + " from generate_series(1, 3) i");
        }
    }

    static VectorizerDefinition.Builder definition(int table) {
        return VectorizerDefinition.builder(
                        RelationName.of("public", "t" + table), Loading.column("content"), Embedding.openai("m", 3))
                .name("v" + table)
                .destination(Destination.table("e" + table));
    }

    PGSimpleDataSource dataSource() {
        return database.dataSource();
    }

    Connection connect() throws SQLException {
        return database.connection();
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, statements);
        }
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    List<String> query(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return query(connection, sql);
        }
    }

    /** The first column. */
    static List<String> query(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
        }
        return values;
    }

    /** What belongs to no vectorizer, or is there twice. */
    List<String> leftOver() throws SQLException {
        return query(LEFT_OVER);
    }

    @Override
    public void close() {
        database.close();
    }
}
