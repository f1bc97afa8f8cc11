package dev.pgai.liquibase;

import dev.pgai.change.EnqueueRows;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code enqueueVectorizer}: {@link EnqueueRows}. Its options:
 *
 * <ul>
 *   <li>{@code name}: the vectorizer, required
 *   <li>{@code enqueue}: {@code all}, the default, or {@code missing}: which rows are queued
 * </ul>
 *
 * <p>It has no rollback but one that the change set gives, which may be empty.
 */
@DatabaseChange(
        name = "enqueueVectorizer",
        description = "Queues rows of a pgai vectorizer again",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class EnqueueVectorizerChange extends PgaiChange {

    private static final String ACTION = "enqueue";

    /** For Liquibase, which loads the options afterwards. */
    public EnqueueVectorizerChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do
     */
    public EnqueueVectorizerChange(EnqueueRows change) {
        super(ACTION, change);
    }
}
