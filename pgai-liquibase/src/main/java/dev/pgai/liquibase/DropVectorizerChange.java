package dev.pgai.liquibase;

import dev.pgai.change.DropVectorizer;
import dev.pgai.change.DropVectorizerIfExists;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code dropVectorizer}: {@link DropVectorizer}. Its options:
 *
 * <ul>
 *   <li>{@code name}: the vectorizer, required
 *   <li>{@code embeddings}: {@code drop}, the default, or {@code keep}: whether store and view go, too. The column of a
 *       column destination always stays.
 *   <li>{@code definition}: the vectorizer as it was, with the options of {@code createVectorizer}. The rollback
 *       creates it again, and the worker embeds anew. Without it the change has no rollback but one that the change set
 *       gives.
 *   <li>{@code if_exists}: {@code true} makes it a {@link DropVectorizerIfExists}, which has no rollback.
 * </ul>
 */
@DatabaseChange(
        name = "dropVectorizer",
        description = "Drops a pgai vectorizer",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class DropVectorizerChange extends PgaiChange {

    private static final String ACTION = "drop";

    /** For Liquibase, which loads the options afterwards. */
    public DropVectorizerChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do
     */
    public DropVectorizerChange(DropVectorizer change) {
        super(ACTION, change);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do
     */
    public DropVectorizerChange(DropVectorizerIfExists change) {
        super(ACTION, change);
    }
}
