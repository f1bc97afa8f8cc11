package dev.pgai.contract.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pgai.plan.DesiredState;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** What {@code pgai.vectorizers} and {@code pgai.vectorizers-mode} do when an application starts. */
class DeclaredVectorizersTest {

    private static final String BLOG = "pgai.vectorizers=classpath:blog.json";
    private static final String CREATE = "pgai.vectorizers-mode=create";
    private static final String APPLY = "pgai.vectorizers-mode=apply";
    private static final String VALIDATE = "pgai.vectorizers-mode=validate";

    private final BlogDatabase database = new BlogDatabase();

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    static List<List<String>> whatMakesTheTable() {
        return List.of(
                List.of(
                        "spring.flyway.enabled=true",
                        "spring.flyway.baseline-on-migrate=true",
                        "spring.flyway.baseline-version=0",
                        "spring.flyway.locations=classpath:db/blog"),
                List.of("spring.liquibase.enabled=true", "spring.liquibase.change-log=classpath:db/changelog.sql"),
                List.of("spring.sql.init.mode=always", "spring.sql.init.schema-locations=classpath:db/schema.sql"));
    }

    /** JPA would refuse to start without the store, and pgai without the table. */
    @ParameterizedTest
    @MethodSource("whatMakesTheTable")
    void vectorizers_are_created_after_migrations_and_before_jpa_validates(List<String> migration) {
        List<String> properties = new ArrayList<>(migration);
        properties.add("spring.config.name=blog");
        properties.add("spring.datasource.hikari.maximum-pool-size=2"); // as Flyway needs them
        properties.add("spring.jpa.hibernate.ddl-auto=validate");
        for (int start = 1; start <= 2; start++) {
            try (ConfigurableApplicationContext application =
                    database.start(JpaApplication.class, properties.toArray(String[]::new))) {
                assertThat(application.isRunning()).isTrue();
                assertThat(database.vectorizers()).containsExactly("blog");
            }
        }
    }

    @Test
    void without_a_mode_nothing_is_done() throws SQLException {
        database.withBlog();
        for (String mode : List.of("spring.main.banner-mode=off", "pgai.vectorizers-mode=none")) {
            database.start(Application.class, BLOG, mode).close();

            assertThat(database.vectorizers()).isEmpty();
        }
    }

    @Test
    void all_are_created_or_none() throws SQLException {
        database.withBlog();

        assertThat(reported("pgai.vectorizers=classpath:blog.json,classpath:other.json", CREATE))
                .contains("SOURCE_MISSING", "nope");
        assertThat(database.vectorizers()).isEmpty();
    }

    @Test
    void what_validates_starts_and_what_does_not_is_reported_whole_with_hints() throws SQLException {
        database.withBlog();
        assertThat(reported("pgai.vectorizers=classpath:blog.json,classpath:other.json", VALIDATE))
                .containsSubsequence(
                        "APPLICATION FAILED TO START",
                        "VECTORIZER_MISSING: There is no vectorizer \"blog\".",
                        "VECTORIZER_MISSING: There is no vectorizer \"other\".",
                        "Action:",
                        "Create it in a migration, or set pgai.vectorizers-mode to create.");

        database.pgai().create(BlogDatabase.definition());
        database.start(Application.class, BLOG, VALIDATE).close();
        assertThat(reported("pgai.vectorizers=classpath:smaller.json", VALIDATE))
                .contains("VECTORIZER_DIFFERS", "768", "384");

        database.execute("alter table blog disable trigger all");
        assertThat(reported(BLOG, VALIDATE)).contains("VECTORIZER_DAMAGED");
    }

