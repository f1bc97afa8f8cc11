package dev.pgai.contract.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.boot.registry.classloading.internal.ClassLoaderServiceImpl;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.mapping.Table;
import org.hibernate.tool.schema.spi.SchemaFilter;
import org.hibernate.tool.schema.spi.SchemaFilterProvider;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaToolsTest {

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("title"), Embedding.openai("m", 3))
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            .build();

    private final TestDatabase database = TestDatabases.standard().create();
    private final Pgai pgai = Pgai.on(database.dataSource());

    @BeforeEach
    void createBlog() throws SQLException {
        execute("create table blog (id int primary key, title text)");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    /** What Hibernate does by itself, so that the other tests cannot pass for nothing. */
    @Test
    void update_changes_the_store_without_the_filter() throws SQLException {
        pgai.create(BLOG);

        run(
                new BootstrapServiceRegistryBuilder().applyClassLoaderService(new WithoutPgai()),
                "update",
                Map.of(),
                BlogEmbedding.class);

        assertThat(foreignKeys("blog_embeddings_store")).isEqualTo(1);
    }

    @Test
    void update_leaves_the_store_alone() throws SQLException {
        pgai.create(BLOG);

        run("update", BlogEmbedding.class);

        assertThat(foreignKeys("blog_embeddings_store")).isZero();
    }

    @Test
    void update_goes_on_to_change_other_tables() throws SQLException {
        execute("alter table blog drop column title");

        run("update", BlogEmbedding.class);

        execute("select title from blog");
    }

    @Test
    void validate_leaves_the_store_alone() throws SQLException {
        pgai.create(BLOG);
        execute("alter table blog_embeddings_store add constraint own check (chunk_seq >= 0)");

        assertThatNoException().isThrownBy(() -> run("validate", BlogEmbedding.class));
    }

    @Test
    void validate_goes_on_to_look_at_other_tables() throws SQLException {
        pgai.create(BLOG);
        execute("alter table blog rename to weblog");

        assertThatExceptionOfType(SchemaManagementException.class)
                .isThrownBy(() -> run("validate", BlogEmbedding.class))
                .withMessageContaining("blog");
    }

    @Test
    void drop_leaves_the_store_alone() throws SQLException {
        pgai.create(BLOG);
        execute("insert into blog values (1, 'a')");

        run("drop", BlogEmbedding.class);

        execute("select embedding from blog_embeddings_store");
    }

    @Test
    void create_leaves_to_pgai_what_is_declared() throws SQLException {
        execute("drop table blog");

        run("create", DeclaredBlogEmbedding.class);

        assertThat(exists("blog")).isTrue();
        assertThat(exists("blog_embeddings")).isFalse();
        pgai.create(BLOG);
        assertThatNoException().isThrownBy(() -> run("validate", DeclaredBlogEmbedding.class));
        pgai.drop("blog", Embeddings.DROP);
    }

    @Test
    void create_makes_what_is_neither_there_nor_declared() throws SQLException {
        execute("drop table blog");

        run("create", BlogEmbedding.class);

        assertThat(exists("blog_embeddings_store")).isTrue();
    }

    @Test
    void asks_the_users_own_filter_too() throws SQLException {
        pgai.create(BLOG);
        execute("drop table blog cascade");

        run("update", Map.of(AvailableSettings.HBM2DDL_FILTER_PROVIDER, NoBlog.class.getName()), BlogEmbedding.class);

        assertThat(exists("blog")).isFalse();
        assertThat(foreignKeys("blog_embeddings_store")).isZero();
    }

    @Test
    void takes_no_second_connection_from_the_pool() {
        pgai.create(BLOG);

        run("update", Map.of("hibernate.connection.pool_size", "1"), BlogEmbedding.class);
    }

    @Test
    void knows_the_default_schema() throws SQLException {
        execute(
                "create schema app",
                "create table app.blog (id int primary key, title text)",
                "create table public.blog_embeddings_store (embedding_uuid uuid primary key)");
        pgai.create(BLOG.toBuilder().source(RelationName.of("app", "blog")).build());

        run("update", Map.of(AvailableSettings.DEFAULT_SCHEMA, "app"), BlogEmbedding.class);
        assertThat(foreignKeys("app.blog_embeddings_store")).isZero();
        run("update", BlogEmbedding.class);

        assertThat(foreignKeys("public.blog_embeddings_store"))
                .as("a user's own table of the same name")
                .isEqualTo(1);
    }

    @Test
    void does_nothing_where_pgai_is_not_installed() throws SQLException {
        execute("drop schema ai cascade");

        run("update", BlogEmbedding.class);

        assertThat(exists("blog_embeddings_store")).isTrue();
    }

    private void run(String action, Class<?> entity) {
        run(action, Map.of(), entity);
    }

    private void run(String action, Map<String, Object> settings, Class<?> entity) {
        run(new BootstrapServiceRegistryBuilder(), action, settings, entity);
    }

    /** Starts Hibernate, with the tool, and stops it again. */
    private void run(
            BootstrapServiceRegistryBuilder bootstrap, String action, Map<String, Object> settings, Class<?> entity) {
        StandardServiceRegistryBuilder builder = new StandardServiceRegistryBuilder(bootstrap.build())
                .applySetting(AvailableSettings.JAKARTA_JDBC_URL, database.url())
                .applySetting(AvailableSettings.JAKARTA_JDBC_USER, database.user())
                .applySetting(AvailableSettings.JAKARTA_JDBC_PASSWORD, database.password())
                .applySetting(AvailableSettings.HBM2DDL_AUTO, action)
                .applySettings(settings);
        try (StandardServiceRegistry registry = builder.build();
                SessionFactory factory = new MetadataSources(registry)
                        .addAnnotatedClasses(Blog.class, entity)
                        .buildMetadata()
                        .buildSessionFactory()) {
            assertThat(factory.isOpen()).isTrue();
        }
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private boolean exists(String relation) throws SQLException {
        return "t".equals(query("select to_regclass('" + relation + "') is not null"));
    }

    private int foreignKeys(String table) throws SQLException {
        return Integer.parseInt(query(
                "select count(*) from pg_constraint where contype = 'f' and conrelid = '" + table + "'::regclass"));
    }

    private String query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        assertThat(values).hasSize(1);
        return values.get(0);
    }

    /** As if the jar were not on the class path. */
    private static final class WithoutPgai extends ClassLoaderServiceImpl {

        private static final long serialVersionUID = 1L;

        @Override
        public <S> Collection<S> loadJavaServices(Class<S> contract) {
            return super.loadJavaServices(contract).stream()
                    .filter(service -> !service.getClass().getName().startsWith("dev.pgai."))
                    .toList();
        }
    }

    /** A user's own. */
    public static final class NoBlog implements SchemaFilterProvider, SchemaFilter {

        private static final long serialVersionUID = 1L;

        @Override
        public SchemaFilter getCreateFilter() {
            return this;
        }

        @Override
        public SchemaFilter getDropFilter() {
            return this;
        }

        @Override
        public SchemaFilter getTruncatorFilter() {
            return this;
        }

        @Override
        public SchemaFilter getMigrateFilter() {
            return this;
        }

        @Override
        public SchemaFilter getValidateFilter() {
            return this;
        }

        @Override
        public boolean includeNamespace(Namespace namespace) {
            return true;
        }

        @Override
        public boolean includeTable(Table table) {
            return !"blog".equals(table.getName());
        }

        @Override
        public boolean includeSequence(Sequence sequence) {
            return true;
        }
    }
}
