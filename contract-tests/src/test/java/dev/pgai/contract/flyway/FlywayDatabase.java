package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/** A database of one test's own, and Flyway on it, with migrations from the test alone. */
final class FlywayDatabase implements AutoCloseable {

    private final TestDatabase database = TestDatabases.standard().create();

    static VectorizerDefinition.Builder blog() {
        return VectorizerDefinition.builder(
                        RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
                .name("blog")
                .destination(Destination.table("blog_embeddings"));
    }

    FluentConfiguration configuration(JavaMigration... migrations) {
        return configure(Flyway.configure(), database, migrations);
    }

    static FluentConfiguration configure(
            FluentConfiguration configuration, TestDatabase database, JavaMigration... migrations) {
        return configure(configuration, migrations).dataSource(database.url(), database.user(), database.password());
    }

    static FluentConfiguration configure(FluentConfiguration configuration, JavaMigration... migrations) {
        return configuration
                .locations("classpath:db/migration/nothing")
                .cleanDisabled(false)
                .javaMigrations(migrations);
    }

    Flyway flyway(JavaMigration... migrations) {
        return configuration(migrations).load();
    }

    List<String> vectorizers() {
        return Pgai.on(database.dataSource()).list().stream()
                .map(StoredVectorizer::name)
                .toList();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    boolean exists(String relation) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select to_regclass('" + relation + "') is not null")) {
            assertThat(row.next()).isTrue();
            return row.getBoolean(1);
        }
    }

    TestDatabase database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
    }

    /** What a SQL migration would do. */
    static class V1__Create_blog extends BaseJavaMigration {
        @Override
        public void migrate(Context context) throws SQLException {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute("create extension if not exists vector");
                statement.execute("create table blog (id int primary key, title text, content text)");
            }
        }
    }
}
