package dev.pgai.contract.search;

import dev.pgai.search.Distance;
import java.util.Random;
import java.util.stream.IntStream;

/** Distances as the definitions of pgvector's operators have them. */
public final class Expected {

    private Expected() {}

    public static float[] randomVector(Random random, int dimensions) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    public static double distance(Distance distance, float[] a, float[] b) {
        return switch (distance) {
            case COSINE -> 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
            case L2 -> Math.sqrt(dot(a, a) - 2 * dot(a, b) + dot(b, b));
            case INNER_PRODUCT -> -dot(a, b);
            case L1 ->
                IntStream.range(0, a.length)
                        .mapToDouble(i -> Math.abs((double) a[i] - b[i]))
                        .sum();
        };
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
