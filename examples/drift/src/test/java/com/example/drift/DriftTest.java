package com.example.drift;

import static dev.pgai.testkit.assertj.PgaiAssertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import dev.pgai.testkit.migration.FlywayPreparer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** When somebody edits the file, and writes no migration, or the other way round, the build fails with the plan. */
@PgaiTest(preparers = FlywayPreparer.class)
class DriftTest {

    @Test
    void migrations_make_what_the_file_declares(TestDatabase database) throws Exception {
        DesiredState desired = DesiredState.read(Files.readString(Path.of("src/main/resources/vectorizers.json")));
        String report = Pgai.on(database.dataSource()).plan(desired).toMarkdown();
        Files.writeString(Path.of("target/drift.md"), report); // a comment on the pull request

        assertThat(database).matches(desired);
    }
}
