package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.CreateVectorizer;
import dev.pgai.change.CreateVectorizerIfAbsent;
import dev.pgai.change.VectorizerChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code createVectorizer}: {@link CreateVectorizer}. Its options are the keys of the JSON form of a
 * definition, and {@code enqueue_existing}; {@code name} is required. Its rollback is by itself: the vectorizer of this
 * name is dropped, with its embeddings.
 *
 * <p>{@code if_not_exists: true} makes it a {@link CreateVectorizerIfAbsent}: one that is there must be the same, and
 * there is no rollback but one that the change set gives.
 */
@DatabaseChange(
        name = "createVectorizer",
        description = "Creates a pgai vectorizer",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class CreateVectorizerChange extends PgaiChange {

    private static final String ACTION = "create";

    /** For Liquibase, which loads the options afterwards. */
    public CreateVectorizerChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to create; its definition must have a name
     * @throws InvalidArgumentException when it has none
     */
    public CreateVectorizerChange(CreateVectorizer change) {
        super(ACTION, named(change));
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to create; its definition must have a name
     * @throws InvalidArgumentException when it has none
     */
    public CreateVectorizerChange(CreateVectorizerIfAbsent change) {
        super(ACTION, named(change));
    }

    @Override
    void check(VectorizerChange change) {
        named(change);
    }

    /** Which other changes know it by. */
    static VectorizerChange named(VectorizerChange change) {
        if (change.becomes().orElseThrow().name() == null) {
            throw new InvalidArgumentException(
                    "name", null, "it is required", "Other change sets and the rollback know the vectorizer by it.");
        }
        return change;
    }
}
