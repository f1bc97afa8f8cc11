package dev.pgai.benchmarks.page;

/**
 * A bar of a chart of ratios.
 *
 * @param name what it is
 * @param ratio how it compares
 * @param goal what it should not be above; {@link Double#NaN} for none
 */
public record Bar(String name, Spread ratio, double goal) {}
