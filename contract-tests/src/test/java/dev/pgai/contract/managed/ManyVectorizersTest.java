package dev.pgai.contract.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.database.RowCount;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyVectorizersTest {

    private static final int VECTORIZERS = 1000;
    private static final Pattern TIME = Pattern.compile("Time: ([0-9.]+) ms");

    @TempDir
    private Path directory;

    @Test
    void are_read_in_one_round_trip() throws Exception {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection()) {
            ManyVectorizers.create(connection, VECTORIZERS);
            List<String> prepared = new ArrayList<>();
            List<String> executed = new ArrayList<>();

            ManagedObjects managed =
                    Pgai.on(noting(connection, prepared, executed)).managedObjects();

            assertThat(executed).containsExactly("executeQuery");
            assertThat(managed.list().stream()
                            .filter(object -> object.kind() == Kind.VIEW && object.vectorizer() != null))
                    .hasSize(VECTORIZERS);
            List<String> looked = new ArrayList<>();
            List<StoredVectorizer> listed =
                    Pgai.on(noting(connection, new ArrayList<>(), looked)).list();
            assertThat(looked)
                    .as("a look at catalog and rights, and all else")
                    .containsExactly("executeQuery", "executeQuery");
            assertThat(listed)
                    .hasSize(VECTORIZERS)
                    .allSatisfy(vectorizer ->
                            assertThat(vectorizer.status().pending()).isEqualTo(new RowCount.Exact(1)));
            DatabaseObjects all = DatabaseObjects.take(connection);
            long start = System.nanoTime();
            DatabaseObjects contained = all.containedIn(managed);
            long asked = System.nanoTime() - start;
            assertThat(contained.found())
                    .containsExactlyElementsOf(DatabaseObjects.of(managed).found());
            System.out.printf(
                    "%d vectorizers, %d objects of %d: read in %d ms, the query alone %d ms, in psql %s, asked for each in %d ms;"
                            + " listed with their status in %d ms%n",
                    VECTORIZERS,
                    managed.list().size(),
                    all.found().size(),
                    best(() -> Pgai.on(connection).managedObjects()),
                    best(() -> drain(connection, prepared.get(0))),
                    psql(database, prepared.get(0)),
                    asked / 1_000_000,
                    best(() -> Pgai.on(connection).list()));
        }
    }

    private static void drain(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                assertThat(rows.getString(1)).isNotNull();
            }
        }
    }

    /** The best of five, where psql is installed. */
    private String psql(TestDatabase database, String sql) throws Exception {
        Path script = Files.writeString(directory.resolve("query.sql"), "\\timing on\n" + (sql + ";\n").repeat(5));
        String url = database.url().replaceFirst("^jdbc:", "").replaceFirst("\\?.*", "");
        ProcessBuilder psql = new ProcessBuilder(
                "psql", "-XAtq", "-o", "/dev/null", "-f", script.toString(), "-U", database.user(), url);
        psql.environment().put("PGPASSWORD", database.password());
        // It says the time in the user's language.
        psql.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = psql.redirectErrorStream(true).start();
        } catch (IOException e) {
            return "(not installed)";
        }
        try (BufferedReader output = process.inputReader()) {
            String said = output.lines().collect(Collectors.joining("\n"));
            assertThat(process.waitFor()).as(said).isZero();
            return TIME.matcher(said)
                            .results()
                            .mapToDouble(time -> Double.parseDouble(time.group(1)))
                            .min()
                            .orElseThrow()
                    + " ms";
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

    /** Notes what is prepared and each execution of it. */
    private static Connection noting(Connection connection, List<String> prepared, List<String> executed) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = invoke(method, connection, arguments);
            if (!(result instanceof PreparedStatement statement)) {
                return result;
            }
            prepared.add((String) arguments[0]);
            return proxy(PreparedStatement.class, (called, given) -> {
                if (called.getName().startsWith("execute")) {
                    executed.add(called.getName());
                }
                return invoke(called, statement, given);
            });
        });
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> calls.call(method, arguments)));
    }

    private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private interface Calls {
        Object call(Method method, Object[] arguments) throws Throwable;
    }

    private interface Work {
        void run() throws Exception;
    }
}
