package dev.pgai.testkit.internal.python;

import org.jspecify.annotations.Nullable;

/**
 * How often an item is repeated.
 *
 * @param atLeast the lower bound
 * @param atMost the upper bound, {@link RegexPiece#UNBOUNDED} for none
 * @param mode {@code ?} for as few as possible, {@code +} for no way back, empty for as many as possible
 */
record RegexQuantifier(int atLeast, int atMost, String mode) {

    private static final int MAX_DIGITS = 9;
    private static final int MAX_SPELLED_OUT = 100;

    /** Reads a quantifier, if there is one. A brace that starts none is a literal to Python. */
    static @Nullable RegexQuantifier read(RegexInput input) {
        int start = input.position();
        if (input.skip("*")) {
            return withMode(0, RegexPiece.UNBOUNDED, input);
        }
        if (input.skip("+")) {
            return withMode(1, RegexPiece.UNBOUNDED, input);
        }
        if (input.skip("?")) {
            return withMode(0, 1, input);
        }
        if (!input.skip("{") || input.sees("}")) {
            input.moveTo(start);
            return null;
        }
        int low = input.number(MAX_DIGITS);
        int high = input.skip(",") ? input.number(MAX_DIGITS) : low;
        if (!input.skip("}")) {
            input.moveTo(start);
            return null;
        }
        if (high < 0) {
            high = RegexPiece.UNBOUNDED;
        }
        if (high < low) {
            throw input.problem("min repeat greater than max repeat");
        }
        return withMode(Math.max(low, 0), high, input);
    }

    private static RegexQuantifier withMode(int atLeast, int atMost, RegexInput input) {
        return new RegexQuantifier(atLeast, atMost, input.skip("?") ? "?" : input.skip("+") ? "+" : "");
    }

    /** Whether this is a question mark, with or without another behind it. */
    boolean isPlainOption() {
        return atMost <= 1 && !mode.equals("+");
    }

    /**
     * Repeats a piece.
     *
     * @param spelledOut whether a fixed number of times is written out: java.util.regex finds no bound for the length
     *     of a repeated group, and wants one in a lookbehind
     */
    RegexPiece repeat(RegexPiece piece, boolean spelledOut, RegexInput input) {
        switch (piece.kind()) {
            case NOTHING, ANCHOR -> throw input.problem("nothing to repeat");
            case REPEAT -> throw input.problem("multiple repeat");
            case ITEM -> {}
        }
        if (piece.canBeEmpty() && atMost > 1) {
            // The engines stop such a loop at different places and remember different groups.
            throw input.problem("repeating what can match nothing is not supported");
        }
        if (spelledOut && atLeast == atMost && atMost <= MAX_SPELLED_OUT) {
            return piece.writtenOut(atMost);
        }
        String bounds = "{" + atLeast + "," + (atMost == RegexPiece.UNBOUNDED ? "" : Integer.toString(atMost)) + "}";
        return piece.repeated(bounds + mode, atLeast, atMost);
    }
}
