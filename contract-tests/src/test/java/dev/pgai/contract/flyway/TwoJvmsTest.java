package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.adapter.TwoJvms;
import dev.pgai.contract.flyway.FlywayDatabase.V1__Create_blog;
import dev.pgai.flyway.VectorizerMigration;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoJvmsTest {

    @TempDir
    private Path directory;

    @Test
    void one_creates_and_the_other_waits_and_finds_it() throws Exception {
        try (FlywayDatabase database = new FlywayDatabase()) {
            database.flyway(new V1__Create_blog()).migrate();

            new TwoJvms(directory, database.database()).migrate(Main.class);

            assertThat(database.flyway(new V1__Create_blog(), new V2__Vectorizer())
                            .info()
                            .applied())
                    .hasSize(2);
        }
    }

    /** Migrates: URL, user, password. */
    static final class Main {

        private Main() {}

        public static void main(String... arguments) {
            FlywayDatabase.configure(Flyway.configure(), new V1__Create_blog(), new V2__Vectorizer())
                    .dataSource(arguments[0], arguments[1], arguments[2])
                    .load()
                    .migrate();
        }
    }

    private static final class V2__Vectorizer extends VectorizerMigration {
        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.create(FlywayDatabase.blog().build()));
        }
    }
}
