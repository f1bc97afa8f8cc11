package dev.pgai.contract.jdbc;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** A database of one test's own, with the table {@code public.blog} and three rows in it. */
final class Blog implements AutoCloseable {

    static final RelationName SOURCE = RelationName.of("public", "blog");

    private static final String TRACES = """
                select (select count(*) from ai.vectorizer)
                  || ' ' || (select count(*) from pg_class where relkind in ('r', 'v')
                      and relname ~ '^(_vectorizer_q|blog_embedding)')
                  || ' ' || (select count(*) from pg_trigger where tgrelid = 'public.blog'::regclass)
                """;

    private final TestDatabase database = TestDatabases.standard().create();
    private final List<String> roles = new ArrayList<>();

    Blog() throws SQLException {
        execute(
                "create table public.blog (id int primary key, title text not null, content text not null)",
                "insert into public.blog select i, 'title ' || i, 'content ' || i from generate_series(1, 3) i");
    }

    static VectorizerDefinition.Builder definition() {
        return VectorizerDefinition.builder(
                        SOURCE, Loading.column("content"), Embedding.openai("text-embedding-3-small", 768))
                .name("v")
                .destination(Destination.table("blog_embeddings"));
    }

    TestDatabase database() {
        return database;
    }

    /** Without a pool, to be configured. */
    PGSimpleDataSource dataSource() {
        return database.dataSource();
    }

    PGSimpleDataSource dataSource(PreferQueryMode mode) {
        PGSimpleDataSource dataSource = database.dataSource();
        dataSource.setPreferQueryMode(mode);
        return dataSource;
    }

    Connection connect() throws SQLException {
        return database.connection();
    }

    String name() {
        return database.name();
    }

    /** A role without rights; {@code set role} takes it on. Quoted names must work, too. */
    String createRole() throws SQLException {
        String role = "Anna \"" + UUID.randomUUID().toString().substring(0, 8);
        execute("create role " + quoted(role));
        roles.add(role);
        return role;
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
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

    @Nullable
    String query(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return query(connection, sql);
        }
    }

    /** The first column of the only row. */
    static @Nullable String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new AssertionError("no row: " + sql);
            }
            String value = row.getString(1);
            if (row.next()) {
                throw new AssertionError("more than one row: " + sql);
            }
            return value;
        }
    }

    /** Returns when a session of this database waits for a lock: of type {@code advisory} or {@code relation}. */
    void awaitWaiting(String locktype) throws SQLException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            String waiting = query("select count(*) from pg_locks l join pg_database d on d.oid = l.database"
                    + " where d.datname = current_database() and l.locktype = '" + locktype + "' and not l.granted");
            if ("1".equals(waiting)) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("nobody waits for a lock of type " + locktype);
    }

    /** What of pgai's is in the database beside the catalog: rows, tables and views, triggers. */
    @Nullable
    String traces() throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, "set search_path = ''");
            return query(connection, TRACES);
        }
    }

    @Override
    public void close() throws SQLException {
        for (String role : roles) {
            execute("drop owned by " + quoted(role) + " cascade", "drop role " + quoted(role));
        }
        database.close();
    }
}
