package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.vectorizer.RelationName;

/** How the server carries out a search, as it says itself by {@code explain}. */
public sealed interface SearchPlan permits SearchPlan.ByIndex, SearchPlan.Exact {

    /**
     * The whole plan.
     *
     * @return what {@code explain (format json, verbose)} gave
     */
    String json();

    /**
     * An index on the embeddings gives the nearest, which is fast, and may miss some.
     *
     * @param index the index; of a partitioned table one of them
     * @param method how it works: {@code hnsw}, {@code ivfflat}, {@code diskann}
     * @param json as above
     */
    record ByIndex(RelationName index, String method, String json) implements SearchPlan {

        /**
         * Checks the arguments.
         *
         * @param index as above
         * @param method as above
         * @param json as above
         * @throws InvalidArgumentException when one is null
         */
        public ByIndex {
            Check.notNull("index", index);
            Check.notNull("method", method);
            Check.notNull("json", json);
        }

        /**
         * For people.
         *
         * @return the index and its method
         */
        @Override
        public String toString() {
            return "by index " + index + " (" + method + ")";
        }
    }

    /**
     * No index on the embeddings serves the search: every row that fulfils the conditions is compared, which is exact,
     * and slow when there are many.
     *
     * @param reason why
     * @param message why, and what to do about it: a sentence or more
     * @param json as above
     */
    record Exact(Reason reason, String message, String json) implements SearchPlan {

        /**
         * Checks the arguments.
         *
         * @param reason as above
         * @param message as above
         * @param json as above
         * @throws InvalidArgumentException when one is null
         */
        public Exact {
            Check.notNull("reason", reason);
            Check.notNull("message", message);
            Check.notNull("json", json);
        }

        /**
         * For people.
         *
         * @return the message
         */
        @Override
        public String toString() {
            return "without index: " + message;
        }
    }

    /** Why no index on the embeddings serves a search. */
    enum Reason {
        /** There is none. */
        NO_INDEX,
        /** What there is was made for another distance. */
        OTHER_DISTANCE,
        /**
         * What there is for the distance is not usable, such as after a {@code create index concurrently} that failed.
         */
        INVALID_INDEX,
        /**
         * What there is for the distance has only some of the rows, and the conditions do not say that those suffice.
         */
        PARTIAL_INDEX,
        /** The order of an {@link NeighbourSearch#offset offset}, up to PostgreSQL 16. */
        OFFSET,
        /** There is one, and the planner takes comparing all to be cheaper, or is kept from using it by a setting. */
        NOT_CHOSEN
    }
}
