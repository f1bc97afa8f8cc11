package dev.pgai.contract.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** A real connection that is lost at one of the calls that go to the server. */
final class CutConnection {

    enum Cut {
        /** The server ends the session while it is idle: the driver learns of it when it sends the call. */
        BY_SERVER_BEFORE,
        /** The driver knows before the call that the connection is closed. */
        BY_DRIVER_BEFORE,
        /** The server has done the call, and its answer does not come. */
        AFTER
    }

    private final Connection real;
    private final DataSource others;
    private final int at;
    private final Cut cut;
    private final List<String> calls = new ArrayList<>();

    /**
     * Wraps.
     *
     * @param others the same server, to end the session from
     * @param at the number of the call at which it is lost, from 0; negative for never
     */
    CutConnection(Connection real, DataSource others, int at, Cut cut) {
        this.real = real;
        this.others = others;
        this.at = at;
        this.cut = cut;
    }

    Connection connection() {
        return proxy(Connection.class, real, (proxy, method, arguments) -> switch (method.getName()) {
            case "commit", "rollback" -> cut(method.getName(), real, method, arguments);
            case "createStatement" -> proxy(Statement.class, call(real, method, arguments), statement(""));
            case "prepareStatement" ->
                proxy(PreparedStatement.class, call(real, method, arguments), statement(text(arguments)));
            // A pool keeps it open.
            case "close" -> null;
            default -> call(real, method, arguments);
        });
    }

    /** A pool of one connection, which it hands out in this mode. */
    DataSource dataSource(boolean autoCommit) {
        return new PGSimpleDataSource() {
            private static final long serialVersionUID = 1L;

            @Override
            public Connection getConnection() throws SQLException {
                real.setAutoCommit(autoCommit);
                return connection();
            }
        };
    }

    /** What went to the server: the text of a statement, {@code commit} or {@code rollback}. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    private interface OnTarget {
        @Nullable
        Object invoke(Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
    }

    private OnTarget statement(String prepared) {
        return (target, method, arguments) -> method.getName().startsWith("execute")
                ? cut(arguments == null ? prepared : text(arguments), target, method, arguments)
                : call(target, method, arguments);
    }

    private static <T> T proxy(Class<T> type, Object target, OnTarget calls) {
        InvocationHandler handler = (proxy, method, arguments) -> calls.invoke(target, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object cut(String what, Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        boolean now = calls.size() == at;
        calls.add(what);
        if (!now) {
            return call(target, method, arguments);
        }
        switch (cut) {
            case BY_SERVER_BEFORE -> end();
            case BY_DRIVER_BEFORE -> real.abort(Runnable::run);
            case AFTER -> {
                call(target, method, arguments);
                end();
                throw new PSQLException(
                        "An I/O error occurred while sending to the backend.", PSQLState.CONNECTION_FAILURE);
            }
        }
        return call(target, method, arguments);
    }

    /** Waits until the session is gone, so that what it did is to be seen. */
    private void end() throws SQLException {
        int id = real.unwrap(PGConnection.class).getBackendPID();
        try (Connection connection = others.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(" + id + ", 10000)");
        }
    }

    private static String text(@Nullable Object @Nullable [] arguments) {
        return String.valueOf(Objects.requireNonNull(arguments)[0]);
    }

    private static Object call(Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
