package dev.pgai.testkit.internal.server;

import dev.pgai.testkit.internal.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.DataSource;

/**
 * Connections for creating and dropping databases. A few are kept, since opening one takes as long as a clone; the
 * number of those in use is that of the threads that ask.
 */
public final class AdminConnections {

    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private static final int KEPT = 4;
    private static final int SECONDS_TO_ANSWER = 5;

    private final DataSource source;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    public AdminConnections(DataSource source) {
        this.source = source;
    }

    public <T> T run(Work<T> work) throws SQLException {
        Connection connection = idleOrNew();
        boolean worked = false;
        try {
            T result = work.run(connection);
            worked = true;
            return result;
        } finally {
            // After an error the connection's state is anybody's guess: a lock may be held.
            if (worked && idle.size() < KEPT) {
                idle.push(connection);
            } else {
                connection.close();
            }
        }
    }

    private Connection idleOrNew() throws SQLException {
        Connection connection = idle.poll();
        // A server may end connections that are idle for long.
        while (connection != null && !connection.isValid(SECONDS_TO_ANSWER)) {
            connection.close();
            connection = idle.poll();
        }
        return connection != null ? connection : source.getConnection();
    }

    public void execute(String sql) throws SQLException {
        run(connection -> {
            Sql.execute(connection, sql);
            return sql;
        });
    }
}
