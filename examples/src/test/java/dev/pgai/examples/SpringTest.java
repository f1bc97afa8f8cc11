package dev.pgai.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.junit.DatabaseLifecycle;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** With Spring Boot, {@code @SpringBootTest} takes the place of {@code @SpringJUnitConfig} and of the configuration. */
@PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS, scripts = "classpath:blog.sql")
@SpringJUnitConfig
class SpringTest {

    @PgaiDatabase
    static String url;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", () -> url);
    }

    @Test
    void the_application_has_the_database(@Autowired DataSource applications, @Autowired JdbcClient client, Pgai pgai) {
        Pgai.on(applications).create(BlogMigration.VECTORIZER);

        assertThat(client.sql("select name from ai.vectorizer")
                        .query(String.class)
                        .single())
                .isEqualTo("blog_content_embedder");
        assertThat(pgai.exists("blog_content_embedder")).isTrue();
    }

    @Configuration
    static class Application {

        @Bean
        DataSource dataSource(@Value("${spring.datasource.url}") String configured) {
            return new DriverManagerDataSource(configured);
        }

        @Bean
        JdbcClient jdbcClient(DataSource dataSource) {
            return JdbcClient.create(dataSource);
        }
    }
}
