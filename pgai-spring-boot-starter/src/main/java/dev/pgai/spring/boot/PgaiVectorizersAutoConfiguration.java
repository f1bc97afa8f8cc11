package dev.pgai.spring.boot;

import dev.pgai.jdbc.Pgai;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ResourceLoader;

/**
 * Checks or creates the vectorizers that {@code pgai.vectorizers} declares, if {@code pgai.vectorizers-mode} says so:
 * after migrations and SQL scripts, and before JPA and whatever else waits for those.
 */
@AutoConfiguration(after = PgaiAutoConfiguration.class)
@ConditionalOnClass(DatabaseInitializationDependencyConfigurer.class)
@ConditionalOnBean(Pgai.class)
@ConditionalOnProperty("pgai.vectorizers-mode")
@Import(DatabaseInitializationDependencyConfigurer.class)
public class PgaiVectorizersAutoConfiguration {

    /** For Spring. */
    PgaiVectorizersAutoConfiguration() {}

    /**
     * Does it when it is made, and fails when it cannot.
     *
     * @param pgai the vectorizers of the application's database
     * @param properties which, and what to do
     * @param resources where definitions are
     * @return what has done it
     */
    @Bean
    DeclaredVectorizers declaredVectorizers(Pgai pgai, PgaiProperties properties, ResourceLoader resources) {
        return new DeclaredVectorizers(pgai, properties, resources);
    }
}
