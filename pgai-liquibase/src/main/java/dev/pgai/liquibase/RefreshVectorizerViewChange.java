package dev.pgai.liquibase;

import dev.pgai.change.RefreshVectorizerView;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code refreshVectorizerView}: {@link RefreshVectorizerView}. Its options:
 *
 * <ul>
 *   <li>{@code name}: the vectorizer, required
 *   <li>{@code around}: SQL statements that change the source, run while the view is not there, in the same
 *       transaction; a list, none by default
 * </ul>
 *
 * <p>It has no rollback but one that the change set gives, which may be another of these.
 */
@DatabaseChange(
        name = "refreshVectorizerView",
        description = "Gives the view of a pgai vectorizer the columns of its source",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class RefreshVectorizerViewChange extends PgaiChange {

    private static final String ACTION = "refresh_view";

    /** For Liquibase, which loads the options afterwards. */
    public RefreshVectorizerViewChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do
     */
    public RefreshVectorizerViewChange(RefreshVectorizerView change) {
        super(ACTION, change);
    }
}
