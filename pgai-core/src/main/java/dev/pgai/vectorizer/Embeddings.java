package dev.pgai.vectorizer;

/** What becomes of the embeddings when a vectorizer is dropped: the argument {@code drop_all} of the catalog. */
public enum Embeddings {

    /** The store and its view stay ({@code drop_all => false}). */
    KEEP,

    /**
     * The store and its view are dropped, and the embeddings in them are lost ({@code drop_all => true}). The column of
     * a {@link Destination.Column column destination} stays all the same: the catalog never drops it.
     */
    DROP
}
