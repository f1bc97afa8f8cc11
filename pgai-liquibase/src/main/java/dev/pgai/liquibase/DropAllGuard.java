package dev.pgai.liquibase;

import dev.pgai.PgaiException;
import dev.pgai.database.PgaiNotInstalledException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.RelationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import liquibase.CatalogAndSchema;
import liquibase.command.AbstractCommandStep;
import liquibase.command.CommandDefinition;
import liquibase.command.CommandResultsBuilder;
import liquibase.command.CommandScope;
import liquibase.command.core.DropAllCommandStep;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.lockservice.LockService;
import liquibase.lockservice.LockServiceFactory;
import liquibase.util.StringUtil;
import org.jspecify.annotations.Nullable;

/**
 * Drops the vectorizers of the schemas that {@code dropAll} empties, before it does: on the command line, from Java, in
 * Maven, and where {@code dropFirst} is set. Else their rows would stay in {@code ai.vectorizer}, and the next update
 * would take them for vectorizers. Liquibase finds it by itself; there is no need to call it.
 *
 * <p>A vectorizer is hit when its source, its embeddings or its queue are in one of these schemas. Embeddings in
 * another schema stay, as a drop that keeps them leaves them.
 *
 * <p>The {@code dropAll} is refused when the vectorizers cannot be read, and when it is of schema {@code ai}.
 */
public final class DropAllGuard extends AbstractCommandStep {

    private static final String COMMAND = "dropAll";

    /** After the database is connected, which is in no order at all, and before Liquibase's own step. */
    private static final int ORDER = 900;

    /** For Liquibase. */
    public DropAllGuard() {}

    /**
     * It defines no command.
     *
     * @return null
     */
    @Override
    @SuppressWarnings("NullAway") // as the interface has it
    public String @Nullable [][] defineCommandNames() {
        return null;
    }

    @Override
    @Deprecated // but asked
    public int getOrder(CommandDefinition definition) {
        return definition.is(COMMAND) ? ORDER : -1;
    }

    @Override
    public List<Class<?>> requiredDependencies() {
        return List.of(Database.class);
    }

    @Override
    public void run(CommandResultsBuilder results) throws Exception {
        CommandScope command = results.getCommandScope();
        Database database = (Database) command.getDependency(Database.class);
        if (database instanceof PostgresDatabase
                && database.getConnection() instanceof JdbcConnection connection
                && !isAboutToBeRefused(command)) {
            Pgai pgai = Pgai.on(connection.getUnderlyingConnection());
            Set<String> emptied = emptied(command, database);
            List<StoredVectorizer> hit = hit(pgai, emptied);
            if (!hit.isEmpty()) {
                drop(pgai, hit, emptied, database);
            }
        }
    }

    private static boolean isAboutToBeRefused(CommandScope command) {
        return Boolean.TRUE.equals(command.getArgumentValue(DropAllCommandStep.REQUIRE_FORCE_ARG))
                && !Boolean.TRUE.equals(command.getArgumentValue(DropAllCommandStep.FORCE_ARG));
    }

    /** As Liquibase takes them: from Java, from the argument, or the default one. */
    private static Set<String> emptied(CommandScope command, Database database) {
        CatalogAndSchema[] given = command.getArgumentValue(DropAllCommandStep.CATALOG_AND_SCHEMAS_ARG);
        List<CatalogAndSchema> schemas = new ArrayList<>();
        if (given != null && given.length > 0) {
            schemas.addAll(List.of(given));
        } else {
            String names = command.getArgumentValue(DropAllCommandStep.SCHEMAS_ARG);
            if (names != null && !names.isEmpty()) {
                StringUtil.splitAndTrim(names, ",").forEach(name -> schemas.add(new CatalogAndSchema(null, name)));
            } else {
                schemas.add(new CatalogAndSchema(database.getDefaultCatalogName(), database.getDefaultSchemaName()));
            }
        }
        Set<String> emptied = new TreeSet<>();
        for (CatalogAndSchema schema : schemas) {
            String name = schema.customize(database).getSchemaName();
            emptied.add(name == null ? database.getDefaultSchemaName() : name);
        }
        return emptied;
    }

    private static List<StoredVectorizer> hit(Pgai pgai, Set<String> emptied) throws DatabaseException {
        if (emptied.contains(CatalogNames.SCHEMA)) {
            throw new DatabaseException(
                    "dropAll of " + emptied + " is refused: it would leave half of pgai in schema ai,"
                            + " and every vectorizer of this database without it. Leave ai out, or drop schema ai cascade.");
        }
        try {
            return pgai.list().stream()
                    .filter(vectorizer -> Stream.of(
                                    vectorizer.definition().source(),
                                    CatalogNames.of(vectorizer.definition()).store(),
                                    vectorizer.queue())
                            .filter(Objects::nonNull)
                            .anyMatch(relation -> emptied.contains(relation.schema())))
                    .toList();
        } catch (PgaiNotInstalledException e) {
            return List.of();
        } catch (PgaiException e) {
            throw Asked.told(
                    "dropAll of " + emptied + " is refused: which vectorizers it takes the tables from is not known. "
                            + e.getMessage(),
                    e);
        }
    }

    /** Under Liquibase's lock, which its own step finds taken and gives back. */
    private static void drop(Pgai pgai, List<StoredVectorizer> hit, Set<String> emptied, Database database)
            throws LiquibaseException {
        LockService lock = LockServiceFactory.getInstance().getLockService(database);
        lock.waitForLock();
        try {
            for (StoredVectorizer vectorizer : hit) {
                // The tables and views are dropped by dropAll, with what hangs on them.
                pgai.drop(vectorizer.name(), Embeddings.KEEP);
            }
            database.commit();
        } catch (PgaiException e) {
            database.rollback();
            lock.releaseLock();
            throw Asked.told(String.valueOf(e.getMessage()), e);
        }
        hit.forEach(vectorizer -> tell(vectorizer, emptied));
    }

    private static void tell(StoredVectorizer vectorizer, Set<String> emptied) {
        RelationName store = CatalogNames.of(vectorizer.definition()).store();
        RelationName source = vectorizer.definition().source();
        String dropped = "Dropped vectorizer " + vectorizer.name() + " on " + source + " before dropAll of " + emptied;
        if (store != null && !emptied.contains(store.schema())) {
            Told.warning(
                    dropped + ". Its embeddings stay in " + store + ", which is in another schema: let a"
                            + " change set take them over by adoptVectorizer, or drop them before one creates the vectorizer again.");
        } else if (store == null && !emptied.contains(source.schema())) {
            Told.warning(dropped + ". Its embeddings stay in " + column(vectorizer) + " of " + source
                    + ", which is in another schema.");
        } else if (!emptied.contains(source.schema())) {
            Told.warning(dropped + ", which drops its embeddings. " + source + " stays, in another schema.");
        } else {
            Told.info(dropped + ", which drops its embeddings");
        }
    }

    private static String column(StoredVectorizer vectorizer) {
        return vectorizer.definition().destination() instanceof Destination.Column column
                ? "column " + column.embeddingColumn()
                : "a column";
    }
}
