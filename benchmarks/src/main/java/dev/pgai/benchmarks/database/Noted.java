package dev.pgai.benchmarks.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What an operation asks of a database, to ask it without the operation. */
final class Noted {

    private final List<Asked> asked = new ArrayList<>();

    /** A query that is prepared and read to its last value, or a block, which has no rows. */
    private record Asked(String sql, boolean isPrepared) {}

    /** What an operation asks on a connection like this is noted. */
    Connection on(Connection connection) {
        return proxy(Connection.class, (self, method, arguments) -> {
            Object result = invoke(connection, method, arguments);
            if (method.getName().equals("prepareStatement")) {
                asked.add(new Asked((String) arguments[0], true));
            }
            return method.getName().equals("createStatement") ? on((Statement) result) : result;
        });
    }

    private Statement on(Statement statement) {
        return proxy(Statement.class, (self, method, arguments) -> {
            if (method.getName().equals("execute")) {
                asked.add(new Asked((String) arguments[0], false));
            }
            return invoke(statement, method, arguments);
        });
    }

    /** Asks the same again. */
    void ask(Connection connection) throws SQLException {
        for (Asked each : asked) {
            if (each.isPrepared()) {
                drain(connection, each.sql());
            } else {
                Ground.run(connection, each.sql());
            }
        }
    }

    private static void drain(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    rows.getString(i);
                }
            }
        }
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Noted.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
