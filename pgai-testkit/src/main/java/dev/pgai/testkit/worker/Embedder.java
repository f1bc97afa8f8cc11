package dev.pgai.testkit.worker;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes a vector of a text, in the place of a model. The same text should give the same vector, so that tests are
 * repeatable. An exception is recorded as a failure of the provider, see {@link TestWorker}.
 */
@FunctionalInterface
public interface Embedder {

    /**
     * Embeds one text: a formatted chunk, or what a test searches for. {@link java.util.Arrays#toString(float[])} of
     * the result is a text that pgvector reads.
     *
     * @param text the text
     * @return the vector, as long as the vectorizer's {@code dimensions}
     * @throws Exception when there is no vector for the text; its message is recorded as the reason
     */
    float[] embed(String text) throws Exception;

    /**
     * Embeds by the words of a text: what {@link TestWorker} uses when it is given nothing else. Texts that share
     * words, or parts of words, are near each other under cosine, inner product and Euclidean distance; case and
     * punctuation do not count, the order of words does not either. Meaning is not known: synonyms are far apart.
     *
     * <p>Each word, and each run of three to five of its characters, is hashed to one dimension and a sign; the sums
     * are scaled to length 1. Of scripts without spaces between words, such as Chinese, Japanese and Thai, and of
     * Korean, all short runs of characters count. Emoji are words. A text without letters, digits and emoji gives the
     * first unit vector. The result depends on the text and the dimensions alone, and is the same in all JVMs.
     *
     * @param dimensions the length of the vectors, 1 or more; a hundred or more keep texts apart that share nothing
     * @return an embedder that is safe for use by several threads and throws nothing
     * @throws InvalidArgumentException when the dimensions are less than 1
     */
    static Embedder ofWords(int dimensions) {
        return new WordEmbedder(dimensions)::embed;
    }

    /**
     * Embeds the texts that a table has, such as vectors that a model once gave.
     *
     * @param vectors by text; copied
     * @return an embedder that is safe for use by several threads, and throws for a text that is not in the table
     */
    static Embedder ofTable(Map<String, float[]> vectors) {
        return new VectorTable("the table", vectors)::embed;
    }

    /**
     * Embeds the texts that a file has: a JSON object, whose keys are the texts and whose values are arrays of numbers.
     *
     * @param location {@code classpath:} and a path without a leading slash, or a path of the file system
     * @return an embedder that is safe for use by several threads, and throws for a text that is not in the file
     * @throws PgaiException when there is no such file, or it has something else in it
     */
    static Embedder ofTable(String location) {
        return VectorTable.read(location)::embed;
    }

    /**
     * Fails for a while: the first texts fail, and the others are embedded by this embedder.
     *
     * @param times how many texts fail, 0 or more
     * @param failure what is thrown for each
     * @return an embedder of its own count
     * @throws InvalidArgumentException when the times are negative
     */
    default Embedder failingFirst(int times, Exception failure) {
        Objects.requireNonNull(failure, "failure");
        if (times < 0) {
            throw new InvalidArgumentException("times", times, "it must be 0 or more", "Use 0 for none that fails.");
        }
        AtomicInteger left = new AtomicInteger(times);
        return text -> {
            if (left.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
                throw failure;
            }
            return embed(text);
        };
    }
}
