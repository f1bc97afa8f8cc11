package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.flyway.FlywayDatabase.V1__Create_blog;
import dev.pgai.flyway.VectorizerMigration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The end of a transaction that the migration began itself, when the connection does not do as it is told. */
class TransactionInDoubtTest {

    private final FlywayDatabase database = new FlywayDatabase();

    /** Methods of a connection that fail, once each, with this state. */
    private final Set<String> failing = new HashSet<>();

    private String state = "XX000";

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private Connection wrapped(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (failing.remove(method.getName())) {
                        throw new SQLException(method.getName() + " fails", state);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void migrate(String... methods) {
        database.configuration(new V1__Create_blog(), new V2__Fail(List.of(methods)))
                .dataSource(new DelegatingDataSource(database.database().dataSource()) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        return wrapped(super.getConnection());
                    }
                })
                .executeInTransaction(false)
                .load()
                .migrate();
    }

    /** To switch to autocommit would commit. */
    @Test
    void what_is_neither_committed_nor_rolled_back_is_not_committed_later() {
        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> migrate("commit", "rollback"))
                .withStackTraceContaining("Cannot commit: commit fails")
                .withStackTraceContaining("rollback fails");

        assertThat(database.vectorizers()).isEmpty();
    }

    @Test
    void a_commit_that_was_lost_is_said_to_be_not_known() {
        state = "08006";

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> migrate("commit"))
                .withStackTraceContaining("It is not known whether the changes were committed")
                .withStackTraceContaining("Look at the database before the next migrate.");
    }

    private final class V2__Fail extends VectorizerMigration {

        private final List<String> methods;

        V2__Fail(List<String> methods) {
            this.methods = methods;
        }

        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.create(FlywayDatabase.blog().build()));
        }

        /** Flyway's own transactions before the migration are to end as they should. */
        @Override
        protected List<VectorizerChange> changes(String defaultSchema) {
            if (defaultSchema.equals("public")) {
                failing.addAll(methods);
            }
            return changes();
        }
    }
}
