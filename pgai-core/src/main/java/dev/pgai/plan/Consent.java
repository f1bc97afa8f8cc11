package dev.pgai.plan;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;

/**
 * Somebody agrees to one hazard of one vectorizer. There is no consent to all of them.
 *
 * @param vectorizer the name of the vectorizer
 * @param hazard what may come of the step
 */
public record Consent(String vectorizer, Hazard hazard) {

    /**
     * Checks the arguments.
     *
     * @param vectorizer as above
     * @param hazard as above
     * @throws InvalidArgumentException when one is null
     */
    public Consent {
        Check.text("vectorizer", vectorizer);
        Check.notNull("hazard", hazard);
    }

    /**
     * As it is written.
     *
     * @return {@code blog:REEMBEDS_ROWS}
     */
    @Override
    public String toString() {
        return vectorizer + ":" + hazard;
    }
}
