package dev.pgai.contract.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Migrated.class)
class FlywayTest {

    @Inject
    VectorizerService service;

    @Test
    void java_migrations_run_when_the_application_starts() {
        assertThat(Arrays.stream(service.flyway().info().applied()).map(migration -> migration.getDescription()))
                .containsExactly("Create blog", "Create blog vectorizer", "Notes");
        assertThat(service.pgai().list())
                .extracting(vectorizer -> vectorizer.name())
                .containsExactlyInAnyOrder("blog", "notes");
    }
}
