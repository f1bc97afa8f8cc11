package dev.pgai.contract.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real connection that notes which calls concern its transaction or its end, counts statements, and keeps open when
 * it is closed.
 */
final class Spy {

    private static final Set<String> NOTED =
            Set.of("commit", "rollback", "setAutoCommit", "setTransactionIsolation", "setReadOnly", "close", "abort");

    private final Connection real;
    private final List<String> calls = new ArrayList<>();
    private Set<String> failing = Set.of();
    private int statements;

    private Spy(Connection real) {
        this.real = real;
    }

    static Spy on(Connection real) {
        return new Spy(real);
    }

    /** These calls do not reach the server. */
    Spy failing(String... methods) {
        failing = Set.of(methods);
        return this;
    }

    Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    String name = method.getName();
                    if (NOTED.contains(name)) {
                        calls.add(arguments == null || name.equals("abort") ? name : name + " " + arguments[0]);
                    }
                    if (name.equals("createStatement") || name.startsWith("prepare")) {
                        statements++;
                    }
                    if (failing.contains(name)) {
                        throw new SQLException(name + " fails", "XX000");
                    }
                    if (name.equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A pool of one connection. */
    DataSource dataSource() {
        return new PGSimpleDataSource() {
            private static final long serialVersionUID = 1L;

            @Override
            public Connection getConnection() throws SQLException {
                return connection();
            }
        };
    }

    /** Each of this library's statements runs once. */
    int statements() {
        return statements;
    }

    List<String> calls() {
        return List.copyOf(calls);
    }
}
