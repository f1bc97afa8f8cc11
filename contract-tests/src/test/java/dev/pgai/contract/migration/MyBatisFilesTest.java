package dev.pgai.contract.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.plan.migration.Migration;
import dev.pgai.plan.migration.MigrationFile;
import dev.pgai.plan.migration.MyBatisFiles;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Formatting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.commands.Commands;
import org.apache.ibatis.migration.options.OptionsParser;
import org.apache.ibatis.migration.options.SelectedOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By the command {@code migrate}. */
class MyBatisFilesTest {

    private final PlannedDatabase planned = new PlannedDatabase();

    @TempDir
    private Path repository;

    MyBatisFilesTest() throws SQLException {}

    @BeforeEach
    void createRepository() throws IOException {
        TestDatabase database = planned.database();
        Files.createDirectories(repository.resolve("scripts"));
        Files.createDirectories(repository.resolve("drivers"));
        Files.createDirectories(repository.resolve("environments"));
        Files.writeString(
                repository.resolve("environments/development.properties"),
                "time_zone=UTC\nscript_char_set=UTF-8\ndriver=org.postgresql.Driver\nchangelog=CHANGELOG\nurl="
                        + database.url() + "\nusername=" + database.user() + "\npassword=" + database.password()
                        + "\n");
        Files.writeString(
                repository.resolve("scripts/20250101000000_create_changelog.sql"),
                "create table ${changelog} (id numeric(20, 0) primary key, applied_at varchar(25) not null,"
                        + " description varchar(255) not null);\n-- //@UNDO\ndrop table ${changelog};\n");
    }

    @AfterEach
    void dropDatabase() {
        planned.close();
    }

    private void write(List<Migration> migrations) throws IOException {
        for (Migration migration : migrations) {
            MigrationFile file = MyBatisFiles.write(migration);
            Files.writeString(repository.resolve("scripts").resolve(file.name()), file.content());
        }
    }

    private void migrate(String... command) {
        SelectedOptions options = OptionsParser.parse(command);
        // The class CommandLine does this, and ends the JVM when it fails.
        Commands.resolveCommand(options.getCommand(), options).execute(options.getParams());
    }

    @Test
    void up_and_down() throws IOException {
        write(planned.migrations());

        migrate("up", "--path=" + repository);
        planned.isAsDesired();

        migrate("down", "3", "--path=" + repository);
        planned.isAsBefore();
    }

    @Test
    void steps_without_a_way_back() throws Exception {
        write(List.of(planned.otherSteps()));

        migrate("up", "--path=" + repository);

        planned.otherStepsAreDone();
    }

    @Test
    void what_is_not_undone_stays_applied() throws IOException {
        write(List.of(
                Migration.of("20260101000000", "drop it", List.of(VectorizerChange.drop("blog", Embeddings.KEEP)))));
        migrate("up", "--path=" + repository);

        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> migrate("down", "--path=" + repository))
                .satisfies(e -> assertThat(e).hasStackTraceContaining("this script has no way down"));
        assertThat(planned.pgai().exists("blog")).isFalse();
    }

    @Test
    void what_the_tool_would_replace_or_not_sort_is_refused() {
        VectorizerChange create = VectorizerChange.create(planned.pgai().list().get(0).definition().toBuilder()
                .name("other")
                .formatting(Formatting.pythonTemplate("${title} $chunk"))
                .build());

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> MyBatisFiles.write(Migration.of("5", "a", List.of(create))))
                .withMessageContainingAll("5_a.sql", "variable", "VectorizerScript");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(
                        () -> MyBatisFiles.write(Migration.of("5.1", "a", List.of(VectorizerChange.repair("blog")))))
                .withMessageContainingAll("version", "5.1", "whole numbers");
    }
}
