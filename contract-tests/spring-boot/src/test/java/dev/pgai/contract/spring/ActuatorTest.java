package dev.pgai.contract.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** What Actuator says of vectorizers, over HTTP. */
class ActuatorTest {

    private final BlogDatabase database = new BlogDatabase();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void createVectorizer() throws SQLException {
        database.withBlog();
        database.pgai().create(BlogDatabase.definition());
        database.execute("insert into blog values (1, 'one', 'first'), (2, 'two', 'second')");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private ConfigurableApplicationContext start(String... properties) {
        String[] all = new String[properties.length + 5];
        all[0] = "server.port=0";
        all[1] = "server.address=127.0.0.1";
        all[2] = "management.endpoints.web.exposure.include=health,metrics";
        all[3] = "management.endpoint.health.show-details=always";
        all[4] = "management.endpoint.health.group.vectorizers.include=pgai";
        System.arraycopy(properties, 0, all, 5, properties.length);
        return database.start(WebApplicationType.SERVLET, Application.class, all);
    }

    private String get(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator" + path))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    @Test
    void health_is_down_when_a_vectorizer_is_damaged_or_cannot_be_read() throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            assertThat(get(application, "/health/vectorizers"))
                    .startsWith("200 ")
                    .contains(
                            "\"blog\":{\"whole\":true,\"enabled\":true,\"pending\":\"2\",\"failed\":\"0\",\"errors\":\"0\"}")
                    .doesNotContain("text-embedding");

            database.execute("alter table blog disable trigger all");
            assertThat(get(application, "/health/vectorizers"))
                    .startsWith("503 ")
                    .contains("\"status\":\"DOWN\"", "\"whole\":false", "TRIGGER_DISABLED, ", "public.blog");

            database.execute("drop schema ai cascade");
            assertThat(get(application, "/health/vectorizers"))
                    .startsWith("503 ")
                    .contains("PgaiNotInstalledException");
        }
    }

    @Test
    void health_can_be_switched_off() throws Exception {
        try (ConfigurableApplicationContext application = start(
                "management.health.pgai.enabled=false", "management.endpoint.health.validate-group-membership=false")) {
            assertThat(application.containsBean("pgaiHealthIndicator")).isFalse();
        }
    }

    @Test
    void gauges_are_read_anew_when_the_refresh_is_over() throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            assertThat(get(application, "/metrics/pgai.vectorizers")).contains("\"value\":1.0");
            assertThat(pending(application)).contains("\"value\":2.0");
            assertThat(get(application, "/metrics/pgai.vectorizer.failed")).contains("\"value\":0.0", "\"blog\"");
            assertThat(get(application, "/metrics/pgai.vectorizer.errors")).contains("\"value\":0.0", "\"blog\"");

            database.execute("insert into blog values (3, 'three', 'third')");
            assertThat(pending(application)).as("within the minute").contains("\"value\":2.0");
        }
        try (ConfigurableApplicationContext application = start("pgai.metrics.refresh=0s")) {
            assertThat(get(application, "/metrics/pgai.vectorizers")).contains("\"value\":1.0");
            assertThat(pending(application)).contains("\"value\":3.0");

            database.execute("insert into blog values (4, 'four', 'fourth')");
            assertThat(pending(application)).contains("\"value\":4.0");

            database.execute("drop schema ai cascade");
            assertThat(pending(application)).contains("\"value\":\"NaN\"");
        }
    }

    private String pending(ConfigurableApplicationContext application) throws IOException, InterruptedException {
        return get(application, "/metrics/pgai.vectorizer.pending?tag=vectorizer:blog");
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}
}
