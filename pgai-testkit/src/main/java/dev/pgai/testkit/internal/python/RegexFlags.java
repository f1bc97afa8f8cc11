package dev.pgai.testkit.internal.python;

/**
 * The flags that hold at a place of an expression.
 *
 * @param ignoreCase {@code i}
 * @param multiline {@code m}
 * @param dotAll {@code s}
 */
record RegexFlags(boolean ignoreCase, boolean multiline, boolean dotAll) {

    private static final int SMALL_SHARP_S = 0xdf;
    private static final int CAPITAL_SHARP_S = 0x1e9e;

    static final RegexFlags NONE = new RegexFlags(false, false, false);

    /** Reads letters that switch flags on. What follows them is the caller's to check. */
    RegexFlags switchedOn(RegexInput input) {
        return read(input, true);
    }

    /** Reads letters that switch flags on, and, behind a minus, off. What follows them is the caller's to check. */
    RegexFlags switched(RegexInput input) {
        RegexFlags flags = read(input, true);
        if (!input.skip("-")) {
            return flags;
        }
        if (input.sees(":")) {
            throw input.problem("missing flag");
        }
        return flags.read(input, false);
    }

    private RegexFlags read(RegexInput input, boolean on) {
        RegexFlags flags = this;
        for (; !input.atEnd(); input.next()) {
            switch (input.peek()) {
                case 'i' -> flags = new RegexFlags(on, flags.multiline, flags.dotAll);
                case 'm' -> flags = new RegexFlags(flags.ignoreCase, on, flags.dotAll);
                case 's' -> flags = new RegexFlags(flags.ignoreCase, flags.multiline, on);
                case 'a', 'L', 'u', 'x' ->
                    throw input.problem("the flag " + Character.toString(input.peek()) + " is not supported");
                default -> {
                    return flags;
                }
            }
        }
        return flags;
    }

    String literal(int codePoint) {
        // The one pair of letters that Java finds equal in one direction only.
        boolean sharpS = ignoreCase && codePoint == SMALL_SHARP_S;
        String literal = RegexClass.literal(codePoint);
        return inCase(sharpS ? "(?:" + literal + "|" + RegexClass.literal(CAPITAL_SHARP_S) + ")" : literal);
    }

    String inCase(String java) {
        return ignoreCase ? "(?iu:" + java + ")" : java;
    }
}
