package dev.pgai.benchmarks.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Values by name, in the order in which they came. Who asks for one that is not there has made a mistake.
 *
 * @param <T> the values
 */
public final class ByName<T> {

    private final Map<String, T> values = new LinkedHashMap<>();

    /** None yet. */
    public ByName() {}

    /**
     * Adds one, or takes the place of the one of this name.
     *
     * @param name its name
     * @param value the value
     * @return this
     */
    public ByName<T> put(String name, T value) {
        values.put(name, value);
        return this;
    }

    /**
     * The value of a name.
     *
     * @param name its name
     * @return the value
     */
    public T get(String name) {
        T value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("nothing was measured of " + name + ", only of " + values.keySet());
        }
        return value;
    }

    /**
     * The value of a name, or a new one.
     *
     * @param name its name
     * @param absent makes it
     * @return the value
     */
    public T getOrAdd(String name, Supplier<T> absent) {
        return values.computeIfAbsent(name, unused -> absent.get());
    }

    /**
     * All names.
     *
     * @return a copy
     */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /**
     * All values.
     *
     * @return a copy
     */
    public List<T> values() {
        return List.copyOf(values.values());
    }

    /**
     * Does something with each.
     *
     * @param action what
     */
    public void forEach(BiConsumer<String, T> action) {
        values.forEach(action);
    }
}
