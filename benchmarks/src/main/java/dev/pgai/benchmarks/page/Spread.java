package dev.pgai.benchmarks.page;

import java.util.Arrays;
import java.util.Locale;

/**
 * Several measurements of one thing: their median, and between what the middle half of them lies.
 *
 * @param median the one in the middle
 * @param low a quarter is below
 * @param high a quarter is above
 */
public record Spread(double median, double low, double high) {

    /**
     * Of measurements.
     *
     * @param values one or more
     * @return their spread
     */
    public static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75));
    }

    private static double quantile(double[] sorted, double part) {
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /**
     * For people.
     *
     * @return such as {@code 1.07 (1.05 to 1.10)}
     */
    public String ratio() {
        return String.format(Locale.ROOT, "%s (%s to %s)", number(median), number(low), number(high));
    }

    /**
     * A number with as many digits as matter.
     *
     * @param value a number
     * @return such as {@code 1,234}, {@code 12.3} or {@code 0.012}
     */
    public static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= 10) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        return String.format(Locale.ROOT, size >= 0.1 || size == 0 ? "%.2f" : "%.4f", value);
    }
}
