package dev.pgai.spring.boot;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code application.properties} may say of pgai.
 *
 * @param vectorizers locations of resources, such as classpath:vectorizers.json, each a file that
 *     {@link dev.pgai.plan.DesiredState#read} takes: definitions of vectorizers, and names of those that are removed
 * @param vectorizersMode what is done with them when the application starts, after the migrations of Flyway or
 *     Liquibase and before JPA
 * @param consents what mode apply may do beside what it is for, each as VECTORIZER:HAZARD, such as blog:REEMBEDS_ROWS
 * @param metrics what Micrometer's gauges do
 * @param health when the health indicator is not up, beside damage
 */
@ConfigurationProperties("pgai")
public record PgaiProperties(
        @DefaultValue List<String> vectorizers,
        @DefaultValue("none") VectorizersMode vectorizersMode,
        @DefaultValue List<String> consents,
        @DefaultValue Metrics metrics,
        @DefaultValue Health health) {

    /** What is done when an application starts. */
    public enum VectorizersMode {
        /** Nothing. */
        NONE,
        /** The application does not start unless each is there, whole and as its definition says. */
        VALIDATE,
        /** Those that are not there are created, all or none; for the others as {@link #VALIDATE}. */
        CREATE,
        /** The plan from what there is to what is declared is carried out, unless somebody must agree to more. */
        APPLY
    }

    /**
     * What Micrometer's gauges do.
     *
     * @param refresh how long what was read of the database is shown before it is read again
     */
    public record Metrics(@DefaultValue("1m") Duration refresh) {}

    /**
     * When the health indicator is not up, beside damage. Rows are counted up to 10,000, so that no limit is higher.
     *
     * @param maxPending the most rows in the queue of a vectorizer, from 0 to 10,000; without one there is no limit
     * @param maxFailed the most rows of a vectorizer that workers gave up, from 0 to 10,000; without one there is no
     *     limit
     * @param maxErrors the most errors of a vectorizer that workers recorded, from 0 to 10,000; without one there is no
     *     limit
     * @param exceededStatus the code of the status when there are more: DOWN, OUT_OF_SERVICE, UNKNOWN or one of your
     *     own
     */
    public record Health(
            @Nullable Long maxPending,
            @Nullable Long maxFailed,
            @Nullable Long maxErrors,
            @DefaultValue("DOWN") String exceededStatus) {}
}
