package dev.pgai.json;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Deep copies of JSON values in one canonical form, so that equal JSON is equal by {@code equals} and renders to the
 * same text: keys sorted, whole numbers as {@link Long} (or {@link BigInteger} beyond its range), others as
 * {@link BigDecimal} without trailing zeros.
 */
public final class JsonValues {

    /** Far beyond real options. A map that contains itself ends here, not in a stack overflow. */
    private static final int MAX_DEPTH = 100;

    /** Far beyond real options, and well within what the JSON reader takes. */
    private static final int MAX_DIGITS = 500;

    private JsonValues() {}

    public static Map<String, Object> copyOfMap(String option, @Nullable Map<String, ?> map) {
        return copyOfMap(option, Check.notNull(option, map), 1);
    }

    public static @Nullable Map<String, Object> copyOfOptionalMap(String option, @Nullable Map<String, ?> map) {
        return map == null ? null : copyOfMap(option, map);
    }

    public static Map<String, Object> without(Map<String, Object> map, Collection<String> keys) {
        Map<String, Object> rest = new TreeMap<>(map);
        rest.keySet().removeAll(keys);
        return Collections.unmodifiableMap(rest);
    }

    /** As {@code jsonb_strip_nulls} does: members that are null go, at every depth; null elements of arrays stay. */
    public static Map<String, Object> withoutNulls(Map<String, Object> map) {
        Map<String, Object> stripped = new TreeMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                stripped.put(key, strippedValue(value));
            }
        });
        return Collections.unmodifiableMap(stripped);
    }

    @SuppressWarnings("unchecked") // a copied map has text keys only
    private static @Nullable Object strippedValue(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return withoutNulls((Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> stripped = new ArrayList<>();
            list.forEach(element -> stripped.add(strippedValue(element)));
            return Collections.unmodifiableList(stripped);
        }
        return value;
    }

    private static Map<String, Object> copyOfMap(String option, Map<?, ?> map, int depth) {
        checkDepth(option, depth);
        Map<String, Object> copy = new TreeMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new InvalidArgumentException(
                        option, map, "the keys of a JSON object are text, and one is " + key, "Use String keys.");
            }
            Check.text(option, name);
            put(copy, name, copyOf(option + "." + name, value, depth));
        });
        return Collections.unmodifiableMap(copy);
    }

    /** JSON has null as a value, and the map's type says Object all the same, to be of use to callers. */
    @SuppressWarnings("NullAway")
    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        map.put(key, value);
    }

    private static @Nullable Object copyOf(String option, @Nullable Object value, int depth) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (value instanceof String text) {
            return Check.text(option, text);
        }
        if (value instanceof Number number) {
            return canonical(option, number);
        }
        if (value instanceof Map<?, ?> map) {
            return copyOfMap(option, map, depth + 1);
        }
        if (value instanceof List<?> list) {
            checkDepth(option, depth + 1);
            List<@Nullable Object> copy = new ArrayList<>();
            int index = 0;
            for (Object element : list) {
                copy.add(copyOf(option + "[" + index++ + "]", element, depth + 1));
            }
            return Collections.unmodifiableList(copy);
        }
        String type = value.getClass().getTypeName().replaceFirst(".*\\.", "");
        throw new InvalidArgumentException(
                option,
                value.getClass().isArray() ? type : value,
                "JSON has no type for " + type,
                "Use String, Boolean, a number, null, List or Map.");
    }

    private static void checkDepth(String option, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidArgumentException(
                    option.substring(0, Math.min(option.length(), 60)) + "...",
                    depth,
                    "objects and arrays nest at most " + MAX_DEPTH + " levels deep",
                    "Check that no map contains itself.");
        }
    }

    private static Number canonical(String option, Number number) {
        BigDecimal decimal;
        try {
            decimal = new BigDecimal(number.toString()).stripTrailingZeros();
        } catch (NumberFormatException e) {
            throw new InvalidArgumentException(
                    option, number, "JSON has no such number", "Use a finite number, or text.");
        }
        if ((long) decimal.precision() + Math.abs((long) decimal.scale()) > MAX_DIGITS) {
            throw new InvalidArgumentException(
                    option, number, "a number has at most " + MAX_DIGITS + " digits", "Use text.");
        }
        if (decimal.scale() > 0) {
            return decimal;
        }
        BigInteger whole = decimal.toBigIntegerExact();
        return whole.bitLength() < Long.SIZE ? (Number) whole.longValueExact() : (Number) whole;
    }
}
