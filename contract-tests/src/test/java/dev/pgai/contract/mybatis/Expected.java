package dev.pgai.contract.mybatis;

import dev.pgai.search.Distance;
import java.util.Random;

/** Distances as the definitions of pgvector's operators have them. */
final class Expected {

    private Expected() {}

    static float[] randomVector(Random random, int dimensions) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    static double distance(Distance distance, float[] a, float[] b) {
        return switch (distance) {
            case COSINE -> 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
            case L2 -> Math.sqrt(dot(a, a) - 2 * dot(a, b) + dot(b, b));
            case INNER_PRODUCT -> -dot(a, b);
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
