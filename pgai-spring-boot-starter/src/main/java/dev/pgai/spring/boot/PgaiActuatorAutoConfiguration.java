package dev.pgai.spring.boot;

import dev.pgai.jdbc.Pgai;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows vectorizers to Actuator and Micrometer, where those are on the class path. */
@AutoConfiguration(after = PgaiAutoConfiguration.class)
@ConditionalOnBean(Pgai.class)
public class PgaiActuatorAutoConfiguration {

    /** For Spring. */
    PgaiActuatorAutoConfiguration() {}

    /** The health of Spring Boot 4. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.health.contributor.HealthIndicator",
                "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator"
            })
    @org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator("pgai")
    static class HealthConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "pgaiHealthIndicator")
        VectorizersHealthIndicator pgaiHealthIndicator(Pgai pgai, PgaiProperties properties) {
            return new VectorizersHealthIndicator(new VectorizersHealth(pgai, properties.health()));
        }
    }

    /** The health of Spring Boot 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.actuate.health.HealthIndicator",
                "org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator"
            })
    @org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator("pgai")
    static class Health3Configuration {

        @Bean
        @ConditionalOnMissingBean(name = "pgaiHealthIndicator")
        VectorizersHealthIndicator3 pgaiHealthIndicator(Pgai pgai, PgaiProperties properties) {
            return new VectorizersHealthIndicator3(new VectorizersHealth(pgai, properties.health()));
        }
    }

    /** The endpoint, where it is exposed. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    static class EndpointConfiguration {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        PgaiEndpoint pgaiEndpoint(Pgai pgai) {
            return new PgaiEndpoint(pgai);
        }
    }

    /** Gauges. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class MetricsConfiguration {

        @Bean
        VectorizersMetrics pgaiMetrics(Pgai pgai, PgaiProperties properties) {
            return new VectorizersMetrics(pgai, properties.metrics().refresh());
        }
    }
}
