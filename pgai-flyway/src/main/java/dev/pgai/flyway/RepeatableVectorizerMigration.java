package dev.pgai.flyway;

import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.AppliedChange;
import dev.pgai.database.Damage;
import dev.pgai.database.Problem;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerDamagedException;
import dev.pgai.database.VectorizerDiffersException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.vectorizer.Alteration;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * A repeatable migration that declares vectorizers: which there are to be. It runs when it was edited. It creates what
 * is missing, leaves alone what is the same and works, and changes what needs no other embeddings
 * ({@link Alteration#IN_PLACE}). It refuses what is there with a definition that means other embeddings, naming each
 * difference, and tells what would make up for it. What a definition leaves out is to be as by default, so that an
 * option that was taken out is a difference, too. It refuses what is there and does not work, naming each damage. A
 * vectorizer that is no longer declared stays; drop it in a {@link VectorizerMigration}.
 *
 * <p>When it was not edited, Flyway does not run it, whatever became of the vectorizers: {@link DamageWarning} looks
 * then.
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

    private static final Log LOG = LogFactory.getLog(RepeatableVectorizerMigration.class);

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
                getClass().getName() + " says not which vectorizers there are to be. Override definitions().");
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
     * Whether a vectorizer that is there and damaged is repaired: {@link VectorizerChange#repair}, which may have rows
     * embedded again. What cannot be made again from what is there is refused all the same.
     *
     * @return false, unless overridden: the migration fails then, and names the damage
     */
    protected boolean mayRepair() {
        return false;
    }

    /**
     * Of the definitions, and of what may be done about those that are there.
     *
     * @return the same for the same declaration
     * @throws PgaiException when the migration has a version, when there is no definition, or when two have one name
     */
    @Override
    public final Integer getChecksum() {
        if (getVersion() != null) {
            throw new PgaiException(getClass().getName()
                    + " is refused: it has a version, and Flyway runs it only once. Name it R__..., or extend"
                    + " VectorizerMigration.");
        }
        List<VectorizerDefinition> definitions = declared(Checksum.DEFAULT_SCHEMA);
        if (definitions.isEmpty()) {
            throw new PgaiException(getClass().getName()
                    + " is refused: it declares no vectorizer, and would drop none. Drop what is to go in a"
                    + " VectorizerMigration, and delete this one.");
        }
        return Checksum.of(definitions.stream()
                .flatMap(definition -> whatMayBeDone(definition).stream())
                .toList());
    }

    /** Two of one name would replace each other in each run. */
    private List<VectorizerDefinition> declared(String defaultSchema) {
        List<VectorizerDefinition> definitions = Said.by(this, "definitions", definitions(defaultSchema));
        Set<String> names = new HashSet<>();
        for (VectorizerDefinition definition : definitions) {
            String name = CatalogNames.of(definition).vectorizer();
            if (!names.add(name)) {
                throw new PgaiException(getClass().getName() + " is refused: it declares vectorizer \"" + name
                        + "\" twice. Names of vectorizers are unique in a database: delete one, or give it another"
                        + " name.");
            }
        }
        return definitions;
    }

    /** What it may do to one that is there is part of what it does: it is to run again when it may do more. */
    private List<VectorizerChange> whatMayBeDone(VectorizerDefinition definition) {
        String name = CatalogNames.of(definition).vectorizer();
        List<VectorizerChange> changes = new ArrayList<>();
        changes.add(VectorizerChange.createIfAbsent(definition));
        if (mayRepair()) {
            changes.add(VectorizerChange.repair(name));
        }
        if (mayLoseEmbeddings()) {
            changes.add(VectorizerChange.dropIfExists(name, Embeddings.DROP));
            changes.add(VectorizerChange.create(definition));
        }
        return changes;
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
     * Creates what is missing, all or nothing. What the database, or the check of a definition, warns of is in Flyway's
     * log, too.
     *
     * @param context has the connection
     */
    @Override
    public final void migrate(Context context) {
        Connection connection = context.getConnection();
        Pgai pgai = Pgai.on(connection);
        List<VectorizerDefinition> definitions = declared(DefaultSchema.of(context));
        OneTransaction.call(
                        connection,
                        () -> definitions.stream()
                                .flatMap(definition -> declare(pgai, definition).stream())
                                .toList())
                .forEach(applied -> applied.warnings().forEach(LOG::warn));
    }

    private List<AppliedChange> declare(Pgai pgai, VectorizerDefinition definition) {
        try {
            return createOrReplace(pgai, definition);
        } catch (VectorizerDamagedException e) {
            if (!mayRepair()) {
                throw new PgaiException(
                        e.getMessage() + " Then migrate again."
                                + (isMendedByRepair(e)
                                        ? " Or let mayRepair() of " + getClass().getName()
                                                + " return true: then this migration repairs it."
                                        : ""),
                        e);
            }
            List<AppliedChange> applied = new ArrayList<>();
            applied.add(pgai.apply(VectorizerChange.repair(e.name())));
            applied.addAll(createOrReplace(pgai, definition));
            return applied;
        }
    }

    private static boolean isMendedByRepair(VectorizerDamagedException e) {
        return e.damages().stream()
                .allMatch(damage -> damage.severity() == Problem.Severity.WARNING
                        || damage.code().mend() == Damage.Mend.REPAIR);
    }

    private List<AppliedChange> createOrReplace(Pgai pgai, VectorizerDefinition definition) {
        try {
            AppliedChange applied = pgai.apply(VectorizerChange.createIfAbsent(definition));
            if (!applied.changed()) {
                refuseDifferences(pgai.find(applied.change().name()).orElseThrow(), definition);
            }
            return List.of(applied);
        } catch (VectorizerDiffersException e) {
            if (isMadeUpInPlace(e)) {
                return List.of(pgai.apply(VectorizerChange.alter(definition)));
            }
            if (!mayLoseEmbeddings()) {
                throw new PgaiException(
                        e.getMessage() + " What would make up for it: "
                                + pgai.plan(DesiredState.of(List.of(definition)))
                                + "\nNo migration does that by itself. Call Pgai.apply with the plan and consents. Or let"
                                + " mayLoseEmbeddings() of " + getClass().getName()
                                + " return true: then it is dropped with its embeddings and created anew.",
                        e);
            }
            return pgai.apply(
                    List.of(VectorizerChange.drop(e.name(), Embeddings.DROP), VectorizerChange.create(definition)));
        }
    }

    private static boolean isMadeUpInPlace(VectorizerDiffersException e) {
        return e.differences().stream().allMatch(difference -> difference.alteration() == Alteration.IN_PLACE);
    }

    /** A declaration says all: what it leaves out is to be as by default, and not as an earlier one said. */
    private static void refuseDifferences(StoredVectorizer stored, VectorizerDefinition definition) {
        List<DefinitionDifference> differences = DefinitionDifference.all(definition, stored.definition()).stream()
                .filter(difference -> !isSetting(definition, difference.path()))
                .toList();
        if (!differences.isEmpty()) {
            throw new VectorizerDiffersException(stored.name(), stored.id(), differences);
        }
    }

    /** What index and schedule are by default says a setting of the database. */
    private static boolean isSetting(VectorizerDefinition definition, String path) {
        return path.startsWith("indexing.")
                ? DefinitionForm.isLeftToSettings(definition.indexing())
                : path.startsWith("scheduling.") && DefinitionForm.isLeftToSettings(definition.scheduling());
    }
}
