package dev.pgai.benchmarks.page;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line in a plot.
 *
 * @param name what it is
 * @param points x and y, both above 0
 */
public record Series(String name, SortedMap<Double, Double> points) {

    /**
     * Copies the points.
     *
     * @param name as above
     * @param points as above
     */
    public Series(String name, Map<Double, Double> points) {
        this(name, (SortedMap<Double, Double>) new TreeMap<>(points));
    }
}
