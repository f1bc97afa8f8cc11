package dev.pgai.contract.liquibase;

import dev.pgai.contract.adapter.AdapterContract;
import dev.pgai.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** With {@code update}, {@code diffChangelog} and {@code rollbackCount}. */
class LiquibaseContractTest extends AdapterContract {

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(
                directory.resolve("changelog.yaml"),
                Changelogs.yaml("createVectorizer", List.of(Changelogs.options(VECTORIZER))));
    }

    @Override
    protected void create(TestDatabase database) throws Exception {
        commands().run("update", LiquibaseCommands.on(database, "changelogFile", "changelog.yaml"));
    }

    @Override
    protected String diff(TestDatabase model, TestDatabase database) throws Exception {
        return commands().diffChangelog(LiquibaseCommands.between(model, database));
    }

    @Override
    protected void undo(TestDatabase database) throws Exception {
        commands().run("rollbackCount", LiquibaseCommands.on(database, "changelogFile", "changelog.yaml", "count", 1));
    }

    @Override
    protected boolean isOfTool(String table) {
        return table.startsWith("databasechangelog");
    }

    private LiquibaseCommands commands() {
        return new LiquibaseCommands(directory);
    }
}
