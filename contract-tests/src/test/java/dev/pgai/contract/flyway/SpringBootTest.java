package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.flyway.CallbacksTest.Mine;
import dev.pgai.contract.flyway.CallbacksTest.V2__Vectorizer;
import dev.pgai.contract.flyway.FlywayDatabase.V1__Create_blog;
import dev.pgai.testkit.worker.TestWorker;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** An application of Spring Boot's, whose migrations and callbacks are beans. */
class SpringBootTest {

    private final FlywayDatabase database = new FlywayDatabase();

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private void run(Consumer<ConfigurableApplicationContext> test) throws SQLException {
        // Boot would set up the log of this JVM anew.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .properties(
                        "spring.flyway.url=" + database.urlAsOwner(),
                        "spring.flyway.user=" + database.database().user(),
                        "spring.flyway.password=" + database.database().password(),
                        "spring.flyway.locations=classpath:db/migration/nothing",
                        "spring.flyway.clean-disabled=false")
                .run()) {
            test.accept(application);
        } finally {
            System.clearProperty("org.springframework.boot.logging.LoggingSystem");
        }
    }

    @Test
    void callbacks_that_are_beans_are_there_and_so_is_the_guard() throws SQLException {
        CallbackLog.clear();

        run(application -> {
            assertThat(database.vectorizers()).containsExactly("blog");

            application.getBean(Flyway.class).clean();

            assertThat(database.vectorizers()).isEmpty();
            assertThat(CallbackLog.seen()).containsExactly("Mine afterMigrate", "Mine beforeClean", "Mine afterClean");
        });
    }

    @Test
    void an_application_starts_again_after_a_clean() throws SQLException {
        run(application -> application.getBean(Flyway.class).clean());

        run(application -> assertThat(database.vectorizers()).containsExactly("blog"));

        database.executeAsOwner("insert into blog values (1, 'title', 'text')");
        TestWorker.of(database.database(), "blog").drain();
        assertThat(database.query("select count(*) from blog_embeddings")).isEqualTo("1");
    }

    @SpringBootConfiguration
    @ImportAutoConfiguration(FlywayAutoConfiguration.class)
    static class Application {

        @Bean
        Mine mine() {
            return new Mine();
        }

        @Bean
        V1__Create_blog blog() {
            return new V1__Create_blog();
        }

        @Bean
        V2__Vectorizer vectorizer() {
            return new V2__Vectorizer();
        }
    }
}
