package dev.pgai.testkit.internal.python;

import org.jspecify.annotations.Nullable;

/** Characters, classes of characters and boundaries, as Python's {@code re} knows them for text. */
final class RegexClass {

    private static final String DIGIT = "\\p{Nd}";
    private static final String WORD = "\\p{L}\\p{N}_";
    private static final String SPACE = literals(PythonString.WHITE_SPACE);
    private static final String BEFORE_WORD = "(?=[" + WORD + "])";
    private static final String NOT_BEFORE_WORD = "(?![" + WORD + "])";
    private static final String AFTER_WORD = "(?<=[" + WORD + "])";
    private static final String NOT_AFTER_WORD = "(?<![" + WORD + "])";

    private RegexClass() {}

    static String literal(int codePoint) {
        return "\\x{" + Integer.toHexString(codePoint) + "}";
    }

    private static String literals(String text) {
        StringBuilder literals = new StringBuilder();
        text.codePoints().forEach(c -> literals.append(literal(c)));
        return literals.toString();
    }

    /** What a letter behind a backslash stands for, if it is a place in the text. */
    static @Nullable String anchor(int letter) {
        return switch (letter) {
            case 'A' -> "\\A";
            case 'Z' -> "\\z";
            case 'b' -> "(?:" + AFTER_WORD + NOT_BEFORE_WORD + "|" + NOT_AFTER_WORD + BEFORE_WORD + ")";
            case 'B' -> "(?:" + AFTER_WORD + BEFORE_WORD + "|" + NOT_AFTER_WORD + NOT_BEFORE_WORD + ")";
            default -> null;
        };
    }

    /** What a letter behind a backslash stands for, if it is a class of characters. */
    static @Nullable String category(int letter) {
        return switch (letter) {
            case 'd' -> "[" + DIGIT + "]";
            case 'D' -> "[^" + DIGIT + "]";
            case 's' -> "[" + SPACE + "]";
            case 'S' -> "[^" + SPACE + "]";
            case 'w' -> "[" + WORD + "]";
            case 'W' -> "[^" + WORD + "]";
            default -> null;
        };
    }

    /** Reads a class whose opening bracket was read before. */
    static String read(RegexInput input) {
        boolean negated = input.skip("^");
        StringBuilder members = new StringBuilder();
        // A closing bracket at the start is a member.
        do {
            if (input.atEnd()) {
                throw input.problem("unterminated character set");
            }
            members.append(member(input));
        } while (!input.skip("]"));
        // What a negation does to the classes inside is not the same in all versions of Java.
        return negated ? "(?:(?![" + members + "])(?s:.))" : "[" + members + "]";
    }

    private static String member(RegexInput input) {
        String category = categoryAt(input);
        if (category != null) {
            if (input.sees("-") && !input.sees("-]")) {
                throw input.problem("bad character range");
            }
            return category;
        }
        int low = codePoint(input);
        if (!input.sees("-") || input.sees("-]")) {
            return literal(low);
        }
        input.skip("-");
        if (input.atEnd()) {
            throw input.problem("unterminated character set");
        }
        if (categoryAt(input) != null) {
            throw input.problem("bad character range");
        }
        int high = codePoint(input);
        if (high < low) {
            throw input.problem("bad character range");
        }
        return literal(low) + "-" + literal(high);
    }

    private static @Nullable String categoryAt(RegexInput input) {
        int start = input.position();
        if (input.skip("\\") && !input.atEnd()) {
            String category = category(input.next());
            if (category != null) {
                return category;
            }
        }
        input.moveTo(start);
        return null;
    }

    private static int codePoint(RegexInput input) {
        int c = input.next();
        if (c != '\\') {
            return c;
        }
        if (input.atEnd()) {
            throw input.problem("bad escape (end of pattern)");
        }
        return input.skip("b") ? '\b' : input.escapedCodePoint();
    }
}
