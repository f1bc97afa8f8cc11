package dev.pgai.plan;

/**
 * What a step of a plan does beside what it is for, and what somebody must agree to before: see {@link Consent}. The
 * names are stable; more may come with newer versions of this library.
 */
public enum Hazard {
    /** Embeddings are deleted, or replaced by those of another model, before there are new ones. */
    LOSES_EMBEDDINGS("its embeddings are lost"),

    /** Rows that have an embedding are embedded, and paid for, again. */
    REEMBEDS_ROWS("rows are embedded and paid for again"),

    /** Until all rows are embedded, a search finds fewer of them, or none. */
    SEARCH_GAP("a search finds fewer rows until all are embedded"),

    /** Embeddings stay behind in a table or a column that nobody fills any more. */
    ORPHANS_EMBEDDINGS("its embeddings stay behind, and nobody keeps them up to date"),

    /**
     * Embeddings that are there are taken over, and nothing but their dimensions tells by which model they were made.
     */
    TRUSTS_EMBEDDINGS("embeddings that are there are taken for those of its model"),

    /** Writes to the source wait until the transaction of the plan ends. */
    BLOCKS_WRITES("writes to the source wait meanwhile");

    private final String effect;

    Hazard(String effect) {
        this.effect = effect;
    }

    /**
     * What comes of it.
     *
     * @return half a sentence, such as {@code rows are embedded and paid for again}
     */
    public String effect() {
        return effect;
    }
}
