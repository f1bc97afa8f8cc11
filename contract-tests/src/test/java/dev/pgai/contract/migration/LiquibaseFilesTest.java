package dev.pgai.contract.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.liquibase.LiquibaseCommands;
import dev.pgai.plan.migration.LiquibaseFiles;
import dev.pgai.plan.migration.Migration;
import dev.pgai.plan.migration.MigrationFile;
import dev.pgai.vectorizer.Embeddings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiquibaseFilesTest {

    private final PlannedDatabase planned = new PlannedDatabase();

    @TempDir
    private Path directory;

    LiquibaseFilesTest() throws SQLException {}

    @AfterEach
    void dropDatabase() {
        planned.close();
    }

    @ParameterizedTest
    @EnumSource
    void up_and_down(LiquibaseFiles.Format format) throws Exception {
        List<Migration> migrations = planned.migrations();
        MigrationFile file = LiquibaseFiles.write(migrations, "team", format);
        assertThat(file.name()).startsWith("20260131120000_smaller_chunks_before.");
        assertThat(file.content())
                .contains("REEMBEDS_ROWS: rows are embedded and paid for again")
                .isEqualTo(LiquibaseFiles.write(migrations, "team", format).content());
        Files.writeString(directory.resolve(file.name()), file.content());
        LiquibaseCommands liquibase = new LiquibaseCommands(directory);

        liquibase.run("update", LiquibaseCommands.on(planned.database(), "changelogFile", file.name()));
        planned.isAsDesired();

        liquibase.run(
                "rollbackCount", LiquibaseCommands.on(planned.database(), "changelogFile", file.name(), "count", 3));
        planned.isAsBefore();
    }

    @ParameterizedTest
    @EnumSource
    void steps_without_a_way_back(LiquibaseFiles.Format format) throws Exception {
        MigrationFile file = LiquibaseFiles.write(List.of(planned.otherSteps()), "team", format);
        Files.writeString(directory.resolve(file.name()), file.content());

        new LiquibaseCommands(directory)
                .run("update", LiquibaseCommands.on(planned.database(), "changelogFile", file.name()));

        planned.otherStepsAreDone();
    }

    private static final Migration MIGRATION = Migration.of(
            "5",
            "smaller rest",
            List.of(
                    VectorizerChange.refreshView("blog").around("alter table blog alter title type text"),
                    VectorizerChange.disable("yes"),
                    VectorizerChange.drop("blog", Embeddings.KEEP)));

    @Test
    void yaml_is_as_people_write_it() {
        assertThat(LiquibaseFiles.write(List.of(MIGRATION), "team", LiquibaseFiles.Format.YAML)
                        .content())
                .startsWith("""
                        databaseChangeLog:
                          - changeSet:
                              id: "5"
                              author: team
                              comment: "smaller rest\\nNot undone:""")
                .endsWith("""
                              changes:
                                - refreshVectorizerView:
                                    name: blog
                                    around:
                                      - "alter table blog alter title type text"
                                - disableVectorizer:
                                    name: "yes"
                                - dropVectorizer:
                                    name: blog
                                    embeddings: keep
                        """);
    }

    @Test
    void xml_is_as_people_write_it() {
        assertThat(LiquibaseFiles.write(List.of(MIGRATION), "team", LiquibaseFiles.Format.XML)
                        .content())
                .contains("  <changeSet id=\"5\" author=\"team\">\n    <comment>smaller rest\nNot undone:\n")
                .endsWith("""
                            <pgai:refreshVectorizerView name="blog">
                              <pgai:around value="alter table blog alter title type text"/>
                            </pgai:refreshVectorizerView>
                            <pgai:disableVectorizer name="yes"/>
                            <pgai:dropVectorizer name="blog" embeddings="keep"/>
                          </changeSet>
                        </databaseChangeLog>
                        """);
    }

    @Test
    void json_is_as_people_write_it() {
        assertThat(LiquibaseFiles.write(List.of(MIGRATION), "team", LiquibaseFiles.Format.JSON)
                        .content())
                .contains("""
                                  {
                                    "disableVectorizer": {
                                      "name": "yes"
                                    }
                                  },
                        """);
    }

    @Test
    void what_xml_cannot_hold_is_refused_there() {
        List<Migration> migrations = List.of(Migration.of("5", "a", List.of(VectorizerChange.disable("a\fb"))));

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> LiquibaseFiles.write(migrations, "team", LiquibaseFiles.Format.XML))
                .withMessageContainingAll("format = XML", "U+000C", "YAML");
        assertThat(LiquibaseFiles.write(migrations, "team", LiquibaseFiles.Format.YAML)
                        .content())
                .contains("name: \"a\\fb\"");
    }

    @Test
    void a_changelog_has_something_in_it() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> LiquibaseFiles.write(List.of(), "team", LiquibaseFiles.Format.YAML))
                .withMessageContaining("migrations");
    }
}
