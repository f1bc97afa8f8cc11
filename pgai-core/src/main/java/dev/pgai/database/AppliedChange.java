package dev.pgai.database;

import dev.pgai.change.VectorizerChange;
import java.util.List;
import java.util.OptionalInt;

/** What {@code Pgai.apply} gives back. */
public interface AppliedChange {

    /**
     * What was asked for.
     *
     * @return the change
     */
    VectorizerChange change();

    /**
     * Whether the database was changed.
     *
     * @return false when it was as it was to be: when what is created if absent is there, or what is dropped if it
     *     exists is not
     */
    boolean changed();

    /**
     * The id of the vectorizer in this database.
     *
     * @return the id; empty when there was no vectorizer
     */
    OptionalInt id();

    /**
     * What the check of the definition, and the server, warn of. They are in the log, too; this is for tools that have
     * a channel of their own.
     *
     * @return an unmodifiable list, each warning on one line; empty when there is none
     */
    List<String> warnings();
}
