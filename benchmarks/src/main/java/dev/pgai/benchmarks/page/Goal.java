package dev.pgai.benchmarks.page;

import java.util.Locale;

/**
 * What was to be reached, and what was.
 *
 * @param what a sentence without a stop
 * @param limit what the value must not be above
 * @param value what was measured
 * @param unit of both, such as {@code ms}; empty for a ratio
 * @param reason what costs that much; told when the goal is missed
 */
public record Goal(String what, double limit, double value, String unit, String reason) {

    /**
     * Whether it was reached.
     *
     * @return whether the value is not above the limit
     */
    public boolean isReached() {
        return value <= limit;
    }

    /**
     * A row of a table of goals.
     *
     * @return goal, limit, value and result
     */
    public String[] row() {
        return new String[] {
            what,
            Spread.number(limit) + suffix(),
            Spread.number(value) + suffix(),
            isReached() ? "reached" : "**missed**" + (reason.isEmpty() ? "" : ": " + reason)
        };
    }

    private String suffix() {
        return unit.isEmpty() ? "" : String.format(Locale.ROOT, " %s", unit);
    }
}
