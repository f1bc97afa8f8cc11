package dev.pgai.spring.boot;

import dev.pgai.jdbc.Pgai;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * A {@link Pgai} on the data source of the application, where there is one, or a primary one, and PostgreSQL's driver.
 * No connection is made before the bean is used.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
@ConditionalOnClass(value = DataSourceUtils.class, name = "org.postgresql.Driver")
@EnableConfigurationProperties(PgaiProperties.class)
public class PgaiAutoConfiguration {

    /** For Spring. */
    PgaiAutoConfiguration() {}

    /**
     * Takes part in Spring's transactions; without one, each change is a transaction of its own.
     *
     * @param dataSource the application's
     * @return the vectorizers of its database
     */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(DataSource.class)
    Pgai pgai(DataSource dataSource) {
        SpringConnections connections = SpringConnections.of(dataSource);
        return Pgai.on(connections, connections::inTransaction);
    }
}
