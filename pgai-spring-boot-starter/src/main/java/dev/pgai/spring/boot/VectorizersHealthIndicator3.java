package dev.pgai.spring.boot;

import dev.pgai.jdbc.Pgai;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** For Spring Boot 3, whose types of the same names are in another package. */
final class VectorizersHealthIndicator3 extends AbstractHealthIndicator {

    private final Pgai pgai;

    VectorizersHealthIndicator3(Pgai pgai) {
        super("The vectorizers cannot be read");
        this.pgai = pgai;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        VectorizersHealth health = VectorizersHealth.of(pgai);
        (health.up() ? builder.up() : builder.down()).withDetails(health.details());
    }
}
