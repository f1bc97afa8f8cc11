package dev.pgai.database;

import java.util.List;

/** How far the replacement of a vectorizer's embeddings is: a second vectorizer that fills beside it. */
public interface VectorizerReplacement {

    /** Where a replacement is. A newer version of this library may know more. */
    enum Phase {
        /** Workers embed rows for the second vectorizer; the first serves. */
        FILLING,

        /** The vectorizer has the new embeddings; those from before are still to be dropped. */
        EXCHANGED
    }

    /**
     * The vectorizer that is replaced.
     *
     * @return its name
     */
    String name();

    /**
     * The id of the vectorizer, which stays.
     *
     * @return differs between databases
     */
    int id();

    /**
     * The second vectorizer.
     *
     * @return its name: that of the first with {@code __next}
     */
    String next();

    /**
     * The id of the second vectorizer, for a worker of its own: {@code --vectorizer-id}.
     *
     * @return differs between databases
     */
    int nextId();

    /**
     * Where it is.
     *
     * @return the phase
     */
    Phase phase();

    /**
     * The second vectorizer's table of embeddings.
     *
     * @return with its schema, quoted where SQL needs that
     */
    String store();

    /**
     * The second vectorizer's view, on which a search can be tried before.
     *
     * @return with its schema, quoted where SQL needs that
     */
    String view();

    /**
     * Whether workers leave the second vectorizer alone.
     *
     * @return true when it is disabled
     */
    boolean isDisabled();

    /**
     * The rows of the source that are found now.
     *
     * @return how many rows have an embedding of the first, from 0
     */
    long rows();

    /**
     * Of those, the rows that would not be found if it were completed now.
     *
     * @return how many have no embedding of the second, from 0; while they are pending, workers make them
     */
    long missing();

    /**
     * What is queued for the second.
     *
     * @return rows of its queue, from 0; one that changed twice may be there twice
     */
    long pending();

    /**
     * What workers gave up for the second.
     *
     * @return rows of its failed queue, from 0
     */
    long failed();

    /**
     * What stands on the first's view and store, and would stay with the embeddings from before: views, functions,
     * foreign keys, policies, triggers, columns, indexes, publications. It must be gone when the replacement is
     * completed, or be made on the second's, too. What one of the two lacks is named, too; nothing is counted then.
     *
     * @return a sentence for each, in order; unmodifiable
     */
    List<String> obstacles();

    /**
     * Whether it can be completed.
     *
     * @return true while it fills, when nothing is missing and there are no obstacles
     */
    default boolean isReady() {
        return phase() == Phase.FILLING && missing() == 0 && obstacles().isEmpty();
    }
}
