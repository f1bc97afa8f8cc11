package dev.pgai.testkit.worker;

import dev.pgai.InvalidArgumentException;

/** Hashed words and parts of words, see {@link Embedder#ofWords(int)}. */
final class WordEmbedder {

    private final int dimensions;

    WordEmbedder(int dimensions) {
        if (dimensions < 1) {
            throw new InvalidArgumentException(
                    "dimensions", dimensions, "it must be 1 or more", "Use those of the definition.");
        }
        this.dimensions = dimensions;
    }

    float[] embed(String text) {
        double[] sums = new double[dimensions];
        WordFeatures.of(text).forEach((feature, count) -> {
            // A word that is there ten times does not count ten times as much.
            double weight = Math.sqrt(count);
            long hash = hash(feature);
            int dimension = (int) Long.remainderUnsigned(hash >>> 1, dimensions);
            sums[dimension] += (hash & 1) == 0 ? weight : -weight;
        });
        return unit(sums);
    }

    private static float[] unit(double[] sums) {
        double squares = 0;
        for (double sum : sums) {
            squares += sum * sum;
        }
        float[] vector = new float[sums.length];
        if (squares == 0) {
            // A vector of zeros has no direction, and no cosine distance to anything.
            vector[0] = 1;
            return vector;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < sums.length; i++) {
            vector[i] = (float) (sums[i] / length);
        }
        return vector;
    }

    /** FNV-1a over UTF-16, then the finalizer of MurmurHash3: the low bits alone are too regular. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
