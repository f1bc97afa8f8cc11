package dev.pgai.testkit.junit;

import dev.pgai.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Databases that were given to a class as a whole. An application that the tests started may hold one, and may be kept
 * for later classes and ended with the JVM, so that they are not dropped when their class has ended. Of many only those
 * that somebody is connected to stay, and the newest.
 */
final class OpenToTheEnd {

    /** Twice as many as the contexts that Spring keeps. */
    static final int MOST = 64;

    private static final Logger log = LoggerFactory.getLogger(OpenToTheEnd.class);

    private static final String IS_USED = "select exists (select from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend')";

    private static final Deque<Open> DATABASES = new ArrayDeque<>();

    private record Open(TestDatabase database, Runnable release) {}

    private OpenToTheEnd() {}

    static synchronized void add(TestDatabase database, Runnable release) {
        DATABASES.add(new Open(database, release));
        List<Open> used = new ArrayList<>();
        while (DATABASES.size() + used.size() > MOST && !DATABASES.isEmpty()) {
            Open oldest = DATABASES.remove();
            if (isUsed(oldest.database())) {
                used.add(oldest);
            } else {
                oldest.release().run();
            }
        }
        for (int i = used.size() - 1; i >= 0; i--) {
            DATABASES.addFirst(used.get(i));
        }
    }

    private static boolean isUsed(TestDatabase database) {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IS_USED)) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            log.debug("Cannot look who uses {}", database.name(), e);
            return false;
        }
    }
}
