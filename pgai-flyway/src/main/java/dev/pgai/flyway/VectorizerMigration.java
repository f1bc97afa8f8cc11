package dev.pgai.flyway;

import dev.pgai.PgaiException;
import dev.pgai.jdbc.Pgai;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * A versioned migration that creates, changes or drops vectorizers, in the migration's transaction.
 *
 * <pre>{@code
 * public class V2__Create_blog_vectorizer extends VectorizerMigration {
 *     @Override
 *     protected void steps(VectorizerSteps steps) {
 *         steps.create(BLOG);
 *     }
 * }
 * }</pre>
 *
 * <p>Its checksum comes from what it does, so that {@code validate} notices an edited migration. For a repeatable one
 * (a name that starts with {@code R__}), see {@link RepeatableVectorizerMigration}.
 */
public abstract class VectorizerMigration extends BaseJavaMigration {

    /** Takes version and description from the name of the class, as every Java migration of Flyway's. */
    protected VectorizerMigration() {}

    /**
     * Says what the migration does. Called more than once, also when nothing is to be migrated: the same steps each
     * time, and no look at a database.
     *
     * @param steps takes the steps, in their order
     */
    protected abstract void steps(VectorizerSteps steps);

    /**
     * Of the steps.
     *
     * @return the same for the same steps
     */
    @Override
    public final Integer getChecksum() {
        return collect().checksum();
    }

    /**
     * True, so that a migration that fails leaves nothing behind.
     *
     * @return true
     */
    @Override
    public final boolean canExecuteInTransaction() {
        return true;
    }

    /**
     * Runs the steps.
     *
     * @param context has the connection
     */
    @Override
    public final void migrate(Context context) {
        collect().run(Pgai.on(context.getConnection()));
    }

    private VectorizerSteps collect() {
        if (getVersion() == null) {
            throw new PgaiException(getClass().getName()
                    + " is refused: Flyway repeats it, and steps that ran cannot run again. Name it V<version>__..., or"
                    + " extend RepeatableVectorizerMigration.");
        }
        VectorizerSteps steps = new VectorizerSteps();
        steps(steps);
        return steps;
    }
}
