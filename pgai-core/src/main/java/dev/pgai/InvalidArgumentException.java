package dev.pgai;

import dev.pgai.secret.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * An argument was refused before anything was done: an option of a definition that the catalog or its worker would
 * refuse, a limit out of range, a name that PostgreSQL cannot store. The only exception of this library for arguments.
 */
public class InvalidArgumentException extends PgaiException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN_CHARACTERS = 80;

    private final String argument;
    private final transient @Nullable Object value;
    private final String rule;
    private final String hint;

    /**
     * Makes an exception whose message holds all four parts.
     *
     * @param argument the name of the argument; for an option its path in the JSON form: {@code embedding.dimensions}
     * @param value the value that was given, or null when none was; what may be a secret in it is not shown
     * @param rule what holds for the argument, a half sentence: {@code it must be from 1 to 16000}
     * @param hint what to do instead, a sentence
     */
    public InvalidArgumentException(String argument, @Nullable Object value, String rule, String hint) {
        super(argument + (value == null ? " is not set: " : " = " + shown(argument, value) + " is refused: ") + rule
                + ". " + hint);
        this.argument = argument;
        this.value = value;
        this.rule = rule;
        this.hint = hint;
    }

    /**
     * Which argument was refused.
     *
     * @return its name, or the path of an option as in the JSON form, for example {@code embedding.dimensions}
     */
    public String argument() {
        return argument;
    }

    /**
     * The value that was refused, as it was given.
     *
     * @return the value, or null when none was given
     */
    public @Nullable Object value() {
        return value;
    }

    /**
     * The rule that the value breaks.
     *
     * @return a half sentence
     */
    public String rule() {
        return rule;
    }

    /**
     * What to do instead.
     *
     * @return a sentence
     */
    public String hint() {
        return hint;
    }

    /**
     * The same refusal, where only the caller knows what the argument is called.
     *
     * @param path the argument
     * @return a copy with this name
     */
    public InvalidArgumentException at(String path) {
        return new InvalidArgumentException(path, value, rule, hint);
    }

    /** Control characters and lone surrogates are shown by number: they are often the very reason. */
    private static String shown(String argument, Object value) {
        String text = String.valueOf(Secrets.masked(argument, value));
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(SHOWN_CHARACTERS).forEach(c -> {
            if (Character.isISOControl(c)
                    || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                    || c == '\u2028'
                    || c == '\u2029') {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        if (text.codePointCount(0, text.length()) > SHOWN_CHARACTERS) {
            shown.append("...");
        }
        return value instanceof CharSequence ? "\"" + shown + "\"" : shown.toString();
    }
}
