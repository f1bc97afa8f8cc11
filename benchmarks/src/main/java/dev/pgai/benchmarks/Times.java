package dev.pgai.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Durations in milliseconds, by what took them. */
final class Times {

    private final Map<String, List<Double>> all = new LinkedHashMap<>();

    synchronized void add(String name, double millis) {
        all.computeIfAbsent(name, unused -> new ArrayList<>()).add(millis);
    }

    /** From {@link System#nanoTime()} then until now. */
    void addSince(String name, long start) {
        add(name, (System.nanoTime() - start) / 1e6);
    }

    double median(String name) {
        List<Double> sorted =
                all.getOrDefault(name, List.of()).stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalStateException("nothing was measured of " + name);
        }
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    boolean has(String name) {
        return all.containsKey(name);
    }

    /** One line for each duration, for another process to read. */
    void print() {
        all.forEach((name, values) ->
                values.forEach(value -> System.out.printf(Locale.ROOT, "took %.3f %s%n", value, name)));
    }

    /** Reads a line of {@link #print()}, and ignores any other. */
    void read(String line) {
        String[] words = line.split(" ", 3);
        if (words.length == 3 && words[0].equals("took")) {
            add(words[2], Double.parseDouble(words[1]));
        }
    }
}
