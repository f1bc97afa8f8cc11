package dev.pgai.contract.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.main.Launch;
import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainIntegrationTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The application as it is deployed. */
@QuarkusMainIntegrationTest
@QuarkusTestResource(value = DeployedSchemaToolIT.DroppedDatabase.class, restrictToAnnotatedClass = true)
class DeployedSchemaToolIT {

    @Test
    @Launch("count")
    void drop_and_create_leaves_the_store_as_it_was(LaunchResult result) {
        assertThat(result.getOutputStream()).contains("started: [blog], migrates: 0", "embeddings: 1, rows: 0");
    }

    public static class DroppedDatabase extends FilledDatabase {

        @Override
        Map<String, String> more() {
            return SchemaToolContract.WithSchemaTool.settings("drop-and-create");
        }
    }
}
