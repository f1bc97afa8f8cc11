package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.StartReplacement;
import dev.pgai.change.VectorizerChange;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code startVectorizerReplacement}: {@link StartReplacement}. Its options are those of a definition, with
 * a {@code name}: what the vectorizer becomes when the replacement is completed; and {@code enqueue}: {@code all}, the
 * default, {@code missing} or {@code none}: which rows are queued at once.
 *
 * <p>Its rollback is by itself: the replacement is aborted.
 */
@DatabaseChange(
        name = "startVectorizerReplacement",
        description = "Makes other embeddings beside those of a pgai vectorizer",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class StartVectorizerReplacementChange extends PgaiChange {

    private static final String ACTION = "start_replacement";

    /** For Liquibase, which loads the options afterwards. */
    public StartVectorizerReplacementChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do; its definition must have a name
     * @throws InvalidArgumentException when it has none
     */
    public StartVectorizerReplacementChange(StartReplacement change) {
        super(ACTION, CreateVectorizerChange.named(change));
    }

    @Override
    void check(VectorizerChange change) {
        CreateVectorizerChange.named(change);
    }
}
