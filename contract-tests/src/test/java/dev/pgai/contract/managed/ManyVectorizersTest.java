package dev.pgai.contract.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.StoredManagedObjectsAccess;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyVectorizersTest {

    private static final int VECTORIZERS = 1000;

    @Test
    void are_read_in_one_round_trip() throws Exception {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection()) {
            create(connection);
            List<String> executed = new ArrayList<>();

            ManagedObjects managed = StoredManagedObjectsAccess.read(counting(connection, executed));

            assertThat(executed).containsExactly("executeQuery");
            assertThat(managed.list().stream()
                            .filter(object -> object.kind() == Kind.VIEW && object.vectorizer() != null))
                    .hasSize(VECTORIZERS);
            DatabaseObjects all = DatabaseObjects.take(connection);
            long start = System.nanoTime();
            DatabaseObjects contained = all.containedIn(managed);
            long asked = System.nanoTime() - start;
            assertThat(contained.found())
                    .containsExactlyElementsOf(DatabaseObjects.of(managed).found());
            System.out.printf(
                    "%d vectorizers, %d objects of %d: read in %d ms, the query alone %d ms, asked for each in %d ms%n",
                    VECTORIZERS,
                    managed.list().size(),
                    all.found().size(),
                    best(() -> StoredManagedObjectsAccess.read(connection)),
                    best(() -> drain(connection)),
                    asked / 1_000_000);
        }
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Each in its own transaction: together they would hold more locks than a server has by default.
            statement.execute("""
                    do $$ begin
                        for i in 1..%d loop
                            execute format('create table public.t%%s (id int primary key, content text)', i);
                            perform ai.create_vectorizer(format('public.t%%s', i)::regclass,
                                loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3));
                            commit;
                        end loop;
                    end $$
                    """.formatted(VECTORIZERS));
        }
    }

    private static void drain(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(StoredManagedObjectsAccess.query())) {
            while (rows.next()) {
                assertThat(rows.getString(1)).isNotNull();
            }
        }
    }

    private static long best(Work work) throws Exception {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 1_000_000;
    }

    /** Notes each execution of a statement. */
    private static Connection counting(Connection connection, List<String> executed) {
        return proxy(Connection.class, connection, executed);
    }

    private static <T> T proxy(Class<T> type, T target, List<String> executed) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        executed.add(method.getName());
                    }
                    Object result = invoke(method, target, arguments);
                    return result instanceof Statement statement && method.getReturnType() == Statement.class
                            ? proxy(Statement.class, statement, executed)
                            : result;
                }));
    }

    private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (java.lang.reflect.InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private interface Work {
        void run() throws Exception;
    }
}
