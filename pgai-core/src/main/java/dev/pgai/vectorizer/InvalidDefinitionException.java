package dev.pgai.vectorizer;

import dev.pgai.PgaiException;
import org.jspecify.annotations.Nullable;

/** A definition, or one of its options, has a value that the catalog or its worker would refuse. */
public class InvalidDefinitionException extends PgaiException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN_CHARACTERS = 80;

    private final String option;
    private final transient @Nullable Object value;
    private final String rule;
    private final String wayOut;

    /**
     * Makes an exception whose message holds all four parts.
     *
     * @param option the path of the option, as in the JSON form: {@code embedding.dimensions}
     * @param value the value that was given, or null when none was
     * @param rule what holds for the option, a half sentence: {@code it must be from 1 to 16000}
     * @param wayOut what to do instead, a sentence
     */
    public InvalidDefinitionException(String option, @Nullable Object value, String rule, String wayOut) {
        super(option + (value == null ? " is not set: " : " = " + shown(value) + " is refused: ") + rule + ". "
                + wayOut);
        this.option = option;
        this.value = value;
        this.rule = rule;
        this.wayOut = wayOut;
    }

    /**
     * The path of the option.
     *
     * @return the path as in the JSON form, for example {@code embedding.dimensions}
     */
    public String option() {
        return option;
    }

    /**
     * The value that was refused.
     *
     * @return the value, or null when the option was not set
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
    public String wayOut() {
        return wayOut;
    }

    /** The same refusal, for an option that only the caller knows. */
    InvalidDefinitionException at(String path) {
        return new InvalidDefinitionException(path, value, rule, wayOut);
    }

    /** Control characters and lone surrogates are shown by number: they are often the very reason. */
    private static String shown(Object value) {
        String text = String.valueOf(value);
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(SHOWN_CHARACTERS).forEach(c -> {
            if (Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
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
