package dev.pgai.spring.boot;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** For Spring Boot 3, whose types of the same names are in another package. */
final class VectorizersHealthIndicator3 extends AbstractHealthIndicator {

    private final VectorizersHealth health;

    VectorizersHealthIndicator3(VectorizersHealth health) {
        super("The vectorizers cannot be read");
        this.health = health;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        VectorizersHealth.Seen seen = health.read();
        builder.status(seen.status()).withDetails(seen.details());
    }
}
