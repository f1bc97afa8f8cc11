package dev.pgai.argument;

import dev.pgai.InvalidArgumentException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The rules that arguments share. Each returns the value that it was given, or refuses it by the argument's path. */
public final class Check {

    private Check() {}

    public static <T> T notNull(String option, @Nullable T value) {
        if (value == null) {
            throw new InvalidArgumentException(option, null, "it is required", "Give a value.");
        }
        return value;
    }

    /** For setters of optional values: not setting is done by not calling. */
    public static <T> T given(String option, @Nullable T value) {
        if (value == null) {
            throw new InvalidArgumentException(
                    option, null, "null was given", "Leave the call out to keep the catalog's default.");
        }
        return value;
    }

    public static String text(String option, @Nullable String value) {
        String text = notNull(option, value);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new InvalidArgumentException(
                        option, value, "PostgreSQL stores no NUL character", "Remove the character \\u0000.");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidArgumentException(
                        option,
                        value,
                        "the surrogate at index " + i + " has no partner and no encoding",
                        "Cut text between code points, not between chars.");
            }
        }
        return text;
    }

    public static @Nullable String optionalText(String option, @Nullable String value) {
        return value == null ? null : text(option, value);
    }

    public static String nonBlank(String option, @Nullable String value, String hint) {
        String text = text(option, value);
        if (text.isBlank()) {
            throw new InvalidArgumentException(option, value, "it must not be blank", hint);
        }
        return text;
    }

    public static String identifier(String option, @Nullable String value) {
        String identifier = text(option, value);
        if (identifier.isEmpty()) {
            throw new InvalidArgumentException(option, value, "a name must not be empty", "Give a name.");
        }
        int bytes = identifier.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Identifiers.MAX_BYTES) {
            throw new InvalidArgumentException(
                    option,
                    value,
                    "a name has at most " + Identifiers.MAX_BYTES + " bytes in PostgreSQL and this one has " + bytes,
                    "Shorten it: the server would cut it silently.");
        }
        return identifier;
    }

    /** Each element by its index, and a copy that does not change with the caller's list. */
    public static <T> List<T> each(
            String option, @Nullable Collection<? extends T> values, BiFunction<String, T, T> check) {
        List<T> copy = new ArrayList<>();
        for (T value : notNull(option, values)) {
            copy.add(check.apply(option + "[" + copy.size() + "]", value));
        }
        return List.copyOf(copy);
    }

    public static @Nullable String optionalIdentifier(String option, @Nullable String value) {
        return value == null ? null : identifier(option, value);
    }

    public static Duration notNegative(String option, @Nullable Duration value, String hint) {
        Duration given = notNull(option, value);
        if (given.isNegative()) {
            throw new InvalidArgumentException(option, given, "it must be zero or more", hint);
        }
        return given;
    }

    public static void range(String option, @Nullable Integer value, int min, int max, String hint) {
        if (value != null && (value < min || value > max)) {
            String rule = max == Integer.MAX_VALUE
                    ? "it must be " + min + " or more"
                    : "it must be from " + min + " to " + max;
            throw new InvalidArgumentException(option, value, rule, hint);
        }
    }
}
