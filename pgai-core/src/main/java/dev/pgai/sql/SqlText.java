package dev.pgai.sql;

import dev.pgai.InvalidArgumentException;
import dev.pgai.vectorizer.RelationName;

/** What writes quotes into SQL, for texts and for names. Nothing else does. */
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
        appendLiteral(literal, text);
        return literal.toString();
    }

    /**
     * Writes a {@link #literal} into a text that grows.
     *
     * @param sql what it is added to
     * @param text any text without NUL and without lone surrogates
     * @throws InvalidArgumentException when the text holds a NUL or a lone surrogate
     */
    static void appendLiteral(StringBuilder sql, String text) {
        int next = endOfPlain(text, 0);
        if (next == text.length()) {
            sql.append('\'').append(text).append('\'');
            return;
        }
        int start = sql.length();
        boolean escaped = false;
        sql.append('\'').append(text, 0, next);
        while (next < text.length()) {
            int c = text.codePointAt(next);
            refuseUnstorable(text, c);
            switch (c) {
                case '\'' -> sql.append("''");
                case '\\' -> sql.append("\\\\");
                case '\n' -> sql.append("\\n");
                case '\r' -> sql.append("\\r");
                case '\t' -> sql.append("\\t");
                default -> {
                    if (isLost(c)) {
                        sql.append(String.format("\\u%04x", c));
                    } else {
                        sql.appendCodePoint(c);
                    }
                }
            }
            escaped |= c == '\\' || isLost(c);
            int plain = next + Character.charCount(c);
            next = endOfPlain(text, plain);
            sql.append(text, plain, next);
        }
        sql.append('\'');
        if (escaped) {
            sql.insert(start, 'E');
        }
    }

    /** Where what stands for itself in a literal ends: ASCII without quotes; at the end of most texts. */
    private static int endOfPlain(String text, int from) {
        int end = from;
        while (end < text.length() && isPlain(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~' && c != '\'' && c != '\\';
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
        for (int i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
            refuseUnstorable(name, name.codePointAt(i));
        }
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
