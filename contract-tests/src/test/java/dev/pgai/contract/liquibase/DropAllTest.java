package dev.pgai.contract.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.TestWorker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.integration.spring.SpringLiquibase;
import liquibase.resource.DirectoryResourceAccessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.DefaultResourceLoader;

/** Whichever way Liquibase drops all, no vectorizer is left without its tables, and the next update creates it. */
class DropAllTest {

    private static final String CHANGELOG = """
            <changeSet author="test" id="1">
              <sql>create table public.blog (id int primary key, content text)</sql>
            </changeSet>
            <changeSet author="test" id="2">
              <pgai:createVectorizer name="v">
                <pgai:source schema="public" table="blog"/>
                <pgai:loading implementation="column" column_name="content"/>
                <pgai:embedding implementation="openai" model="m" dimensions="3"/>
              </pgai:createVectorizer>
            </changeSet>
            """;

    @TempDir
    private Path directory;

    private final TestDatabase database = TestDatabases.standard().create();
    private final Pgai pgai = Pgai.on(database.dataSource());
    private LiquibaseCommands liquibase;

    @BeforeEach
    void write() throws Exception {
        liquibase = new LiquibaseCommands(directory);
        Files.writeString(directory.resolve("changelog.xml"), Changelogs.xml(CHANGELOG));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void by_command() throws Exception {
        update();

        liquibase.run("dropAll", LiquibaseCommands.on(database));

        assertThat(pgai.list()).isEmpty();
        assertThat(liquibase.told()).contains("Dropped vectorizer v on public.blog before dropAll of [public]");
        assertThatUpdateStartsAnew();
    }

    @Test
    void from_java() throws Exception {
        update();

        try (Connection connection = database.connection()) {
            Database known =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            try (Liquibase java = new Liquibase("changelog.xml", new DirectoryResourceAccessor(directory), known)) {
                java.dropAll();
            }
        }

        assertThat(pgai.list()).isEmpty();
        assertThatUpdateStartsAnew();
    }

    @Test
    void where_spring_drops_first() throws Exception {
        update();
        execute("insert into blog values (1, 'a')");
        SpringLiquibase spring = new SpringLiquibase();
        spring.setDataSource(database.dataSource());
        spring.setResourceLoader(new DefaultResourceLoader());
        spring.setChangeLog("file:" + directory.resolve("changelog.xml"));
        spring.setDropFirst(true);

        spring.afterPropertiesSet();

        assertThatRowsAreQueued();
    }

    @Test
    void of_the_schemas_that_are_named() throws Exception {
        execute("create schema app", "create table app.post (id int primary key, content text)");
        update();
        create("app.post", "w", "ai.destination_table('post_embeddings')");

        liquibase.run("dropAll", LiquibaseCommands.on(database, "schemas", "APP"));

        assertThat(pgai.list())
                .singleElement()
                .satisfies(left -> assertThat(left.name()).isEqualTo("v"));
        execute("insert into blog values (1, 'a')");
        assertThat(query("select count(*) from ai._vectorizer_q_1")).isEqualTo("1");
    }

    @Test
    void of_the_default_schema_of_the_command() throws Exception {
        execute("create schema app", "create table app.post (id int primary key, content text)");
        update();
        create("app.post", "w", "ai.destination_table('post_embeddings')");

        liquibase.run("dropAll", LiquibaseCommands.on(database, "defaultSchemaName", "app"));

        assertThat(pgai.list())
                .singleElement()
                .satisfies(left -> assertThat(left.name()).isEqualTo("v"));
    }

    /** Where the tables of Liquibase are does not matter. */
    @Test
    void with_its_tables_in_another_schema() throws Exception {
        execute("create schema meta");
        liquibase.with("liquibase.liquibaseSchemaName", "meta");
        update();

        liquibase.run("dropAll", LiquibaseCommands.on(database));

        assertThat(pgai.list()).isEmpty();
    }

    @Test
    void says_where_embeddings_stay() throws Exception {
        execute("create schema app", "create table blog (id int primary key, content text)");
        create(
                "blog",
                "w",
                "ai.destination_table(target_schema => 'app', target_table => 'kept', view_name => 'seen')");

        liquibase.run("dropAll", LiquibaseCommands.on(database));

        assertThat(pgai.list()).isEmpty();
        assertThat(query("select to_regclass('app.kept')")).isNotNull();
        assertThat(liquibase.told())
                .contains("WARNING: Dropped vectorizer w on public.blog", "Its embeddings stay in app.kept");
    }

    /** The application that starts again is told, and goes on with the embeddings that it had. */
    @Test
    void embeddings_that_stay_are_adopted_by_a_fresh_start() throws Exception {
        execute("create schema app");
        String elsewhere = CHANGELOG.replace(
                "<pgai:embedding",
                "<pgai:destination implementation=\"table\" target_schema=\"app\" target_table=\"kept\""
                        + " view_name=\"seen\"/><pgai:embedding");
        Files.writeString(directory.resolve("changelog.xml"), Changelogs.xml(elsewhere));
        update();
        execute("insert into blog values (1, 'a')");
        TestWorker.of(database, "v").drain();

        liquibase.run("dropAll", LiquibaseCommands.on(database));

        assertThat(liquibase.told()).contains("adoptVectorizer");
        assertThatThrownBy(this::update).hasStackTraceContaining("adoptVectorizer");
        assertThat(query("select count(*) from app.kept")).isEqualTo("1");

        Files.writeString(
                directory.resolve("changelog.xml"),
                Changelogs.xml(elsewhere.replace("createVectorizer", "adoptVectorizer")));
        update();

        assertThat(pgai.inspect("v").isWhole()).isTrue();
        assertThat(query("select count(*) from app.kept")).isEqualTo("1");
        execute("insert into blog values (2, 'b')");
        TestWorker.of(database, "v").drain();
        assertThat(query("select string_agg(content, ',') from seen")).isEqualTo("b");
    }

    /** As where a tool drops all that knows nothing of pgai. */
    @Test
    void what_nobody_guarded_is_told_by_a_fresh_start() throws Exception {
        update();
        execute("drop table blog, blog_embedding_store, databasechangelog cascade");

        assertThatThrownBy(this::update)
                .hasStackTraceContaining("There is vectorizer v (id 1), and it is damaged: ")
                .hasStackTraceContaining("pply repairVectorizer.");
        Files.writeString(
                directory.resolve("changelog.xml"),
                Changelogs.xml(CHANGELOG.replace(
                        "<pgai:createVectorizer",
                        "<pgai:repairVectorizer name=\"v\"/>\n<pgai:createVectorizer" + " if_not_exists=\"true\"")));
        update();

        execute("insert into blog values (1, 'a')");
        TestWorker.of(database, "v").drain();
        assertThat(query("select string_agg(content, ',') from blog_embedding")).isEqualTo("a");
    }

    @Test
    void says_which_source_stays() throws Exception {
        execute("create schema app", "create table blog (id int primary key, content text)");
        create(
                "blog",
                "w",
                "ai.destination_table(target_schema => 'app', target_table => 'gone', view_name => 'seen')");

        liquibase.run("dropAll", LiquibaseCommands.on(database, "schemas", "app"));

        assertThat(pgai.list()).isEmpty();
        assertThat(query("select to_regclass('app.gone')")).isNull();
        assertThat(liquibase.told()).contains("WARNING: Dropped vectorizer w", "public.blog stays");
        execute("insert into blog values (1, 'a')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table blog cascade",
                "drop table blog_embedding_store cascade",
                "drop view blog_embedding",
                "drop table ai._vectorizer_q_1",
                "drop table ai._vectorizer_q_failed_1",
                "drop function ai._vectorizer_src_trg_1 cascade",
                "alter table blog rename to weblog"
            })
    void drops_what_is_left_of_a_vectorizer(String sabotage) throws Exception {
        update();
        execute(sabotage);

        liquibase.run("dropAll", LiquibaseCommands.on(database));

        assertThat(pgai.list()).isEmpty();
        assertThatUpdateStartsAnew();
    }

    /** Its trigger would fail. */
    @Test
    void drops_a_vectorizer_whose_queue_goes() throws Exception {
        execute("create schema app", "create table blog (id int primary key, content text)");
        create("blog", "w", "ai.destination_column('emb'), chunking => ai.chunking_none(), queue_schema => 'app'");

        liquibase.run("dropAll", LiquibaseCommands.on(database, "schemas", "app"));

        assertThat(pgai.list()).isEmpty();
        assertThat(liquibase.told()).contains("Its embeddings stay in column emb of public.blog");
        execute("insert into blog values (1, 'a')");
    }

    @Test
    void refuses_the_schema_of_the_catalog() throws Exception {
        update();

        assertThatThrownBy(() -> liquibase.run("dropAll", LiquibaseCommands.on(database, "schemas", "public,ai")))
                .hasStackTraceContaining("dropAll of [ai, public] is refused")
                .hasStackTraceContaining("Leave ai out");
        assertThat(pgai.exists("v")).isTrue();
        execute("select from blog");
    }

    @Test
    void refuses_where_the_vectorizers_may_not_be_read() throws Exception {
        update();

        assertThatThrownBy(() -> liquibase.run("dropAll", Guest.on(database, "blog", "blog_embedding_store")))
                .rootCause()
                .hasMessageContaining("dropAll of [public] is refused: which vectorizers it takes the tables from")
                .hasMessageContaining("grant select on ai.vectorizer to");
        execute("select from blog_embedding_store");
    }

    @Test
    void refuses_where_a_vectorizer_cannot_be_read() throws Exception {
        update();
        execute("update ai.vectorizer set config = jsonb_set(config, '{embedding,dimensions}', '\"many\"')");

        assertThatThrownBy(() -> liquibase.run("dropAll", LiquibaseCommands.on(database)))
                .rootCause()
                .hasMessageContaining("dropAll of [public] is refused: which vectorizers it takes the tables from")
                .hasMessageContaining("vectorizer v (id 1) on public.blog")
                .hasMessageContaining("It can be dropped.");
        execute("select from blog_embedding_store");
    }

    @Test
    void drops_nothing_where_force_is_required() throws Exception {
        update();

        assertThatThrownBy(() -> liquibase.run("dropAll", LiquibaseCommands.on(database, "requireForce", true)))
                .hasStackTraceContaining("--force");

        assertThat(pgai.exists("v")).isTrue();
    }

    @Test
    void drops_all_where_pgai_is_not_installed() throws Exception {
        execute("drop schema ai cascade", "create table public.blog (id int primary key)");

        liquibase.run("dropAll", LiquibaseCommands.on(database));

        assertThat(query("select to_regclass('public.blog')")).isNull();
    }

    private void assertThatUpdateStartsAnew() throws Exception {
        update();
        execute("insert into blog values (1, 'a')");
        assertThatRowsAreQueued();
    }

    private void assertThatRowsAreQueued() throws Exception {
        assertThat(pgai.list()).hasSize(1);
        execute("insert into blog values (2, 'b')");
        assertThat(query("select count(*) > 0 from ai._vectorizer_q_2")).isEqualTo("t");
        assertThat(query("select count(*) from blog_embedding")).isEqualTo("0");
    }

    private void update() throws Exception {
        liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "changelog.xml"));
    }

    private void create(String source, String name, String destination) throws SQLException {
        execute("select ai.create_vectorizer('" + source + "'::regclass, name => '" + name
                + "', loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3), destination => "
                + destination + ")");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private @Nullable String query(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
