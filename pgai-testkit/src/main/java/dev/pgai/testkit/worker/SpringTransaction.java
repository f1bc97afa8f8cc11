package dev.pgai.testkit.worker;

import java.sql.Connection;

/**
 * A transaction of Spring's that has run no statement yet, so that the connection itself does not show it. Spring is
 * known by name: where such a connection comes from, it is there.
 */
final class SpringTransaction {

    private static final String PROXY = "org.springframework.jdbc.datasource.ConnectionProxy";
    private static final String TRANSACTIONS =
            "org.springframework.transaction.support.TransactionSynchronizationManager";

    private SpringTransaction() {}

    static boolean isOn(Connection connection) {
        for (Class<?> type : connection.getClass().getInterfaces()) {
            if (type.getName().equals(PROXY)) {
                try {
                    return Boolean.TRUE.equals(Class.forName(TRANSACTIONS, true, type.getClassLoader())
                            .getMethod("isActualTransactionActive")
                            .invoke(null));
                } catch (ReflectiveOperationException e) {
                    // A Spring that has changed: rather work in somebody's transaction than commit it.
                    return true;
                }
            }
        }
        return false;
    }
}
