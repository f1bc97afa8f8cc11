package dev.pgai.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;

/** The one place that decides who owns the transaction. */
interface Session {

    /** Runs work on a connection. The work lets no {@link SQLException} out. */
    <T> T call(Function<Connection, T> work);

    /** Whether all calls are within one transaction, so that what others do meanwhile may stay unseen. */
    boolean isWithinATransaction();

    /** The caller's transaction: nothing but the work's own statements reaches the connection. */
    static Session of(Connection connection) {
        Objects.requireNonNull(connection, "connection");
        return new Session() {
            @Override
            public <T> T call(Function<Connection, T> work) {
                return work.apply(connection);
            }

            @Override
            public boolean isWithinATransaction() {
                try {
                    return !connection.getAutoCommit();
                } catch (SQLException e) {
                    throw new PgaiDatabaseException("Cannot ask the connection: " + e.getMessage(), null, e);
                }
            }
        };
    }

    /** One connection and one transaction for each call. */
    static Session of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new Session() {
            @Override
            public <T> T call(Function<Connection, T> work) {
                return new OwnTransaction<>(work).on(dataSource);
            }

            @Override
            public boolean isWithinATransaction() {
                return false;
            }
        };
    }

    /** Committed when the work returns, rolled back when anything is thrown, given back with the autocommit it had. */
    final class OwnTransaction<T> {

        private final Function<Connection, T> work;
        private String step = "get a connection";

        private OwnTransaction(Function<Connection, T> work) {
            this.work = work;
        }

        private T on(DataSource dataSource) {
            try (Connection connection = dataSource.getConnection()) {
                step = "begin a transaction";
                boolean autoCommit = connection.getAutoCommit();
                if (autoCommit) {
                    connection.setAutoCommit(false);
                }
                T result = committed(connection, autoCommit);
                step = "give the connection back, after the commit";
                if (autoCommit) {
                    connection.setAutoCommit(true);
                }
                return result;
            } catch (SQLException e) {
                throw new PgaiDatabaseException("Cannot " + step + ": " + e.getMessage(), null, e);
            }
        }

        private T committed(Connection connection, boolean autoCommit) throws SQLException {
            try {
                T result = work.apply(connection);
                step = "commit";
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                suppressing(e, connection::rollback);
                if (autoCommit) {
                    suppressing(e, () -> connection.setAutoCommit(true));
                }
                throw e;
            }
        }

        private static void suppressing(Throwable first, Cleanup cleanup) {
            try {
                cleanup.run();
            } catch (SQLException | RuntimeException e) {
                first.addSuppressed(e);
            }
        }

        private interface Cleanup {
            void run() throws SQLException;
        }
    }
}
