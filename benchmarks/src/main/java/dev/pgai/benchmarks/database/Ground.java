package dev.pgai.benchmarks.database;

import dev.pgai.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** A database to measure on, and plain JDBC on it. */
public final class Ground {

    private Ground() {}

    /**
     * A connection whose round trips count.
     *
     * @param database where
     * @return out of autocommit
     * @throws SQLException when there is none
     */
    static Connection connect(TestDatabase database) throws SQLException {
        PGSimpleDataSource source = database.dataSource();
        source.setSocketFactory(Wire.class.getName());
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /**
     * Runs a statement and reads what it gives.
     *
     * @param connection where
     * @param sql the statement
     * @throws SQLException when it fails
     */
    public static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        rows.getObject(1);
                    }
                }
            }
        }
    }

    /**
     * The locks that the transaction holds by now, without those on what a look at them takes.
     *
     * @param connection where
     * @return how many
     * @throws SQLException when they cannot be seen
     */
    static long locks(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from pg_locks where pid = pg_backend_pid() and locktype <> 'virtualxid'"
                                + " and relation is distinct from 'pg_locks'::regclass")) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * More of the vectorizers {@code t1_embedding} on {@code public.t1}, and so on.
     *
     * @param connection in autocommit
     * @param first the number of the first of them
     * @param last the number of the last
     * @throws SQLException when it fails
     */
    static void grow(Connection connection, int first, int last) throws SQLException {
        // Each in its own transaction: together they would hold more locks than a server has by default.
        run(connection, """
                do $$ begin
                    for i in %d..%d loop
                        execute format('create table public.t%%s (id int primary key, content text)', i);
                        perform ai.create_vectorizer(format('public.t%%s', i)::regclass, name => format('t%%s_embedding', i),
                            loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3));
                        commit;
                    end loop;
                end $$
                """.formatted(first, last));
        run(connection, "analyze");
    }
}
