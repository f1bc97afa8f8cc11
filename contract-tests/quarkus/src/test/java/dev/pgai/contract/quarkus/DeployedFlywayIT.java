package dev.pgai.contract.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.main.Launch;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainIntegrationTest;
import org.junit.jupiter.api.Test;

/**
 * The application as it is deployed. Quarkus' own tests have the modules of this build in another class loader than
 * Flyway, which then does not find what is a jar's.
 */
@QuarkusMainIntegrationTest
@QuarkusTestResource(value = OwnedDatabase.class, restrictToAnnotatedClass = true)
class DeployedFlywayIT {

    @Test
    @Launch({"damage", "clean", "migrate"})
    void the_guard_and_the_warning_are_there_beside_callbacks_of_the_application(LaunchResult result) {
        assertThat(result.getOutputStream())
                .contains("started: [blog, notes], migrates: 1")
                .contains("damage: [blog, notes], migrates: 2")
                .contains("clean: [], migrates: 2")
                .contains("migrate: [blog, notes], migrates: 3");
        assertThat(result.getOutput() + result.getErrorOutput())
                .contains("WARN")
                .contains("Vectorizer \"blog\" on public.blog does not work: VIEW_MISSING");
    }
}
