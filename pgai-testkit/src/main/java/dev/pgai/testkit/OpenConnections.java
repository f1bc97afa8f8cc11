package dev.pgai.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The connections to one database that were opened through its data sources, as long as they are open. */
final class OpenConnections {

    private final List<Opened> all = new ArrayList<>();

    private record Opened(Connection connection, Throwable place) {

        boolean isClosed() {
            try {
                return connection.isClosed();
            } catch (SQLException e) {
                return true;
            }
        }
    }

    synchronized void add(Connection connection) {
        all.removeIf(Opened::isClosed);
        all.add(new Opened(connection, place()));
    }

    synchronized List<Throwable> places() {
        all.removeIf(Opened::isClosed);
        return all.stream().map(Opened::place).toList();
    }

    private static Throwable place() {
        Throwable place = new Throwable("A connection that is still open was opened here, by thread "
                + Thread.currentThread().getName());
        StackTraceElement[] stack = place.getStackTrace();
        int first = 0;
        while (first < stack.length - 1 && isInside(stack[first].getClassName())) {
            first++;
        }
        place.setStackTrace(Arrays.copyOfRange(stack, first, stack.length));
        return place;
    }

    private static boolean isInside(String className) {
        return className.equals(OpenConnections.class.getName())
                || className.equals(TrackedDataSource.class.getName())
                || className.equals(TestDatabase.class.getName())
                || className.startsWith("org.postgresql.");
    }
}
