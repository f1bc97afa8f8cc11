package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.AdoptVectorizer;
import dev.pgai.change.VectorizerChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code adoptVectorizer}: {@link AdoptVectorizer}. Its options are those of a definition, with a
 * {@code name}, and:
 *
 * <ul>
 *   <li>{@code enqueue}: {@code missing}, the default, {@code all} or {@code none}: which rows are queued
 *   <li>{@code delete_orphans}: {@code true} deletes embeddings whose row is gone; false by default
 * </ul>
 *
 * <p>Its rollback is by itself: the vectorizer is dropped, and the embeddings are kept.
 */
@DatabaseChange(
        name = "adoptVectorizer",
        description = "Creates a pgai vectorizer over embeddings that are there",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class AdoptVectorizerChange extends PgaiChange {

    private static final String ACTION = "adopt";

    /** For Liquibase, which loads the options afterwards. */
    public AdoptVectorizerChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do; its definition must have a name
     * @throws InvalidArgumentException when it has none
     */
    public AdoptVectorizerChange(AdoptVectorizer change) {
        super(ACTION, CreateVectorizerChange.named(change));
    }

    @Override
    void check(VectorizerChange change) {
        CreateVectorizerChange.named(change);
    }
}
