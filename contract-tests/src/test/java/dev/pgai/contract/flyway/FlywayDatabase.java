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
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/** A database of one test's own, and Flyway on it, with migrations from the test alone. */
final class FlywayDatabase implements AutoCloseable {

    private final TestDatabase database = TestDatabases.standard().create();
    private @Nullable String owner;

    static VectorizerDefinition.Builder blog() {
        return blog("public");
    }

    static VectorizerDefinition.Builder blog(String schema) {
        return VectorizerDefinition.builder(
                        RelationName.of(schema, "blog"), Loading.column("content"), Embedding.openai("m", 3))
                .name("blog")
                .destination(Destination.table("blog_embeddings"));
    }

    /** A second one on the same table. */
    static VectorizerDefinition more() {
        return blog().name("more")
                .destination(Destination.table("more_embeddings"))
                .build();
    }

    FluentConfiguration configuration(JavaMigration... migrations) {
        return configure(Flyway.configure(), database, migrations);
    }

    static FluentConfiguration configure(
            FluentConfiguration configuration, TestDatabase database, JavaMigration... migrations) {
        return configure(configuration, migrations).dataSource(database.url(), database.user(), database.password());
    }

    /**
     * As a role of an application's own, which owns what it creates and has the rights that pgai gives, and which owns
     * no extension.
     */
    FluentConfiguration asOwner(JavaMigration... migrations) throws SQLException {
        return configure(Flyway.configure(), migrations).dataSource(urlAsOwner(), database.user(), database.password());
    }

    String urlAsOwner() throws SQLException {
        return database.url() + (database.url().contains("?") ? "&" : "?") + "options=-c%20role%3D" + owner();
    }

    String owner() throws SQLException {
        if (owner == null) {
            owner = "owner_" + UUID.randomUUID().toString().substring(0, 8);
            execute("create role " + owner + "; grant all on schema public to " + owner
                    + "; grant create on database \"" + database.name() + "\" to " + owner
                    + "; select ai.grant_vectorizer_usage('" + owner + "', admin => true)");
        }
        return owner;
    }

    void executeAsOwner(String sql) throws SQLException {
        execute("set role " + owner() + "; " + sql);
    }

    static FluentConfiguration configure(FluentConfiguration configuration, JavaMigration... migrations) {
        return configuration
                .locations("classpath:db/migration/nothing")
                .cleanDisabled(false)
                .loggers(FlywayLog.class.getName())
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
        return query("select to_regclass('" + relation + "') is not null").equals("t");
    }

    /** The first column of the first row. */
    String query(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return String.valueOf(row.getString(1));
        }
    }

    TestDatabase database() {
        return database;
    }

    @Override
    public void close() {
        try {
            if (owner != null) {
                execute("drop owned by " + owner + " cascade; drop role " + owner);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        } finally {
            database.close();
        }
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
