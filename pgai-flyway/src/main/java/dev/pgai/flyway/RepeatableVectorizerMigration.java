package dev.pgai.flyway;

import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.VectorizerDiffersException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * A repeatable migration that declares vectorizers: which there are to be. It runs when it was edited. It creates what
 * is missing, leaves alone what is the same, and refuses what is there with another definition, naming each difference:
 * another definition means other embeddings. A vectorizer that is no longer declared stays; drop it in a
 * {@link VectorizerMigration}.
 *
 * <pre>{@code
 * public class R__Vectorizers extends RepeatableVectorizerMigration {
 *     @Override
 *     protected Collection<VectorizerDefinition> definitions() {
 *         return List.of(BLOG);
 *     }
 * }
 * }</pre>
 */
public abstract class RepeatableVectorizerMigration extends BaseJavaMigration {

    /** Takes the description from the name of the class, as every Java migration of Flyway's. */
    protected RepeatableVectorizerMigration() {}

    /**
     * The vectorizers that are to be there. Called more than once, also when nothing is to be migrated: the same each
     * time, and no look at a database.
     *
     * @return the definitions, in the order in which they are created
     */
    protected Collection<VectorizerDefinition> definitions() {
        throw new PgaiException(
                getClass().getName() + " says not which vectorizers there are to be." + " Override definitions().");
    }

    /**
     * The vectorizers that are to be there, where the schema matters, such as with a schema for each tenant. Override
     * this one or {@link #definitions()}. Names of vectorizers are unique in a database, so that the schema belongs
     * into them, too.
     *
     * @param defaultSchema the schema that Flyway migrates; for the checksum, a fixed name that stands for it
     * @return the definitions, in the order in which they are created
     */
    protected Collection<VectorizerDefinition> definitions(String defaultSchema) {
        return definitions();
    }

    /**
     * Whether a vectorizer that is there with another definition is dropped, with all its embeddings, and created anew.
     *
     * @return false, unless overridden: the migration fails then, and names the differences
     */
    protected boolean mayLoseEmbeddings() {
        return false;
    }

    /**
     * Of the definitions, and of whether embeddings may be lost.
     *
     * @return the same for the same declaration
     */
    @Override
    public final Integer getChecksum() {
        if (getVersion() != null) {
            throw new PgaiException(getClass().getName()
                    + " is refused: it has a version, and Flyway runs it only once. Name it R__..., or extend"
                    + " VectorizerMigration.");
        }
        // What it may lose is part of what it does: it may create what is there, too.
        return Checksum.of(definitions(Checksum.DEFAULT_SCHEMA).stream()
                .flatMap(definition -> mayLoseEmbeddings()
                        ? Stream.of(
                                VectorizerChange.createIfAbsent(definition),
                                VectorizerChange.dropIfExists(
                                        CatalogNames.of(definition).vectorizer(), Embeddings.DROP),
                                VectorizerChange.create(definition))
                        : Stream.of(VectorizerChange.createIfAbsent(definition)))
                .toList());
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
     * Creates what is missing.
     *
     * @param context has the connection
     */
    @Override
    public final void migrate(Context context) {
        Pgai pgai = Pgai.on(context.getConnection());
        definitions(DefaultSchema.of(context)).forEach(definition -> declare(pgai, definition));
    }

    private void declare(Pgai pgai, VectorizerDefinition definition) {
        try {
            pgai.createIfAbsent(definition);
        } catch (VectorizerDiffersException e) {
            if (!mayLoseEmbeddings()) {
                throw new PgaiException(
                        e.getMessage() + " Or let mayLoseEmbeddings() of "
                                + getClass().getName()
                                + " return true: then it is dropped with its embeddings and created anew.",
                        e);
            }
            pgai.apply(List.of(VectorizerChange.drop(e.name(), Embeddings.DROP), VectorizerChange.create(definition)));
        }
    }
}
