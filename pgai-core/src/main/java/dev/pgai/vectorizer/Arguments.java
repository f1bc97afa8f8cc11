package dev.pgai.vectorizer;

import dev.pgai.json.EnumNames;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the arguments that were set, in the order of the catalog's function. There are few, and they are gone
 * through more often than looked up: names and values take turns in one array.
 */
final class Arguments extends AbstractMap<String, Object> {

    private static final int AT_FIRST = 8;

    private Object[] namesAndValues = new Object[AT_FIRST];
    private int used;

    Arguments set(String name, @Nullable Object value) {
        if (value instanceof Enum<?> constant) {
            add(name, EnumNames.nameOf(constant));
        } else if (value != null) {
            add(name, value);
        }
        return this;
    }

    private void add(String name, Object value) {
        if (used == namesAndValues.length) {
            namesAndValues = Arrays.copyOf(namesAndValues, 2 * used);
        }
        namesAndValues[used++] = name;
        namesAndValues[used++] = value;
    }

    /** Unmodifiable for all who see no more than a map. */
    Map<String, Object> toMap() {
        return this;
    }

    private String name(int place) {
        return (String) namesAndValues[place];
    }

    private Object value(int place) {
        return namesAndValues[place + 1];
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int place = 0; place < used; place += 2) {
            action.accept(name(place), value(place));
        }
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return used / 2;
            }

            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return Arrays.asList(entries()).iterator();
            }
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Map.Entry<String, Object>[] entries() {
        Map.Entry[] entries = new Map.Entry[used / 2];
        for (int place = 0; place < used; place += 2) {
            entries[place / 2] = Map.entry(name(place), value(place));
        }
        return entries;
    }
}
