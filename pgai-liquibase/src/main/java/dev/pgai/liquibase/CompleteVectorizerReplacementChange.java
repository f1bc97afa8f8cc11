package dev.pgai.liquibase;

import dev.pgai.change.CompleteReplacement;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code completeVectorizerReplacement}: {@link CompleteReplacement}. Its options:
 *
 * <ul>
 *   <li>{@code name}: the vectorizer, required
 *   <li>{@code accept_gaps}: {@code true} completes although rows that are found now have no embedding beside it; false
 *       by default
 * </ul>
 *
 * <p>The vectorizer and {@code <name>__next} must be disabled, by a change set before, and no worker be at them. A
 * {@code dropVectorizer} of {@code <name>__next} follows, in a change set of its own. It has no rollback but one that
 * the change set gives.
 */
@DatabaseChange(
        name = "completeVectorizerReplacement",
        description = "Gives a pgai vectorizer the embeddings that were made beside it",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class CompleteVectorizerReplacementChange extends PgaiChange {

    private static final String ACTION = "complete_replacement";

    /** For Liquibase, which loads the options afterwards. */
    public CompleteVectorizerReplacementChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do
     */
    public CompleteVectorizerReplacementChange(CompleteReplacement change) {
        super(ACTION, change);
    }
}
