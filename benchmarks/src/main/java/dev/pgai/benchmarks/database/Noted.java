package dev.pgai.benchmarks.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** The queries that an operation asks, to ask them without it. */
final class Noted {

    private final List<String> queries = new ArrayList<>();

    /** What an operation prepares on a connection like this is noted. */
    Connection on(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Noted.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        queries.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    List<String> queries() {
        return List.copyOf(queries);
    }
}
