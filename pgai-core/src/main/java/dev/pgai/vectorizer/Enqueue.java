package dev.pgai.vectorizer;

/** Which rows of the source are put into the queue, and so embedded and paid for. */
public enum Enqueue {
    /** All of them. Embeddings that are there already are replaced one by one, and found until then. */
    ALL,

    /**
     * Those without an embedding that are not queued already. Cheaper, and not exact: a row that was changed while
     * nobody saw it keeps the embedding of what it was before.
     */
    MISSING,

    /** None. */
    NONE
}
