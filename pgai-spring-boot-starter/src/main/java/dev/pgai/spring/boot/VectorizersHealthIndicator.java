package dev.pgai.spring.boot;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** For Spring Boot 4. */
final class VectorizersHealthIndicator extends AbstractHealthIndicator {

    private final VectorizersHealth health;

    VectorizersHealthIndicator(VectorizersHealth health) {
        super("The vectorizers cannot be read");
        this.health = health;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        VectorizersHealth.Seen seen = health.read();
        builder.status(seen.status()).withDetails(seen.details());
    }
}
