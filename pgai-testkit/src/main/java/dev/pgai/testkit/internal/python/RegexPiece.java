package dev.pgai.testkit.internal.python;

/**
 * A part of a translated expression.
 *
 * @param java in the syntax of java.util.regex
 * @param min the fewest code points that it matches
 * @param max the most, {@link #UNBOUNDED} for no limit
 * @param kind what it is to a quantifier behind it
 */
record RegexPiece(String java, int min, int max, Kind kind) {

    static final int UNBOUNDED = Integer.MAX_VALUE;

    enum Kind {
        /** Can be repeated. */
        ITEM,
        /** Matches at a place, so that Python refuses to repeat it. */
        ANCHOR,
        /** Is repeated already. */
        REPEAT,
        /** Is not there: a comment. */
        NOTHING
    }

    static RegexPiece item(String java, int min, int max) {
        return new RegexPiece(java, min, max, Kind.ITEM);
    }

    static RegexPiece one(String java) {
        return item(java, 1, 1);
    }

    static RegexPiece anchor(String java) {
        return new RegexPiece(java, 0, 0, Kind.ANCHOR);
    }

    static RegexPiece nothing() {
        return new RegexPiece("", 0, 0, Kind.NOTHING);
    }

    boolean canBeEmpty() {
        return min == 0;
    }

    boolean hasFixedWidth() {
        return min == max;
    }

    RegexPiece then(RegexPiece next) {
        return item(java + next.java, sum(min, next.min), sum(max, next.max));
    }

    RegexPiece or(RegexPiece other) {
        return item(java + "|" + other.java, Math.min(min, other.min), Math.max(max, other.max));
    }

    RegexPiece repeated(String quantifier, int atLeast, int atMost) {
        return new RegexPiece(java + quantifier, product(min, atLeast), product(max, atMost), Kind.REPEAT);
    }

    RegexPiece writtenOut(int times) {
        return new RegexPiece("(?:" + java.repeat(times) + ")", product(min, times), product(max, times), Kind.REPEAT);
    }

    private static int sum(int a, int b) {
        return (int) Math.min(UNBOUNDED, (long) a + b);
    }

    private static int product(int a, int b) {
        return (int) Math.min(UNBOUNDED, (long) a * b);
    }
}
