package dev.pgai.contract.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.InvalidArgumentException;
import dev.pgai.spring.boot.PgaiEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
        all[2] = "management.endpoints.web.exposure.include=health,metrics,pgai";
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
    void health_is_what_the_limits_say_when_there_are_more_rows() throws Exception {
        try (ConfigurableApplicationContext application = start("pgai.health.max-pending=2")) {
            assertThat(get(application, "/health/vectorizers"))
                    .startsWith("200 ")
                    .doesNotContain("exceeded");

            database.execute("insert into blog values (3, 'three', 'third')");
            assertThat(get(application, "/health/vectorizers"))
                    .startsWith("503 ")
                    .contains("\"status\":\"DOWN\"", "\"exceeded\":[\"pending: more than 2\"]");
        }
        database.execute("insert into ai._vectorizer_errors (id, message) select id, 'secret' from ai.vectorizer");
        try (ConfigurableApplicationContext application = start(
                "pgai.health.max-errors=0", "pgai.health.max-failed=0", "pgai.health.exceeded-status=OUT_OF_SERVICE")) {
            assertThat(get(application, "/health/vectorizers"))
                    .startsWith("503 ")
                    .contains("\"status\":\"OUT_OF_SERVICE\"", "\"exceeded\":[\"errors: more than 0\"]");

            database.execute("alter table blog disable trigger all");
            assertThat(get(application, "/health/vectorizers")).contains("\"status\":\"DOWN\"");
        }
    }

    @Test
    void a_limit_on_what_cannot_be_counted_makes_health_unknown() throws Exception {
        try (ConfigurableApplicationContext application = start("pgai.health.max-failed=0")) {
            database.execute("alter table ai.vectorizer_errors rename to gone");
            assertThat(get(application, "/health/vectorizers"))
                    .contains("\"status\":\"UP\"", "\"errors\":\"no table\"");
        }
        try (ConfigurableApplicationContext application = start("pgai.health.max-errors=0")) {
            assertThat(get(application, "/health/vectorizers")).contains("\"status\":\"UNKNOWN\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pgai.health.max-failed=-1", "pgai.health.max-pending=10001", "pgai.health.exceeded-status="})
    void a_limit_that_cannot_be_keeps_the_application_from_starting(String property) {
        assertThatThrownBy(() -> start(property))
                .rootCause()
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(property.substring(0, property.indexOf('=')));
    }

    @Test
    void the_endpoint_lists_vectorizers_and_nothing_of_their_secrets() throws Exception {
        database.execute("update ai.vectorizer set config = jsonb_set(config, '{embedding,base_url}',"
                + " '\"http://user:hidden@models\"')");
        try (ConfigurableApplicationContext application = start()) {
            assertThat(get(application, "/pgai"))
                    .isEqualTo("200 {\"vectorizers\":[{\"name\":\"blog\",\"source\":\"public.blog\","
                            + "\"destination\":{\"implementation\":\"table\",\"target_schema\":\"public\","
                            + "\"target_table\":\"blog_embeddings_store\",\"view_schema\":\"public\","
                            + "\"view_name\":\"blog_embeddings\"},\"enabled\":true,\"whole\":true,\"damages\":[],"
                            + "\"pending\":2,\"failed\":0,\"errors\":0}]}");

            database.execute(
                    "alter table blog disable trigger all",
                    "insert into blog select id, 'title', 'content' from generate_series(3, 20000) id",
                    "drop view blog_embeddings",
                    "alter table ai.vectorizer_errors rename to gone");
            assertThat(get(application, "/pgai"))
                    .contains("\"code\":\"TRIGGER_DISABLED\"", "\"whole\":false", "\"errors\":\"no table\"")
                    .doesNotContain("hidden", "OPENAI");

            database.execute("update ai.vectorizer set config = '{\"destination\": \"hidden\"}'");
            assertThat(get(application, "/pgai"))
                    .startsWith("200 ")
                    .contains("\"name\":\"blog\"")
                    .doesNotContain("hidden", "\"source\"");
        }
    }

    @Test
    void the_endpoint_is_there_where_it_is_exposed() throws Exception {
        try (ConfigurableApplicationContext application = start("management.endpoints.web.exposure.include=health")) {
            assertThat(application.getBeanNamesForType(PgaiEndpoint.class)).isEmpty();
            assertThat(get(application, "/pgai")).startsWith("404 ");
        }
    }

    @Test
    void what_workers_did_is_a_gauge() throws Exception {
        database.work();
        try (ConfigurableApplicationContext application = start()) {
            get(application, "/metrics/pgai.vectorizers");
            assertThat(get(application, "/metrics/pgai.vectorizer.worker.successes"))
                    .contains("\"value\":2.0");
            assertThat(get(application, "/metrics/pgai.vectorizer.worker.failures"))
                    .contains("\"value\":0.0");
            assertThat(get(application, "/metrics/pgai.vectorizer.worker.last.success"))
                    .contains("\"baseUnit\":\"seconds\"", "\"value\":1.");
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
