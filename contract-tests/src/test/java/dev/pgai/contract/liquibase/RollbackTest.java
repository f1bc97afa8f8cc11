package dev.pgai.contract.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollback undoes what its change set did, and nothing else. */
class RollbackTest {

    private static final VectorizerDefinition BY_HAND = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
            .name("v")
            .build();

    private static final String OPTIONS = """
            <ext:source schema="public" table="blog"/>
            <ext:loading implementation="column" column_name="content"/>
            <ext:embedding implementation="openai" model="m" dimensions="3"/>
            """;

    private static final String CREATE = "<ext:createVectorizer name=\"v\">" + OPTIONS + "</ext:createVectorizer>";

    /** The word that a message recommends. */
    private static final String UNLESS_IT_EXISTS =
            "<preConditions onFail=\"MARK_RAN\"><not><ext:vectorizerExists name=\"v\"/></not></preConditions>";

    private static final String IF_IT_EXISTS =
            "<preConditions onFail=\"MARK_RAN\"><ext:vectorizerExists name=\"v\"/></preConditions>";

    @TempDir
    private Path directory;

    private final TestDatabase database = TestDatabases.standard().create();
    private final Pgai pgai = Pgai.on(database.dataSource());
    private LiquibaseCommands liquibase;

    @BeforeEach
    void create() throws SQLException {
        liquibase = new LiquibaseCommands(directory);
        execute("create table public.blog (id int primary key, content text)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void one_that_was_there_stays() throws Exception {
        byHand();
        assertThatThrownBy(() -> update(CREATE)).hasStackTraceContaining(UNLESS_IT_EXISTS);

        update(UNLESS_IT_EXISTS + CREATE);
        assertThat(rollbackSql()).doesNotContain("drop_vectorizer");
        rollback();

        assertThatIsUntouched();
        assertThat(liquibase.told())
                .contains("Nothing to roll back: change set changelog.xml::1::test was marked as run");
    }

    @Test
    void one_that_was_there_stays_though_the_rollback_is_the_users() throws Exception {
        byHand();

        update(UNLESS_IT_EXISTS + CREATE + "<rollback><ext:dropVectorizer name=\"v\"/></rollback>");
        rollback();

        assertThatIsUntouched();
    }

    @Test
    void one_that_could_not_be_looked_for_stays() throws Exception {
        byHand();
        update("<preConditions onFail=\"MARK_RAN\" onError=\"MARK_RAN\"><sqlCheck expectedResult=\"0\">select 1/0"
                + "</sqlCheck></preConditions>" + CREATE);

        rollback();

        assertThatIsUntouched();
    }

    @Test
    void one_that_was_not_dropped_is_not_created() throws Exception {
        update(IF_IT_EXISTS + "<ext:dropVectorizer name=\"v\"><ext:definition>" + OPTIONS
                + "</ext:definition></ext:dropVectorizer>");

        rollback();

        assertThat(pgai.list()).isEmpty();
    }

    @Test
    void one_that_was_not_changed_is_not_changed_back() throws Exception {
        update(IF_IT_EXISTS + "<ext:disableVectorizer name=\"v\"/><ext:dropVectorizer name=\"v\"/>");

        rollback();

        assertThat(pgai.list()).isEmpty();
    }

    @Test
    void one_that_was_created_goes() throws Exception {
        update(UNLESS_IT_EXISTS + CREATE);
        assertThat(rollbackSql()).contains("drop_vectorizer");

        rollback();

        assertThat(pgai.list()).isEmpty();
    }

    /** A database that was not asked yet. */
    @Test
    void what_will_run_is_shown_as_undone() throws Exception {
        write(UNLESS_IT_EXISTS + CREATE);

        assertThat(liquibase.run("futureRollbackSql", LiquibaseCommands.on(database, "changelogFile", "changelog.xml")))
                .contains("drop_vectorizer");
    }

    @Test
    void update_and_its_test_rollback_leave_one_that_was_there() throws Exception {
        byHand();
        write(UNLESS_IT_EXISTS + CREATE);

        liquibase.run("updateTestingRollback", LiquibaseCommands.on(database, "changelogFile", "changelog.xml"));

        assertThatIsUntouched();
    }

    @Test
    void update_and_its_test_rollback_take_what_they_create() throws Exception {
        write(CREATE + "<rollback><ext:dropVectorizer name=\"v\"/></rollback>");

        liquibase.run("updateTestingRollback", LiquibaseCommands.on(database, "changelogFile", "changelog.xml"));

        assertThat(pgai.list()).hasSize(1);
    }

    /** It says that the change set has run. What it would have created is told by where it is. */
    @Test
    void another_than_a_synced_change_set_would_have_created_stays() throws Exception {
        pgai.create(
                BY_HAND.toBuilder().destination(Destination.table("elsewhere")).build());
        write(CREATE);
        liquibase.run("changelogSync", LiquibaseCommands.on(database, "changelogFile", "changelog.xml"));

        assertThatThrownBy(this::rollback)
                .hasStackTraceContaining("Vectorizer v is not the one of this change set: it is on public.blog with its"
                        + " embeddings in public.elsewhere_store");

        assertThat(pgai.exists("v")).isTrue();
    }

    /** What is in its row cannot be compared with anything. */
    @Test
    void one_that_cannot_be_read_stays() throws Exception {
        update(CREATE);
        execute("update ai.vectorizer set config = jsonb_set(config, '{embedding,dimensions}', '\"many\"')");

        assertThatThrownBy(this::rollback)
                .hasStackTraceContaining(
                        "createVectorizer: Vectorizer v cannot be compared with that of this change set");

        execute("select from blog_embedding_store");
    }

    @Test
    void an_if_not_exists_has_no_rollback_of_its_own() throws Exception {
        byHand();
        update(CREATE.replace("name=\"v\"", "name=\"v\" if_not_exists=\"true\""));

        assertThatThrownBy(this::rollback).hasStackTraceContaining("It may have been there before");

        assertThatIsUntouched();
    }

    private void byHand() throws SQLException {
        pgai.create(BY_HAND);
        execute("insert into blog_embedding_store (id, chunk_seq, chunk, embedding) values (1, 0, 'a', '[1,2,3]')");
    }

    private void assertThatIsUntouched() throws Exception {
        assertThat(pgai.list()).hasSize(1);
        execute("do $$ begin assert (select count(*) from blog_embedding_store) = 1; end $$");
    }

    private void write(String changes) throws Exception {
        Files.writeString(
                directory.resolve("changelog.xml"),
                Changelogs.xml("<changeSet author=\"test\" id=\"1\">" + changes + "</changeSet>"));
    }

    private void update(String changes) throws Exception {
        write(changes);
        liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "changelog.xml"));
    }

    private void rollback() throws Exception {
        liquibase.run("rollbackCount", LiquibaseCommands.on(database, "changelogFile", "changelog.xml", "count", 1));
    }

    private String rollbackSql() throws Exception {
        return liquibase.run(
                "rollbackCountSql", LiquibaseCommands.on(database, "changelogFile", "changelog.xml", "count", 1));
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
