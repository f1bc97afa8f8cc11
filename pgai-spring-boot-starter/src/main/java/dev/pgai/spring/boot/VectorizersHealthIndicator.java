package dev.pgai.spring.boot;

import dev.pgai.jdbc.Pgai;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** For Spring Boot 4. */
final class VectorizersHealthIndicator extends AbstractHealthIndicator {

    private final Pgai pgai;

    VectorizersHealthIndicator(Pgai pgai) {
        super("The vectorizers cannot be read");
        this.pgai = pgai;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        VectorizersHealth health = VectorizersHealth.of(pgai);
        (health.up() ? builder.up() : builder.down()).withDetails(health.details());
    }
}
