package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.CatalogInstaller;
import dev.pgai.jdbc.Pgai;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the planner expects of this library's queries. PostgreSQL, as most packages build it, compiles what it expects
 * to cost more than {@code jit_above_cost}, which takes half a second, whatever the query takes.
 */
class PlannedCostTest {

    private static final double JIT_ABOVE_COST = 100_000;
    private static final Pattern COST = Pattern.compile("cost=[0-9.]+\\.\\.([0-9.]+)");

    private static final Pattern QUERY = Pattern.compile("^\\s*(select|with)\\b");

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
            .name("blog")
            .grantTo("reader")
            .build();

    @Test
    void is_too_low_for_a_compiler() throws SQLException {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table blog (id int primary key, content text)");
            }
            Map<String, Double> costs = new LinkedHashMap<>();
            CatalogInstaller.on(explaining(connection, costs)).status();
            Pgai pgai = Pgai.on(explaining(connection, costs));

            pgai.create(BLOG);
            try (Statement statement = connection.createStatement()) {
                // What an empty table looks like once it was vacuumed.
                statement.execute("vacuum analyze");
            }
            pgai.check(BLOG);
            pgai.createIfAbsent(BLOG);
            pgai.exists("blog");
            pgai.find("blog");
            pgai.inspect();
            pgai.inspect("blog");
            pgai.list();
            pgai.countPending("blog");
            pgai.errors("blog", 10);
            pgai.managedObjects();
            NeighbourSearch search =
                    EmbeddingRelation.store(BLOG, List.of("id")).nearestTo(new float[] {1, 2, 3}, 5);
            pgai.nearest(search);
            pgai.explain(search);

            assertThat(costs).hasSizeGreaterThanOrEqualTo(12);
            assertThat(costs).allSatisfy((query, cost) -> assertThat(cost).isLessThan(JIT_ABOVE_COST));
        }
    }

    /** Has each query explained before it runs, with the same parameters. */
    private static Connection explaining(Connection real, Map<String, Double> costs) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = call(real, method, arguments);
            return result instanceof PreparedStatement statement
                            && QUERY.matcher((String) arguments[0]).find()
                    ? explaining(statement, (String) arguments[0], real, costs)
                    : result;
        });
    }

    private static PreparedStatement explaining(
            PreparedStatement statement, String query, Connection real, Map<String, Double> costs) throws SQLException {
        PreparedStatement explain = real.prepareStatement("explain " + query);
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("set") && arguments[0] instanceof Integer && arguments.length > 1) {
                call(explain, method, arguments);
            } else if (method.getName().startsWith("execute")) {
                costs.put(query, cost(explain));
            }
            return call(statement, method, arguments);
        });
    }

    private static double cost(PreparedStatement explain) throws SQLException {
        try (explain;
                ResultSet rows = explain.executeQuery()) {
            rows.next();
            Matcher cost = COST.matcher(rows.getString(1));
            assertThat(cost.find()).isTrue();
            return Double.parseDouble(cost.group(1));
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
