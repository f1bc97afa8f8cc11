package dev.pgai.contract.spring;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A database of one test's own, and applications on it. */
final class BlogDatabase implements AutoCloseable {

    private final TestDatabase database = TestDatabases.standard().create();

    /** With the table. */
    BlogDatabase withBlog() throws SQLException {
        return execute("create table public.blog (id int primary key, title text not null, content text not null)");
    }

    /** For an application that uses it, with one connection. */
    Map<String, Object> properties() {
        return new HashMap<>(Map.of(
                "spring.datasource.url",
                database.url(),
                "spring.datasource.username",
                database.user(),
                "spring.datasource.password",
                database.password(),
                "spring.datasource.hikari.maximum-pool-size",
                1,
                "spring.datasource.hikari.connection-timeout",
                2000,
                "spring.flyway.enabled",
                false,
                "spring.liquibase.enabled",
                false,
                "spring.data.jpa.repositories.enabled",
                false,
                "spring.jpa.open-in-view",
                false,
                "spring.main.banner-mode",
                "off"));
    }

    /** Without the configuration of whatever is not asked for. */
    ConfigurableApplicationContext start(Class<?> application, String... properties) {
        return start(WebApplicationType.NONE, application, properties);
    }

    ConfigurableApplicationContext start(WebApplicationType type, Class<?> application, String... properties) {
        List<String> all = new ArrayList<>();
        properties().forEach((key, value) -> all.add(key + "=" + value));
        all.addAll(List.of(properties));
        // Boot would set up the log of this JVM anew.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        try {
            return new SpringApplicationBuilder(application)
                    .web(type)
                    .properties(all.toArray(String[]::new))
                    .run();
        } finally {
            System.clearProperty("org.springframework.boot.logging.LoggingSystem");
        }
    }

    static VectorizerDefinition definition() {
        try (InputStream in = BlogDatabase.class.getResourceAsStream("/blog.json")) {
            return VectorizerJson.readList(
                            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8))
                    .get(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is committed. */
    List<String> vectorizers() {
        return pgai().list().stream().map(vectorizer -> vectorizer.name()).toList();
    }

    DataSource dataSource() {
        return database.dataSource();
    }

    /** The first column of the first row. */
    String query(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    Pgai pgai() {
        return Pgai.on(database.dataSource());
    }

    BlogDatabase execute(String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }

    /** Embeds all rows. */
    void work() throws SQLException {
        TestWorker.of(database).drain();
    }

    @Override
    public void close() {
        database.close();
    }
}
