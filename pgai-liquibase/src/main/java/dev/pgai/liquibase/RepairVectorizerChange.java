package dev.pgai.liquibase;

import dev.pgai.change.RepairVectorizer;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code repairVectorizer}: {@link RepairVectorizer}. Its options:
 *
 * <ul>
 *   <li>{@code name}: the vectorizer, required
 *   <li>{@code enqueue}: {@code all}, the default, {@code missing} or {@code none}: which rows are queued when changes
 *       of the source went by unseen
 *   <li>{@code delete_orphans}: {@code true} deletes embeddings whose row is gone; false by default
 * </ul>
 *
 * <p>It has no rollback but one that the change set gives: nobody wants the damage back.
 */
@DatabaseChange(
        name = "repairVectorizer",
        description = "Makes again what is missing of a pgai vectorizer",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class RepairVectorizerChange extends PgaiChange {

    private static final String ACTION = "repair";

    /** For Liquibase, which loads the options afterwards. */
    public RepairVectorizerChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do
     */
    public RepairVectorizerChange(RepairVectorizer change) {
        super(ACTION, change);
    }
}
