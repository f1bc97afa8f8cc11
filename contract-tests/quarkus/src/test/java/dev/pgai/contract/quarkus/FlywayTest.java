package dev.pgai.contract.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.PgaiDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Migrated.class)
class FlywayTest {

    @PgaiDatabase
    TestDatabase database;

    @Inject
    VectorizerService service;

    @AfterEach
    void migrateAgain() {
        service.flyway().clean();
        service.flyway().migrate();
    }

    @Test
    void java_migrations_run_when_the_application_starts() {
        assertThat(Arrays.stream(service.flyway().info().applied()).map(migration -> migration.getDescription()))
                .containsExactly("Create blog", "Create blog vectorizer", "Notes");
        assertThat(vectorizers()).containsExactlyInAnyOrder("blog", "notes");
    }

    @Test
    void a_clean_takes_the_vectorizers_along_and_a_migrate_brings_them_back() {
        service.flyway().clean();
        assertThat(vectorizers()).isEmpty();

        service.flyway().migrate();
        assertThat(vectorizers()).containsExactlyInAnyOrder("blog", "notes");
    }

    @Test
    void a_migrate_warns_of_damage_beside_callbacks_of_the_application() throws SQLException {
        List<String> warnings = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                warnings.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.pgai.flyway.DamageWarning");
        logger.addHandler(handler);
        try {
            int before = CountingCallback.migrates();
            execute("drop view blog_embeddings");
            service.flyway().migrate();

            assertThat(CountingCallback.migrates()).isEqualTo(before + 1);
            assertThat(warnings).singleElement().asString().contains("\"blog\"", "VIEW_MISSING");
        } finally {
            logger.removeHandler(handler);
        }
    }

    private List<String> vectorizers() {
        return service.pgai().list().stream()
                .map(vectorizer -> vectorizer.name())
                .toList();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
