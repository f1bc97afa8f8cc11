package dev.pgai.contract.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.plan.migration.FlywayFiles;
import dev.pgai.plan.migration.Migration;
import dev.pgai.plan.migration.MigrationFile;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlywayFilesTest {

    private final PlannedDatabase planned = new PlannedDatabase();

    @TempDir
    private Path directory;

    FlywayFilesTest() throws SQLException {}

    @AfterEach
    void dropDatabase() {
        planned.close();
    }

    private FluentConfiguration flyway() {
        return Flyway.configure()
                .dataSource(
                        planned.database().url(),
                        planned.database().user(),
                        planned.database().password())
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations("filesystem:" + directory);
    }

    /** The editions that are not paid for leave the files of undo alone; here they are run by hand. */
    @Test
    void sql_is_migrated_and_undone() throws Exception {
        List<Migration> migrations = planned.migrations();
        for (Migration migration : migrations) {
            for (MigrationFile file : FlywayFiles.sql(migration)) {
                Files.writeString(directory.resolve(file.name()), file.content());
            }
        }
        assertThat(directory.resolve("V20260131120000__smaller_chunks_before.sql"))
                .exists();
        assertThat(directory.resolve("U20260131120002__smaller_chunks_after.sql"))
                .exists();
        Flyway flyway = flyway().load();

        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(3);

        flyway.validate();
        planned.isAsDesired();
        for (Migration migration : List.of(migrations.get(2), migrations.get(1), migrations.get(0))) {
            planned.execute("begin;" + FlywayFiles.sql(migration).get(1).content() + "commit;");
        }
        planned.isAsBefore();
    }

    @Test
    void steps_without_a_way_back_in_sql() throws Exception {
        List<MigrationFile> files = FlywayFiles.sql(planned.otherSteps());
        assertThat(files).hasSize(1);
        Files.writeString(directory.resolve(files.get(0).name()), files.get(0).content());

        flyway().load().migrate();

        planned.otherStepsAreDone();
    }

    @Test
    void steps_without_a_way_back_in_java() throws Exception {
        JavaMigration migration = compiled(planned.otherSteps());

        flyway().javaMigrations(migration).load().migrate();

        planned.otherStepsAreDone();
    }

    @Test
    void java_is_migrated() throws Exception {
        JavaMigration[] migrations =
                planned.migrations().stream().map(this::compiled).toArray(JavaMigration[]::new);

        assertThat(flyway().javaMigrations(migrations).load().migrate().migrationsExecuted)
                .isEqualTo(3);

        flyway().javaMigrations(migrations).load().validate();
        planned.isAsDesired();
    }

    private JavaMigration compiled(Migration migration) {
        MigrationFile file = FlywayFiles.java(migration, "db.migration");
        String className = file.name().replace(".java", "").replace('/', '.');
        try {
            return (JavaMigration) CompiledClass.of(className, file.content(), directory)
                    .getConstructor()
                    .newInstance();
        } catch (Exception e) {
            throw new AssertionError(file.content(), e);
        }
    }

    @Test
    void java_is_as_people_write_it() {
        Migration migration = Migration.of("5", "drop it", List.of(VectorizerChange.disable("blog")));

        MigrationFile file = FlywayFiles.java(migration, "db.migration");

        assertThat(file.name()).isEqualTo("db/migration/V5__drop_it.java");
        assertThat(file.content()).isEqualTo("""
                package db.migration;

                import dev.pgai.change.VectorizerChange;
                import dev.pgai.flyway.VectorizerMigration;
                import java.util.List;

                public class V5__drop_it extends VectorizerMigration {

                    @Override
                    protected List<VectorizerChange> changes() {
                        return List.of(
                                VectorizerChange.disable("blog"));
                    }
                }
                """);
    }

    @Test
    void what_flyway_would_replace_is_refused_in_sql() {
        VectorizerDefinition definition = planned.pgai().list().get(0).definition().toBuilder()
                .name("other")
                .formatting(Formatting.pythonTemplate("${title} $chunk"))
                .build();
        Migration migration = Migration.of("5", "a", List.of(VectorizerChange.create(definition)));

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> FlywayFiles.sql(migration))
                .withMessageContainingAll("V5__a.sql", "placeholder", "Java form");
        assertThat(FlywayFiles.java(migration, "db.migration").content()).contains("${title}");
    }
}
