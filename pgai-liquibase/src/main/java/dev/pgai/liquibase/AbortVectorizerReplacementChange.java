package dev.pgai.liquibase;

import dev.pgai.change.AbortReplacement;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code abortVectorizerReplacement}: {@link AbortReplacement}. Its option is {@code name}, the vectorizer,
 * which stays as it is. It has no rollback but one that the change set gives.
 */
@DatabaseChange(
        name = "abortVectorizerReplacement",
        description = "Drops the embeddings that are being made beside a pgai vectorizer",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class AbortVectorizerReplacementChange extends PgaiChange {

    private static final String ACTION = "abort_replacement";

    /** For Liquibase, which loads the options afterwards. */
    public AbortVectorizerReplacementChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do
     */
    public AbortVectorizerReplacementChange(AbortReplacement change) {
        super(ACTION, change);
    }
}
