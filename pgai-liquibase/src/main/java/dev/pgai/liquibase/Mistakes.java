package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds all mistakes in the options of a change. What reads them stops at the first, so that one is mended, in a copy
 * that is thrown away, and the reading is tried again, until there is none or it cannot be mended.
 */
final class Mistakes {

    /** Beyond what anybody gets wrong. */
    private static final int LIMIT = 100;

    /** What stands for an option, so that nothing else is wrong because of it. */
    private static final Map<String, Map<String, Object>> MENDED = Map.of(
            "source", Map.of("schema", "x", "table", "x"),
            "loading", Map.of("implementation", "column", "column_name", "x"),
            "embedding", Map.of("implementation", "openai", "model", "x", "dimensions", 1),
            "chunking", Map.of("implementation", "none"),
            "destination", Map.of("implementation", "table", "destination", "x"),
            "scheduling", Map.of("implementation", "timescaledb"),
            "indexing", Map.of("implementation", "none"));

    /** Without the second, which was mended, nobody knows about the first. */
    private static final Map<String, String> BOUND = Map.of("chunk_overlap", "chunk_size", "ef_construction", "m");

    private final Map<String, Object> values;
    private final Set<String> mended = new HashSet<>();
    private final Map<String, Integer> tries = new HashMap<>();
    private final List<String> found = new ArrayList<>();

    private Mistakes(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * What was read, or all mistakes.
     *
     * @param value null when there are mistakes
     * @param mistakes a sentence or more for each
     */
    record Reading<T>(@Nullable T value, List<String> mistakes) {}

    /** Reads. */
    static <T> Reading<T> read(Map<String, Object> values, Function<Map<String, Object>, T> reader) {
        try {
            return new Reading<>(reader.apply(values), List.of());
        } catch (InvalidArgumentException first) {
            Mistakes mistakes = new Mistakes(copy(values));
            mistakes.findAll(first, reader);
            return new Reading<>(null, List.copyOf(mistakes.found));
        }
    }

    private <T> void findAll(InvalidArgumentException first, Function<Map<String, Object>, T> reader) {
        InvalidArgumentException mistake = first;
        for (int i = 0; i < LIMIT && mistake != null; i++) {
            if (!isConsequence(mistake.argument())) {
                found.add(String.valueOf(mistake.getMessage()));
            }
            if (!mend(mistake.argument())) {
                return;
            }
            mistake = next(reader);
        }
    }

    private <T> @Nullable InvalidArgumentException next(Function<Map<String, Object>, T> reader) {
        try {
            T unused = reader.apply(copy(values));
            return null;
        } catch (InvalidArgumentException e) {
            return e;
        }
    }

    /** Of what was mended, and no mistake of the user's. */
    private boolean isConsequence(String path) {
        String bound = BOUND.get(path.substring(path.lastIndexOf('.') + 1));
        String boundTo = bound == null ? path : path.substring(0, path.lastIndexOf('.') + 1) + bound;
        return mended.stream()
                .anyMatch(other -> other.equals(path)
                        || other.equals(boundTo)
                        || other.startsWith(path + ".")
                        || path.startsWith(other + "."));
    }

    /** First it is taken out, as one that nobody needs; then it gets a value; then what it is in gets another. */
    private boolean mend(String path) {
        int dot = path.lastIndexOf('.');
        String key = path.substring(dot + 1);
        Map<String, Object> container = container(dot < 0 ? "" : path.substring(0, dot));
        mended.add(path);
        if (container == null) {
            return dot > 0 && mend(path.substring(0, dot));
        }
        int attempt = tries.merge(path, 1, Integer::sum);
        if (attempt == 1 && !container.containsKey(key)) {
            attempt = tries.merge(path, 1, Integer::sum);
        }
        if (attempt == 1) {
            container.remove(key);
        } else if (attempt == 2) {
            container.put(key, MENDED.containsKey(key) ? copy(MENDED.get(key)) : "x");
        } else if (attempt == 3) {
            // No text, but a number.
            container.put(key, "1");
        } else {
            return dot > 0 && mend(path.substring(0, dot));
        }
        return true;
    }

    @SuppressWarnings("unchecked") // keys are texts
    private @Nullable Map<String, Object> container(String path) {
        Map<String, Object> container = values;
        for (String key : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
            if (!(container.get(key) instanceof Map<?, ?> next)) {
                return null;
            }
            container = (Map<String, Object>) next;
        }
        return container;
    }

    @SuppressWarnings("unchecked") // keys are texts
    private static Map<String, Object> copy(Map<String, Object> values) {
        Map<String, Object> copy = new LinkedHashMap<>();
        values.forEach((key, value) ->
                copy.put(key, value instanceof Map<?, ?> map ? copy((Map<String, Object>) map) : value));
        return copy;
    }
}