    @Test
    void a_plan_is_applied_as_far_as_was_agreed_to() throws SQLException {
        database.withBlog();
        database.start(Application.class, BLOG, APPLY).close();
        assertThat(database.vectorizers()).containsExactly("blog");
        VectorizerDefinition other = BlogDatabase.definition().toBuilder()
                .processing(Processing.byDefault().withBatchSize(7))
                .build();
        database.pgai().alter(other);

        database.start(Application.class, BLOG, APPLY).close();

        assertThat(database.pgai()
                        .plan(DesiredState.of(List.of(BlogDatabase.definition())))
                        .isDrift())
                .isFalse();
        assertThat(reported("pgai.vectorizers=classpath:smaller.json", APPLY))
                .contains("CONSENT_MISSING", "blog:LOSES_EMBEDDINGS");
        database.start(
                        Application.class,
                        "pgai.vectorizers=classpath:smaller.json",
                        APPLY,
                        "pgai.consents=blog:LOSES_EMBEDDINGS,blog:REEMBEDS_ROWS,blog:SEARCH_GAP,blog:BLOCKS_WRITES")
                .close();
        assertThat(database.pgai()
                        .find("blog")
                        .orElseThrow()
                        .definition()
                        .embedding()
                        .dimensions())
                .isEqualTo(384);
        assertThat(reported(BLOG, APPLY, "pgai.consents=everything")).contains("pgai.consents", "colon");
    }

    @Test
    void what_is_declared_as_removed_is_not_valid_and_is_dropped_by_a_plan() throws SQLException {
        database.withBlog();
        String removed = "pgai.vectorizers=classpath:removed.json";
        database.start(Application.class, removed, VALIDATE).close();
        database.pgai().create(BlogDatabase.definition());

        assertThat(reported(removed, VALIDATE)).contains("VECTORIZER_EXISTS", "\"blog\", which is declared as removed");
        assertThat(reported("pgai.vectorizers=classpath:removed.json,classpath:blog.json", VALIDATE))
                .contains("pgai.vectorizers[1] = classpath:blog.json: ", "there is a definition of this name");
        assertThat(reported(removed, APPLY)).contains("CONSENT_MISSING", "blog:LOSES_EMBEDDINGS");
        assertThat(database.vectorizers()).containsExactly("blog");
        database.start(Application.class, removed, APPLY, "pgai.consents=blog:LOSES_EMBEDDINGS")
                .close();
        assertThat(database.vectorizers()).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_named_with_its_property() throws SQLException {
        database.withBlog();
        assertThat(reported("pgai.vectorizers=classpath:nowhere.json", CREATE))
                .contains("pgai.vectorizers[0] = classpath:nowhere.json cannot be read");
        assertThat(reported("pgai.vectorizers=classpath:logback-test.xml", CREATE))
                .contains("pgai.vectorizers[0] = classpath:logback-test.xml: ");
        assertThat(reported(CREATE))
                .containsSubsequence("pgai.vectorizers: pgai.vectorizers-mode is create", "Action:", "Name a resource");
        assertThat(reported(BLOG, "pgai.vectorizers-mode=try")).contains("pgai.vectorizers-mode", "try");
    }

    @Test
    void properties_are_described_for_editors() throws IOException {
        StringBuilder metadata = new StringBuilder();
        for (URL url : Collections.list(DeclaredVectorizersTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = url.openStream()) {
                metadata.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(metadata.toString())
                .contains(
                        "\"pgai.vectorizers\"",
                        "\"pgai.vectorizers-mode\"",
                        "\"pgai.metrics.refresh\"",
                        "\"management.health.pgai.enabled\"");
    }

    /** What Boot prints when the application does not start. */
    private String reported(String... properties) {
        Logger logger =
                (Logger) LoggerFactory.getLogger("org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter");
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        logger.addAppender(events);
        logger.setAdditive(false);
        try {
            assertThatThrownBy(() -> database.start(Application.class, properties))
                    .isNotNull();
        } finally {
            logger.detachAppender(events);
            logger.setAdditive(true);
        }
        return events.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining());
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @AutoConfigurationPackage(basePackages = "dev.pgai.contract.spring.model")
    static class JpaApplication {}
}
