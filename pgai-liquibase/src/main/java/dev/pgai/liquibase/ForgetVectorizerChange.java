package dev.pgai.liquibase;

import dev.pgai.change.ForgetVectorizer;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code forgetVectorizer}: {@link ForgetVectorizer}. Its option is {@code name}, the vectorizer. Its
 * embeddings stay. It has no rollback but one that the change set gives, which may be an {@code adoptVectorizer}.
 */
@DatabaseChange(
        name = "forgetVectorizer",
        description = "Forgets a pgai vectorizer whose source is gone",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class ForgetVectorizerChange extends PgaiChange {

    private static final String ACTION = "forget";

    /** For Liquibase, which loads the options afterwards. */
    public ForgetVectorizerChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do
     */
    public ForgetVectorizerChange(ForgetVectorizer change) {
        super(ACTION, change);
    }
}
