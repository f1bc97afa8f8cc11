package dev.pgai.flyway;

import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.VectorizerDamagedException;
import dev.pgai.jdbc.Pgai;
import java.sql.Connection;
import java.util.List;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * A versioned migration that creates, changes or drops vectorizers, in the migration's transaction.
 *
 * <pre>{@code
 * public class V2__Create_blog_vectorizer extends VectorizerMigration {
 *     @Override
 *     protected List<VectorizerChange> changes() {
 *         return List.of(VectorizerChange.create(BLOG));
 *     }
 * }
 * }</pre>
 *
 * <p>Its checksum comes from what it does, so that {@code validate} notices an edited migration. For a repeatable one
 * (a name that starts with {@code R__}), see {@link RepeatableVectorizerMigration}.
 *
 * <p>All its changes are done or none, so that a migration that failed can run again: with
 * {@code flyway.executeInTransaction=false}, where Flyway begins no transaction, it begins one of its own on Flyway's
 * connection.
 */
public abstract class VectorizerMigration extends BaseJavaMigration {

    private static final Log LOG = LogFactory.getLog(VectorizerMigration.class);

    /** Takes version and description from the name of the class, as every Java migration of Flyway's. */
    protected VectorizerMigration() {}

    /**
     * Says what the migration does. Called more than once, also when nothing is to be migrated: the same changes each
     * time, and no look at a database.
     *
     * @return the changes, in their order
     */
    protected List<VectorizerChange> changes() {
        throw new PgaiException(getClass().getName() + " says not what it does. Override changes().");
    }

    /**
     * Says what the migration does where the schema matters, such as with a schema for each tenant. Override this one
     * or {@link #changes()}. Names of vectorizers are unique in a database, so that the schema belongs into them, too.
     *
     * @param defaultSchema the schema that Flyway migrates; for the checksum, a fixed name that stands for it
     * @return the changes, in their order
     */
    protected List<VectorizerChange> changes(String defaultSchema) {
        return changes();
    }

    /**
     * Of the changes.
     *
     * @return the same for the same changes
     * @throws PgaiException when Flyway would repeat the migration, or when there is no change
     */
    @Override
    public final Integer getChecksum() {
        if (getVersion() == null) {
            throw new PgaiException(getClass().getName()
                    + " is refused: Flyway repeats it, and changes that were done cannot be done again. Name it"
                    + " V<version>__..., or extend RepeatableVectorizerMigration.");
        }
        List<VectorizerChange> changes = said(Checksum.DEFAULT_SCHEMA);
        if (changes.isEmpty()) {
            throw new PgaiException(getClass().getName()
                    + " is refused: it says that there is nothing to do, and would be applied all the same. Give one"
                    + " change or more, or delete it.");
        }
        return Checksum.of(changes);
    }

    private List<VectorizerChange> said(String defaultSchema) {
        return Said.by(this, "changes", changes(defaultSchema));
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
     * Does the changes. What the database, or the check of a definition, warns of is in Flyway's log, too.
     *
     * @param context has the connection
     * @throws PgaiException when a change is refused or fails; with a {@link VectorizerDamagedException} as its cause,
     *     and what to do, when a vectorizer that is to be created is there and does not work
     */
    @Override
    public final void migrate(Context context) {
        Connection connection = context.getConnection();
        List<VectorizerChange> changes = said(DefaultSchema.of(context));
        try {
            OneTransaction.call(connection, () -> Pgai.on(connection).apply(changes))
                    .forEach(applied -> applied.warnings().forEach(LOG::warn));
        } catch (VectorizerDamagedException e) {
            throw new PgaiException(
                    e.getMessage() + " This migration is to create it. Has a clean without CleanGuard left it"
                            + " behind, drop it, in SQL by ai.drop_vectorizer(name, drop_all => true),"
                            + " and migrate again: embeddings that are left of it go with it. To keep them, repair"
                            + " it, and let the migration say VectorizerChange.createIfAbsent.",
                    e);
        }
    }
}
