package dev.pgai.liquibase;

import dev.pgai.change.DisableVectorizer;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code disableVectorizer}: {@link DisableVectorizer}. Its option is {@code name}, the vectorizer. Its
 * rollback is {@code enableVectorizer}.
 */
@DatabaseChange(
        name = "disableVectorizer",
        description = "Keeps the worker from working for a vectorizer",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class DisableVectorizerChange extends PgaiChange {

    private static final String ACTION = "disable";

    /** For Liquibase, which loads the options afterwards. */
    public DisableVectorizerChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do
     */
    public DisableVectorizerChange(DisableVectorizer change) {
        super(ACTION, change);
    }
}
