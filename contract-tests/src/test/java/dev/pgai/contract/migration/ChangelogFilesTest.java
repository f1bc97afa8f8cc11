package dev.pgai.contract.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.InvalidArgumentException;
import dev.pgai.contract.liquibase.LiquibaseCommands;
import dev.pgai.liquibase.ChangelogFiles;
import dev.pgai.plan.migration.Migration;
import dev.pgai.plan.migration.MigrationFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangelogFilesTest {

    private final PlannedDatabase planned = new PlannedDatabase();

    @TempDir
    private Path directory;

    ChangelogFilesTest() throws SQLException {}

    @AfterEach
    void dropDatabase() {
        planned.close();
    }

    @ParameterizedTest
    @EnumSource
    void up_and_down(ChangelogFiles.Format format) throws Exception {
        List<Migration> migrations = planned.migrations();
        MigrationFile file = ChangelogFiles.write(migrations, "team", format);
        assertThat(file.name()).startsWith("20260131120000_smaller_chunks_before.");
        assertThat(file.content())
                .contains("REEMBEDS_ROWS: rows are embedded and paid for again")
                .isEqualTo(ChangelogFiles.write(migrations, "team", format).content());
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
    void steps_without_a_way_back(ChangelogFiles.Format format) throws Exception {
        MigrationFile file = ChangelogFiles.write(List.of(planned.otherSteps()), "team", format);
        Files.writeString(directory.resolve(file.name()), file.content());

        new LiquibaseCommands(directory)
                .run("update", LiquibaseCommands.on(planned.database(), "changelogFile", file.name()));

        planned.otherStepsAreDone();
    }

    @Test
    void a_changelog_has_something_in_it() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> ChangelogFiles.write(List.of(), "team", ChangelogFiles.Format.YAML))
                .withMessageContaining("migrations");
    }
}
