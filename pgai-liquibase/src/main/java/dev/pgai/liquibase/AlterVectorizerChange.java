package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.AlterVectorizer;
import dev.pgai.change.VectorizerChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code alterVectorizer}: {@link AlterVectorizer}. Its options are those of a definition, with a
 * {@code name}: what the vectorizer becomes. {@code before} is the definition that it had, and makes the rollback; one
 * without a name has that of the vectorizer. Without {@code before} it has no rollback but one that the change set
 * gives.
 *
 * <p>Where rows must be queued again, the vectorizer must be disabled, by a change set before, and no worker be at it.
 * What would make another vectorizer of it is refused.
 */
@DatabaseChange(
        name = "alterVectorizer",
        description = "Gives a pgai vectorizer other options, and keeps its embeddings",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class AlterVectorizerChange extends PgaiChange {

    private static final String ACTION = "alter";

    /** For Liquibase, which loads the options afterwards. */
    public AlterVectorizerChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do; its definition must have a name
     * @throws InvalidArgumentException when it has none
     */
    public AlterVectorizerChange(AlterVectorizer change) {
        super(ACTION, CreateVectorizerChange.named(change));
    }

    @Override
    void check(VectorizerChange change) {
        CreateVectorizerChange.named(change);
    }
}
