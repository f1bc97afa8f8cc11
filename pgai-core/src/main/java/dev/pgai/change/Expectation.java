package dev.pgai.change;

import dev.pgai.json.EnumNames;

/**
 * What a change needs to find in a database.
 *
 * @param vectorizer whether the vectorizer must be there
 * @param right what the current user must be allowed to do to {@code ai.vectorizer}
 * @param state what else must be so
 * @param owned of what the current user must be the owner, or inherit from it
 */
public record Expectation(Presence vectorizer, Right right, State state, Owned owned) {

    static Expectation of(Presence vectorizer, Right right) {
        return new Expectation(vectorizer, right, State.ANY, Owned.NOTHING);
    }

    Expectation with(State state) {
        return new Expectation(vectorizer, right, state, owned);
    }

    Expectation with(Owned owned) {
        return new Expectation(vectorizer, right, state, owned);
    }

    /** Objects of a vectorizer that is there. */
    public enum Owned {
        /** None of them: rights on the catalog are enough. */
        NOTHING,
        /** The view. */
        VIEW,
        /** Source and queues. */
        SOURCE_AND_QUEUES,
        /** All that there are: those, and store and view. */
        ALL
    }

    /** What must be so, beyond the row of the vectorizer. */
    public enum State {
        /** Whatever. */
        ANY,
        /** Nothing is damaged that keeps rows from being embedded and found. */
        WHOLE,
        /** As above, but for columns of the source that the definition of the change need not have. */
        ALTERABLE,
        /** Whatever is damaged can be made again from what is there. */
        MENDABLE,
        /** View, store, source and key are there, and called as the vectorizer's row says. */
        VIEW_THERE,
        /** As above, and the view can be made again. */
        VIEW_REFRESHABLE,
        /** The source is not there any more. */
        SOURCE_GONE,
        /** Nothing is damaged, and no second vectorizer fills beside it. */
        REPLACEABLE,
        /** A replacement has been started, and nothing is damaged. */
        REPLACEMENT_STARTED,
        /** A replacement has been started, and is not completed. */
        REPLACEMENT_FILLING,
        /** There are embeddings where the definition wants them. */
        EMBEDDINGS_KEPT
    }

    /** Whether a vectorizer of the name must be there. */
    public enum Presence {
        /** It is an error when there is one. */
        ABSENT,
        /** When there is one, nothing is done. */
        ABSENT_OR_DONE,
        /** It is an error when there is none. */
        PRESENT,
        /** When there is none, nothing is done. */
        PRESENT_OR_DONE;

        /**
         * Whether the change does nothing, and succeeds, when the database is otherwise.
         *
         * @return true for {@link #ABSENT_OR_DONE} and {@link #PRESENT_OR_DONE}
         */
        public boolean orDone() {
            return this == ABSENT_OR_DONE || this == PRESENT_OR_DONE;
        }

        /**
         * Whether the change is about a vectorizer that is there.
         *
         * @return true for {@link #PRESENT} and {@link #PRESENT_OR_DONE}
         */
        public boolean isPresent() {
            return this == PRESENT || this == PRESENT_OR_DONE;
        }
    }

    /** A right on {@code ai.vectorizer}. */
    public enum Right {
        /** {@code grant insert}. */
        INSERT,
        /** {@code grant update}. */
        UPDATE,
        /** {@code grant delete}. */
        DELETE;

        /**
         * The privilege.
         *
         * @return as SQL writes it, such as {@code insert}
         */
        public String privilege() {
            return EnumNames.nameOf(this);
        }
    }
}
