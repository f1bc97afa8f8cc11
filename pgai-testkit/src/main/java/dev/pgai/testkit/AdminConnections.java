package dev.pgai.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Connections for creating and dropping databases. A few are kept, since opening one takes as long as a clone; the
 * number of those in use is that of the threads that ask.
 */
final class AdminConnections {

    interface Opener {
        Connection open() throws SQLException;
    }

    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private static final int KEPT = 4;

    private final Opener opener;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    AdminConnections(Opener opener) {
        this.opener = opener;
    }

    <T> T run(Work<T> work) throws SQLException {
        Connection connection = idle.poll();
        if (connection == null) {
            connection = opener.open();
        }
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

    void execute(String sql) throws SQLException {
        run(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}
