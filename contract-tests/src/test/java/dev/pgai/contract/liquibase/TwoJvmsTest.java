package dev.pgai.contract.liquibase;

import dev.pgai.contract.adapter.TwoJvms;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoJvmsTest {

    private static final String TABLE = """
            <changeSet author="test" id="1"><sql>create table public.blog (id int primary key, content text)</sql></changeSet>
            """;

    private static final String VECTORIZER = """
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

    @Test
    void one_creates_and_the_other_waits_and_finds_it() throws Exception {
        try (TestDatabase database = TestDatabases.standard().create()) {
            Path changelog = directory.resolve("changelog.xml");
            Files.writeString(changelog, Changelogs.xml(TABLE));
            new LiquibaseCommands(directory)
                    .run("update", LiquibaseCommands.on(database, "changelogFile", "changelog.xml"));
            Files.writeString(changelog, Changelogs.xml(TABLE + VECTORIZER));

            new TwoJvms(directory, database).migrate(UpdateMain.class, directory.toString(), "changelog.xml");
        }
    }
}
