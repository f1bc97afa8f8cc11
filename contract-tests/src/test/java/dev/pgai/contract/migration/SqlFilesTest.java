package dev.pgai.contract.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.plan.migration.Migration;
import dev.pgai.plan.migration.MigrationFile;
import dev.pgai.plan.migration.SqlFiles;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all forms have in common, and plain SQL. */
class SqlFilesTest {

    private final PlannedDatabase planned = new PlannedDatabase();

    @TempDir
    private Path directory;

    SqlFilesTest() throws SQLException {}

    @AfterEach
    void dropDatabase() {
        planned.close();
    }

    @Test
    void up_and_down() throws SQLException {
        List<Migration> migrations = planned.migrations();

        for (Migration migration : migrations) {
            planned.execute(SqlFiles.write(migration).get(0).content());
        }
        planned.isAsDesired();

        for (Migration migration : List.of(migrations.get(2), migrations.get(1), migrations.get(0))) {
            planned.execute(SqlFiles.write(migration).get(1).content());
        }
        planned.isAsBefore();
    }

    @Test
    void steps_without_a_way_back() throws SQLException {
        planned.execute(SqlFiles.write(planned.otherSteps()).get(0).content());

        planned.otherStepsAreDone();
    }

    @Test
    void a_file_says_what_it_is() {
        VectorizerPlan plan = planned.pgai().plan(DesiredState.of(List.of()).withRemoved(List.of("titles")));

        Migration migration = Migration.of(plan, "5", "no titles").get(0);

        assertThat(SqlFiles.write(migration)).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("5_no_titles.up.sql");
            assertThat(file.content().lines().toList())
                    .containsExactly(
                            "-- no titles",
                            "-- Plan " + plan.fingerprint(),
                            "-- drop vectorizer \"titles\"",
                            "--   LOSES_EMBEDDINGS: its embeddings are lost",
                            "-- Not undone:",
                            "--   drop vectorizer \"titles\" and its embeddings: "
                                    + plan.steps().get(0).changes().get(0).whyNoInverse(),
                            "begin;",
                            VectorizerChange.script(List.of()).get(0) + ";",
                            VectorizerChange.drop("titles", Embeddings.DROP)
                                            .sql()
                                            .get(0) + ";",
                            "commit;");
        });
        assertThat(SqlFiles.write(Migration.of(plan, "5", "no titles").get(0))).isEqualTo(SqlFiles.write(migration));
    }

    /** The worker of a while ago is still there. */
    @Test
    void while_a_worker_is_at_it_nothing_is_altered() throws SQLException {
        List<Migration> migrations = planned.migrations();
        planned.execute(SqlFiles.write(migrations.get(0)).get(0).content());
        String alter = SqlFiles.write(migrations.get(1)).get(0).content();
        try (Connection worker = planned.database().connection();
                Statement statement = worker.createStatement()) {
            statement.execute("set application_name = 'pgai-worker[1]: public.blog'");

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> planned.execute(alter))
                    .extracting(SQLException::getSQLState)
                    .isEqualTo("55006");
        }
        planned.execute(alter, SqlFiles.write(migrations.get(2)).get(0).content());
        planned.isAsDesired();
    }

    @Test
    void in_one_transaction_with_the_disabling_nothing_is_altered() throws SQLException {
        List<Migration> migrations = planned.migrations();
        String disable = SqlFiles.write(migrations.get(0)).get(0).content().replace("commit;", "");

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> planned.execute(
                        disable + SqlFiles.write(migrations.get(1)).get(0).content()))
                .extracting(SQLException::getSQLState)
                .isEqualTo("55006");
        planned.isAsBefore();
    }

    @Test
    void one_that_is_disabled_stays_so() {
        planned.pgai().disable("blog");
        VectorizerDefinition wanted = planned.pgai().find("blog").orElseThrow().definition().toBuilder()
                .chunking(Chunking.none())
                .build();

        assertThat(Migration.of(planned.pgai().plan(DesiredState.of(List.of(wanted))), "1", "a"))
                .singleElement()
                .satisfies(migration -> assertThat(migration.version()).isEqualTo("1"))
                .satisfies(migration -> assertThat(migration.changes())
                        .extracting(Object::toString)
                        .containsExactly("alter vectorizer \"blog\""));
    }

    @Test
    void a_plan_with_errors_is_refused_and_one_without_steps_has_none() throws SQLException {
        List<VectorizerDefinition> definitions = planned.pgai().list().stream()
                .map(vectorizer -> vectorizer.definition())
                .toList();
        assertThat(Migration.of(planned.pgai().plan(DesiredState.of(definitions)), "1", "a"))
                .isEmpty();
        planned.execute("drop table blog cascade");
        VectorizerPlan plan = planned.pgai().plan(DesiredState.of(definitions));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> Migration.of(plan, "1", "a"))
                .withMessageContainingAll("Cannot write migrations", "SOURCE_MISSING");
    }

    @Test
    void the_last_number_of_a_version_is_counted_up() {
        VectorizerDefinition wanted = planned.pgai().find("blog").orElseThrow().definition().toBuilder()
                .chunking(Chunking.none())
                .build();
        VectorizerPlan plan = planned.pgai().plan(DesiredState.of(List.of(wanted)));

        assertThat(Migration.of(plan, "2.009", "a"))
                .extracting(Migration::version)
                .containsExactly("2.009", "2.010", "2.011");
    }

    @Test
    void a_name_ends_no_comment() {
        VectorizerChange hostile = VectorizerChange.forget("a\n; drop table x; -- \\u000a ${y} \u2028 b\r");

        assertThat(Migration.of("1", "a", List.of(hostile)).comments())
                .hasSize(2)
                .last()
                .asString()
                .contains("a?; drop table x; -- ?u000a ?{y} ? b?");
    }

    @Test
    void what_sql_cannot_do_is_refused() {
        VectorizerDefinition definition = planned.pgai().list().get(0).definition();

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() ->
                        SqlFiles.write(Migration.of("1", "a", List.of(VectorizerChange.createIfAbsent(definition)))))
                .withMessageContaining("cannot see whether a vectorizer that is there has this definition");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> Migration.of("1", "a", List.of()))
                .withMessageContaining("there is none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "V1", "1.", "1..2", "-1", "1_1"})
    void a_version_is_digits_and_dots(String version) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> Migration.of(version, "a", List.of(VectorizerChange.repair("v"))))
                .withMessageContaining("version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a", "a  b", "a/b", "a-b", "a\nb", "é"})
    void a_description_is_words(String description) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> Migration.of("1", description, List.of(VectorizerChange.repair("v"))))
                .withMessageContaining("description");
    }

    @Test
    void a_plan_becomes_files_as_the_docs_say() throws Exception {
        Pgai pgai = planned.pgai();
        DesiredState desired = DesiredState.of(List.of()).withRemoved(List.of("titles"));

        VectorizerPlan plan = pgai.plan(desired);
        for (Migration migration : Migration.of(plan, Migration.timestamp(Instant.now()), "no titles")) {
            for (MigrationFile file : SqlFiles.write(migration)) {
                Files.writeString(directory.resolve(file.name()), file.content());
            }
        }

        try (var files = Files.list(directory)) {
            assertThat(files).singleElement().satisfies(file -> planned.execute(Files.readString(file)));
        }
        assertThat(pgai.plan(desired).isDrift()).isFalse();
    }
}
