package dev.pgai.liquibase;

import dev.pgai.change.EnableVectorizer;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code enableVectorizer}: {@link EnableVectorizer}. Its option is {@code name}, the vectorizer. Its
 * rollback is {@code disableVectorizer}.
 */
@DatabaseChange(
        name = "enableVectorizer",
        description = "Lets the worker work for a vectorizer again",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class EnableVectorizerChange extends PgaiChange {

    private static final String ACTION = "enable";

    /** For Liquibase, which loads the options afterwards. */
    public EnableVectorizerChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do
     */
    public EnableVectorizerChange(EnableVectorizer change) {
        super(ACTION, change);
    }
}
