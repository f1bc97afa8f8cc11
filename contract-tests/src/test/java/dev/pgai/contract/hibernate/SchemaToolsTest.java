package dev.pgai.contract.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.boot.registry.classloading.internal.ClassLoaderServiceImpl;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.mapping.Table;
import org.hibernate.tool.schema.internal.HibernateSchemaManagementTool;
import org.hibernate.tool.schema.spi.SchemaDropper;
import org.hibernate.tool.schema.spi.SchemaFilter;
import org.hibernate.tool.schema.spi.SchemaFilterProvider;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SchemaToolsTest extends OnDatabase {

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("title"), Embedding.openai("m", 3))
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            .build();

    @TempDir
    private Path directory;

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.pgai.hibernate");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void createBlog() throws SQLException {
        execute("create table blog (id int primary key, title text)");
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void detachLog() {
        logger.detachAppender(log);
    }

    /** What Hibernate does by itself, so that the other tests cannot pass for nothing. */
    @Test
    void update_changes_the_store_without_the_filter() throws SQLException {
        pgai.create(BLOG);

        hibernate(BlogEmbedding.class)
                .bootstrap(bootstrap -> bootstrap.applyClassLoaderService(new WithoutPgai()))
                .run("update");

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

        hibernate(BlogEmbedding.class)
                .with(AvailableSettings.HBM2DDL_FILTER_PROVIDER, NoBlog.class.getName())
                .run("update");

        assertThat(exists("blog")).isFalse();
        assertThat(foreignKeys("blog_embeddings_store")).isZero();
    }

    /** Which Hibernate gives the registry to, as it gives it to its own. */
    @Test
    void has_the_users_own_tool_do_the_work() throws SQLException {
        pgai.create(BLOG);
        CountingTool.DROPS.set(0);

        hibernate(BlogEmbedding.class)
                .with(AvailableSettings.SCHEMA_MANAGEMENT_TOOL, CountingTool.class.getName())
                .run("drop");

        assertThat(CountingTool.DROPS).hasValue(1);
        assertThat(exists("blog")).isFalse();
        assertThat(exists("blog_embeddings_store")).isTrue();
    }

    @Test
    void takes_no_second_connection_from_the_pool() {
        pgai.create(BLOG);

        hibernate(BlogEmbedding.class)
                .with("hibernate.connection.pool_size", "1")
                .run("update");
    }

    @Test
    void knows_the_default_schema() throws SQLException {
        execute(
                "create schema app",
                "create table app.blog (id int primary key, title text)",
                "create table public.blog_embeddings_store (embedding_uuid uuid primary key)");
        pgai.create(BLOG.toBuilder().source(RelationName.of("app", "blog")).build());

        hibernate(BlogEmbedding.class)
                .with(AvailableSettings.DEFAULT_SCHEMA, "app")
                .run("update");
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

    @Test
    void refuses_to_change_what_it_cannot_look_at() throws SQLException {
        pgai.create(BLOG);
        execute("insert into blog values (1, 'a')");
        Hibernate guest = hibernate(BlogEmbedding.class).with(AvailableSettings.JAKARTA_JDBC_URL, urlOfGuest());

        for (String action : List.of("create", "drop", "update", "create-drop")) {
            assertThatExceptionOfType(SchemaManagementException.class)
                    .isThrownBy(() -> guest.run(action))
                    .withMessageContaining("Cannot ask the database which tables belong to pgai")
                    .withMessageContaining("grant select on ai.vectorizer")
                    .withMessageContaining("hibernate.hbm2ddl.auto=none");
        }
        execute("select embedding from blog_embeddings_store", "select title from blog where id = 1");
        assertThat(log()).doesNotContain("@ManagedByPgai");
    }

    @Test
    void says_that_it_cannot_look_where_nothing_is_changed() throws Exception {
        pgai.create(BLOG);
        Path script = directory.resolve("drop.sql");
        Hibernate guest = hibernate(DeclaredBlogEmbedding.class).with(AvailableSettings.JAKARTA_JDBC_URL, urlOfGuest());

        guest.run("validate");
        assertThat(log()).contains("Cannot ask the database", "Only what is @ManagedByPgai is left out.");

        guest.with(AvailableSettings.JAKARTA_HBM2DDL_SCRIPTS_ACTION, "drop")
                .with(AvailableSettings.JAKARTA_HBM2DDL_SCRIPTS_DROP_TARGET, script.toString())
                .run("none");
        assertThat(log()).contains("Only what is @ManagedByPgai is left out.");
        assertThat(Files.readString(script)).contains("blog").doesNotContain("blog_embeddings");
    }

    @Test
    void says_which_vectorizers_lose_their_source() throws SQLException {
        pgai.create(BLOG);

        run("drop", DeclaredBlogEmbedding.class);

        assertThat(log())
                .contains(
                        "Hibernate drops tables that vectorizers read",
                        ": blog. Their embeddings stay.",
                        "repair these vectorizers");
    }

    /** What is only written is not said to be done. */
    @Test
    void says_of_a_script_that_it_is_the_script_that_drops() throws SQLException {
        pgai.create(BLOG);

        hibernate(DeclaredBlogEmbedding.class)
                .with(AvailableSettings.JAKARTA_HBM2DDL_SCRIPTS_ACTION, "drop")
                .with(
                        AvailableSettings.JAKARTA_HBM2DDL_SCRIPTS_DROP_TARGET,
                        directory.resolve("drop.sql").toString())
                .run("none");

        assertThat(log())
                .contains("The script that Hibernate writes drops tables that vectorizers read")
                .doesNotContain("Hibernate drops");
        assertThat(exists("blog")).isTrue();
    }

    @Test
    void writes_a_script_without_a_database_to_ask() throws Exception {
        Path script = directory.resolve("create.sql");

        hibernate(DeclaredBlogEmbedding.class)
                .without(AvailableSettings.JAKARTA_JDBC_URL)
                .without(AvailableSettings.JAKARTA_JDBC_USER)
                .without(AvailableSettings.JAKARTA_JDBC_PASSWORD)
                .with(AvailableSettings.DIALECT, "org.hibernate.dialect.PostgreSQLDialect")
                .with("hibernate.boot.allow_jdbc_metadata_access", "false")
                .with(AvailableSettings.JAKARTA_HBM2DDL_SCRIPTS_ACTION, "create")
                .with(AvailableSettings.JAKARTA_HBM2DDL_SCRIPTS_CREATE_TARGET, script.toString())
                .run("none");

        assertThat(log()).contains("must supply JDBC connections. Only what is @ManagedByPgai is left out.");
        assertThat(Files.readString(script)).contains("table blog ").doesNotContain("blog_embeddings");
    }

    @Test
    void a_mapped_superclass_marks_the_tables_of_all_that_extend_it() throws SQLException {
        execute("drop table blog");

        run("create", Inheritance.OfMarkedSuperclass.class, Inheritance.OfSuperclassOfThat.class);

        assertThat(exists("of_marked_superclass")).isFalse();
        assertThat(exists("of_superclass_of_that")).isFalse();
        assertThat(exists("blog")).isTrue();
    }

    @Test
    void an_entity_marks_its_own_table_and_no_other() throws SQLException {
        execute("drop table blog");

        run(
                "create",
                Inheritance.Joined.class,
                Inheritance.JoinedPart.class,
                Inheritance.Single.class,
                Inheritance.SinglePart.class,
                Inheritance.EachTable.class,
                Inheritance.EachTablePart.class);

        assertThat(exists("joined")).isFalse();
        assertThat(exists("joined_part")).isTrue();
        assertThat(exists("single")).isFalse();
        assertThat(exists("each_table")).isFalse();
        assertThat(exists("each_table_part")).isTrue();
    }

    /** For a role that owns all tables, and may not read the catalog. */
    private String urlOfGuest() throws SQLException {
        String role = "pgai_test_guest";
        execute("do $$ begin create role " + role
                + "; exception when duplicate_object or unique_violation then null; end $$");
        execute("grant all on schema public to " + role);
        for (String table : List.of("blog", "blog_embeddings_store", "blog_embeddings")) {
            execute("alter table " + table + " owner to " + role);
        }
        return database.url() + (database.url().contains("?") ? "&" : "?") + "options=-c%20role%3D" + role;
    }

    private String log() {
        String lines = log.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
        log.list.clear();
        return lines;
    }

    private void run(String action, Class<?>... entities) {
        hibernate(entities).run(action);
    }

    private Hibernate hibernate(Class<?>... entities) {
        return Hibernate.on(database)
                .entities(Stream.concat(Stream.of(Blog.class), Stream.of(entities))
                        .toArray(Class<?>[]::new));
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
    public static final class CountingTool extends HibernateSchemaManagementTool {

        private static final long serialVersionUID = 1L;

        private static final AtomicInteger DROPS = new AtomicInteger();

        @Override
        public SchemaDropper getSchemaDropper(Map<String, Object> options) {
            DROPS.incrementAndGet();
            return super.getSchemaDropper(options);
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
