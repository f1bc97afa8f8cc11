package dev.pgai.testkit.worker;

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
     * are scaled to length 1. A text without letters and digits gives the first unit vector. The result depends on the
     * text and the dimensions alone, and is the same in all JVMs.
     *
     * @param dimensions the length of the vectors, 1 or more; a hundred or more keep texts apart that share nothing
     * @return an embedder that is safe for use by several threads and throws nothing
     * @throws IllegalArgumentException when the dimensions are less than 1
     */
    static Embedder ofWords(int dimensions) {
        return new WordEmbedder(dimensions)::embed;
    }
}
