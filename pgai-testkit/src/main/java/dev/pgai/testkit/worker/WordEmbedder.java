package dev.pgai.testkit.worker;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hashed words and parts of words, see {@link Embedder#ofWords(int)}. */
final class WordEmbedder {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

    private static final int SHORTEST_PART = 3;
    private static final int LONGEST_PART = 5;

    private final int dimensions;

    WordEmbedder(int dimensions) {
        if (dimensions < 1) {
            throw new IllegalArgumentException("dimensions must be 1 or more, not " + dimensions);
        }
        this.dimensions = dimensions;
    }

    float[] embed(String text) {
        double[] sums = new double[dimensions];
        features(text).forEach((feature, count) -> {
            // A word that is there ten times does not count ten times as much.
            double weight = Math.sqrt(count);
            long hash = hash(feature);
            int dimension = (int) Long.remainderUnsigned(hash >>> 1, dimensions);
            sums[dimension] += (hash & 1) == 0 ? weight : -weight;
        });
        return unit(sums);
    }

    private static Map<String, Integer> features(String text) {
        Map<String, Integer> features = new LinkedHashMap<>();
        Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (words.find()) {
            features.merge(words.group(), 1, Integer::sum);
            // The ends are part of the parts, so that the start of a word is not the same as its middle.
            int[] word = ("<" + words.group() + ">").codePoints().toArray();
            for (int length = SHORTEST_PART; length <= LONGEST_PART; length++) {
                for (int start = 0; start + length <= word.length; start++) {
                    features.merge("#" + new String(word, start, length), 1, Integer::sum);
                }
            }
        }
        return features;
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
