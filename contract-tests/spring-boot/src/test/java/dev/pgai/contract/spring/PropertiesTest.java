package dev.pgai.contract.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgai.spring.boot.PgaiProperties;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What editors know of the properties, and the page. */
class PropertiesTest {

    @Test
    void every_property_is_described_and_on_the_page() throws Exception {
        String page = Files.readString(Path.of("../../docs/spring-boot.md"));
        List<String> names = new ArrayList<>();
        URI jar = PgaiProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        for (var file : Collections.list(
                getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            if (!file.toString().contains(jar.getSchemeSpecificPart())) {
                continue;
            }
            for (JsonNode property :
                    new ObjectMapper().readTree(file.openStream()).get("properties")) {
                if (property.has("deprecation")) {
                    continue;
                }
                String name = property.get("name").asText();
                names.add(name);
                assertThat(property.path("description").asText()).as(name).isNotEmpty();
                assertThat(page).containsAnyOf("`" + name + "`", "`" + name.substring(name.lastIndexOf('.')) + "`");
            }
        }
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "pgai.vectorizers",
                        "pgai.vectorizers-mode",
                        "pgai.consents",
                        "pgai.metrics.refresh",
                        "pgai.health.max-pending",
                        "pgai.health.max-failed",
                        "pgai.health.max-errors",
                        "pgai.health.exceeded-status",
                        "management.health.pgai.enabled",
                        "management.endpoint.pgai.access",
                        "management.endpoint.pgai.cache.time-to-live");
    }
}
