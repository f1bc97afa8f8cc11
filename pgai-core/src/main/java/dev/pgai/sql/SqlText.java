package dev.pgai.sql;

import dev.pgai.InvalidArgumentException;
import dev.pgai.vectorizer.RelationName;

/** The two functions that write quotes into SQL. Nothing else does. */
public final class SqlText {

    private SqlText() {}

    /**
     * A text literal. The same text under {@code standard_conforming_strings} on and off, and always on one line: what
     * has a backslash, a control character or a byte order mark in it becomes an escape string, {@code E'...'}.
     *
     * @param text any text without NUL and without lone surrogates
     * @return the literal with its quotes
     * @throws InvalidArgumentException when the text holds a NUL or a lone surrogate
     */
    public static String literal(String text) {
        StringBuilder literal = new StringBuilder(text.length() + 2);
        boolean escaped = false;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int c = text.codePointAt(i);
            refuseUnstorable(text, c);
            switch (c) {
                case '\'' -> literal.append("''");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> {
                    if (isLost(c)) {
                        literal.append(String.format("\\u%04x", c));
                    } else {
                        literal.appendCodePoint(c);
                    }
                }
            }
            escaped |= c == '\\' || isLost(c);
        }
        return (escaped ? "E'" : "'") + literal + "'";
    }

    /**
     * An identifier, always in quotes.
     *
     * @param name the name as it is stored, without quotes
     * @return the name in double quotes
     * @throws InvalidArgumentException when the name is empty, or holds a NUL or a lone surrogate
     */
    public static String identifier(String name) {
        if (name.isEmpty()) {
            throw new InvalidArgumentException("identifier", name, "a name must not be empty", "Give a name.");
        }
        name.codePoints().forEach(c -> refuseUnstorable(name, c));
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * A relation, with its schema.
     *
     * @param name the relation
     * @return schema and name, each in double quotes, with a dot between them
     */
    public static String relation(RelationName name) {
        return identifier(name.schema()) + "." + identifier(name.name());
    }

    /**
     * Control characters, and what Unicode counts as the end of a line: tools split scripts at them. The byte order
     * mark: Flyway takes it out of a file, wherever it is.
     */
    private static boolean isLost(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\ufeff';
    }

    private static void refuseUnstorable(String text, int c) {
        if (c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new InvalidArgumentException(
                    "text",
                    text.length() + " characters",
                    "PostgreSQL stores neither NUL nor lone surrogates",
                    "Remove them.");
        }
    }
}
