package dev.pgai.testkit.internal.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The connections to one database that were opened through its data sources, as long as they are open. */
public final class OpenConnections {

    /** Through it, too, but not knowing it here: it knows this class. */
    private static final String FACADE = "dev.pgai.testkit.TestDatabase";

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

    public synchronized void add(Connection connection) {
        all.removeIf(Opened::isClosed);
        all.add(new Opened(connection, place()));
    }

    public synchronized List<Throwable> places() {
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
        return className.startsWith(OpenConnections.class.getPackageName())
                || className.equals(FACADE)
                || className.startsWith("org.postgresql.");
    }
}
