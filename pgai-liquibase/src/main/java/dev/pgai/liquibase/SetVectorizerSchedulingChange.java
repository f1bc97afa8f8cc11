package dev.pgai.liquibase;

import dev.pgai.change.SetVectorizerScheduling;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code setVectorizerScheduling}: {@link SetVectorizerScheduling}. Its options are {@code name},
 * {@code scheduling} and {@code indexing}. It has no rollback but one that the change set gives.
 */
@DatabaseChange(
        name = "setVectorizerScheduling",
        description = "Gives a vectorizer another schedule and another index",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class SetVectorizerSchedulingChange extends PgaiChange {

    private static final String ACTION = "set_scheduling";

    /** For Liquibase, which loads the options afterwards. */
    public SetVectorizerSchedulingChange() {
        super(ACTION, null);
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param change what to do
     */
    public SetVectorizerSchedulingChange(SetVectorizerScheduling change) {
        super(ACTION, change);
    }
}
