package dev.pgai.plan;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.List;

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
     * @throws InvalidArgumentException when one is null, or the name is empty
     */
    public Consent {
        if (Check.text("vectorizer", vectorizer).isEmpty()) {
            throw new InvalidArgumentException("vectorizer", vectorizer, "a name must not be empty", "Give a name.");
        }
        Check.notNull("hazard", hazard);
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @param text the name of a vectorizer, a colon and a hazard, such as {@code blog:REEMBEDS_ROWS}
     * @return the consent
     * @throws InvalidArgumentException when it is null, or not of this form
     */
    public static Consent parse(String text) {
        int colon = Check.text("consent", text).lastIndexOf(':');
        for (Hazard hazard : Hazard.values()) {
            if (colon > 0 && hazard.name().equals(text.substring(colon + 1))) {
                return new Consent(text.substring(0, colon), hazard);
            }
        }
        throw new InvalidArgumentException(
                "consent",
                text,
                "it must be the name of a vectorizer, a colon and one of " + List.of(Hazard.values()),
                "Write blog:" + Hazard.REEMBEDS_ROWS + ".");
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
