package dev.pgai.contract.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.liquibase.LiquibaseCommands;
import dev.pgai.flyway.VectorizerMigration;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.migration.FlywayFiles;
import dev.pgai.plan.migration.LiquibaseFiles;
import dev.pgai.plan.migration.Migration;
import dev.pgai.plan.migration.MigrationFile;
import dev.pgai.plan.migration.MyBatisFiles;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.migration.commands.UpCommand;
import org.apache.ibatis.migration.options.OptionsParser;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same texts through each migration tool, which replaces placeholders and splits scripts: what the tool did is what
 * was meant, and what it would change is refused before there is a file.
 */
class HostileToolsTest {

    private final Canary canary = new Canary();
    private final List<VectorizerDefinition> written = new ArrayList<>();

    @TempDir
    private Path directory;

    HostileToolsTest() throws SQLException {}

    @AfterEach
    void dropDatabase() {
        canary.close();
    }

    private interface Writer {
        List<MigrationFile> write(Migration migration);
    }

    private static VectorizerDefinition definition(int number) {
        String text = Canary.TEXTS.get(number);
        return VectorizerDefinition.builder(
                        RelationName.of("public", "blog"),
                        Loading.column("content"),
                        Embedding.openai(text, 3).withChatUser(text))
                .name("v_" + number)
                .chunking(Chunking.recursiveCharacterTextSplitter().withSeparators(List.of(text, "\\n")))
                .destination(Destination.table("store " + number + text.substring(0, Math.min(25, text.length()))))
                .build();
    }

    private void write(Path folder, Writer writer) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < Canary.TEXTS.size(); i++) {
            VectorizerDefinition definition = definition(i);
            Migration migration = Migration.of(
                    String.valueOf(20260101000000L + i), "x", List.of(VectorizerChange.create(definition)));
            try {
                for (MigrationFile file : writer.write(migration)) {
                    Files.writeString(folder.resolve(file.name()), file.content());
                }
                written.add(definition);
            } catch (InvalidArgumentException e) {
                assertThat(Canary.TEXTS.get(i)).matches("(?s).*(\\$\\{|\u2028).*");
                assertThat(e.hint()).isNotBlank();
            }
        }
        assertThat(written).hasSizeGreaterThanOrEqualTo(Canary.TEXTS.size() - 2);
    }

    private void areThere() throws SQLException {
        Pgai pgai = Pgai.on(canary.database().dataSource());
        for (VectorizerDefinition definition : written) {
            assertThat(pgai.find(String.valueOf(definition.name()))
                            .orElseThrow()
                            .definition())
                    .isEqualTo(definition.asStored());
        }
        assertThat(pgai.list()).hasSameSizeAs(written);
        assertThat(canary.wasCalled()).isFalse();
    }

    private FluentConfiguration flyway() {
        TestDatabase database = canary.database();
        return Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .locations("filesystem:" + directory)
                .baselineOnMigrate(true)
                .baselineVersion("0");
    }

    @Test
    void sql_of_flyway() throws Exception {
        write(directory, migration -> List.of(FlywayFiles.sql(migration).get(0)));

        flyway().load().migrate();

        areThere();
    }

    @Test
    void java_of_flyway() throws Exception {
        List<VectorizerChange> changes = new ArrayList<>();
        for (int i = 0; i < Canary.TEXTS.size(); i++) {
            written.add(definition(i));
            changes.add(VectorizerChange.create(definition(i)));
        }

        flyway().javaMigrations(new V1__create_all(changes)).load().migrate();

        areThere();
    }

    private static final class V1__create_all extends VectorizerMigration {

        private final List<VectorizerChange> changes;

        V1__create_all(List<VectorizerChange> changes) {
            this.changes = changes;
        }

        @Override
        protected List<VectorizerChange> changes() {
            return changes;
        }
    }

    @ParameterizedTest
    @EnumSource
    void changelogs_of_liquibase(LiquibaseFiles.Format format) throws Exception {
        write(directory, migration -> List.of(LiquibaseFiles.write(List.of(migration), "x", format)));

        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                new LiquibaseCommands(directory)
                        .run(
                                "update",
                                LiquibaseCommands.on(
                                        canary.database(),
                                        "changelogFile",
                                        file.getFileName().toString()));
            }
        }

        areThere();
    }

    @Test
    void scripts_of_mybatis_migrations() throws Exception {
        write(directory.resolve("scripts"), migration -> List.of(MyBatisFiles.write(migration)));
        TestDatabase database = canary.database();
        Files.createDirectories(directory.resolve("drivers"));
        Files.createDirectories(directory.resolve("environments"));
        Files.writeString(
                directory.resolve("environments/development.properties"),
                "time_zone=UTC\nscript_char_set=UTF-8\ndriver=org.postgresql.Driver\nchangelog=CHANGELOG\nurl="
                        + database.url() + "\nusername=" + database.user() + "\npassword=" + database.password()
                        + "\n");
        Files.writeString(
                directory.resolve("scripts/20250101000000_create_changelog.sql"),
                "create table ${changelog} (id numeric(20, 0) primary key, applied_at varchar(25) not null,"
                        + " description varchar(255) not null);\n-- //@UNDO\ndrop table ${changelog};\n");

        new UpCommand(OptionsParser.parse(new String[] {"up", "--path=" + directory})).execute();

        areThere();
    }
}
