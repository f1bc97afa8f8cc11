package dev.pgai.flyway;

import dev.pgai.database.CatalogTooOldException;
import dev.pgai.database.MissingRightsException;
import dev.pgai.database.PgaiNotInstalledException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets {@code migrate} work again after {@code clean}. Flyway drops the tables of the schemas that it cleans, but the
 * vectorizers on them are rows in schema {@code ai}, and the next {@code create} would find their names taken. Before a
 * clean this callback drops each vectorizer whose source, store or queue is in a schema that is cleaned:
 * {@code ai.drop_vectorizer} with {@code drop_all => false}, for Flyway itself drops what is in these schemas. A store
 * in another schema stays, and a warning names it. All other vectorizers stay as they are.
 *
 * <p>Flyway also drops the extensions that are in a schema that it cleans and belong to the current user, with
 * everything that depends on them. When that would take embeddings away that are in a schema that is not cleaned, the
 * clean is refused before it dropped anything. Else a migration must create extension {@code vector} again, before the
 * one that creates a vectorizer.
 *
 * <p>Flyway finds it by itself (see {@link db.callback.PgaiCleanGuard}). Where pgai is not installed, it does nothing.
 * Where the user may not read the vectorizers, or the catalog is older than 0.10.2, it warns and does nothing. When
 * schema {@code ai} itself is cleaned, it warns: pgai's catalog goes with it.
 */
public class CleanGuard extends BaseCallback {

    /** Where Flyway would find the extension: it drops those of the current user only. */
    private static final String SCHEMA_OF_TYPE = """
            select n.nspname
            from pg_catalog.pg_extension e
            join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) e.extnamespace
            join pg_catalog.pg_roles r on r.oid operator(pg_catalog.=) e.extowner
            where e.extname operator(pg_catalog.=) 'vector' and r.rolname operator(pg_catalog.=) current_user
            """;

    private static final Logger LOG = LoggerFactory.getLogger(CleanGuard.class);

    /** For {@code callbacks(new CleanGuard())}, where Flyway does not look into {@code db/callback}. */
    public CleanGuard() {}

    /**
     * For Flyway.
     *
     * @param event what happens
     * @param context not looked at
     * @return whether it is {@link Event#BEFORE_CLEAN}
     */
    @Override
    public final boolean supports(Event event, Context context) {
        return event == Event.BEFORE_CLEAN;
    }

    /**
     * For Flyway.
     *
     * @param event what happens
     * @param context not looked at
     * @return true: either all these vectorizers are dropped, or none
     */
    @Override
    public final boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    /**
     * Drops the vectorizers of the schemas that are cleaned.
     *
     * @param event what happens
     * @param context of the clean
     */
    @Override
    public final void handle(Event event, Context context) {
        Set<String> cleaned = cleanedSchemas(context);
        Pgai pgai = Pgai.on(context.getConnection());
        List<StoredVectorizer> vectorizers;
        try {
            vectorizers = pgai.list();
        } catch (PgaiNotInstalledException e) {
            return;
        } catch (CatalogTooOldException | MissingRightsException e) {
            LOG.warn(
                    "Cannot see which vectorizers the clean of {} takes the tables from; one that stays makes the next"
                            + " migrate fail: {}",
                    cleaned,
                    e.getMessage());
            return;
        }
        if (cleaned.contains(CatalogNames.SCHEMA)) {
            LOG.warn("Schema ai is cleaned: the catalog of pgai goes with it, and every vectorizer of this database."
                    + " Leave ai out of flyway.schemas, or install pgai again before the next migrate.");
        }
        refuseToDropType(context.getConnection(), vectorizers, cleaned);
        vectorizers.stream()
                .filter(vectorizer -> isHit(vectorizer, cleaned))
                .forEach(vectorizer -> drop(pgai, vectorizer, cleaned));
    }

    private static boolean isHit(StoredVectorizer vectorizer, Set<String> cleaned) {
        return Stream.of(
                        vectorizer.definition().source(),
                        CatalogNames.of(vectorizer.definition()).store(),
                        vectorizer.queue())
                .filter(Objects::nonNull)
                .anyMatch(relation -> cleaned.contains(relation.schema()));
    }

    private static void refuseToDropType(
            Connection connection, List<StoredVectorizer> vectorizers, Set<String> cleaned) {
        // Also those that the clean hits: their store in another schema is to keep its embeddings.
        List<String> outside = vectorizers.stream()
                .filter(vectorizer ->
                        !cleaned.contains(embeddings(vectorizer.definition()).schema()))
                .map(StoredVectorizer::name)
                .toList();
        if (outside.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SCHEMA_OF_TYPE)) {
            if (row.next() && cleaned.contains(row.getString(1))) {
                throw new FlywayException(
                        "The clean of " + cleaned + " is refused: it would drop extension vector, which is"
                                + " in schema " + row.getString(1)
                                + ", and with it the embeddings of vectorizers in other schemas: "
                                + String.join(", ", outside)
                                + ". Let another role own the extension, or drop these vectorizers first.");
            }
        } catch (SQLException e) {
            throw new FlywayException("Cannot look for extension vector: " + e.getMessage(), e);
        }
    }

    private static RelationName embeddings(VectorizerDefinition definition) {
        RelationName store = CatalogNames.of(definition).store();
        return store == null ? definition.source() : store;
    }

    private static void drop(Pgai pgai, StoredVectorizer vectorizer, Set<String> cleaned) {
        RelationName store = CatalogNames.of(vectorizer.definition()).store();
        pgai.drop(vectorizer.name(), Embeddings.KEEP);
        if (store != null && !cleaned.contains(store.schema())) {
            LOG.warn(
                    "The embeddings of vectorizer {} stay: {} is in a schema that is not cleaned. Drop it before the"
                            + " next migrate if that creates the vectorizer again.",
                    vectorizer.name(),
                    store);
        }
    }

    /** As Flyway takes them: the schemas and the default schema, or the current one when neither is configured. */
    private static Set<String> cleanedSchemas(Context context) {
        Configuration configuration = context.getConfiguration();
        Set<String> schemas = new TreeSet<>(List.of(configuration.getSchemas()));
        String defaultSchema = configuration.getDefaultSchema();
        if (defaultSchema != null) {
            schemas.add(defaultSchema);
        }
        if (schemas.isEmpty()) {
            schemas.add(currentSchema(context.getConnection()));
        }
        return schemas;
    }

    private static String currentSchema(Connection connection) {
        try {
            return connection.getSchema();
        } catch (SQLException e) {
            throw new FlywayException("Cannot read the current schema: " + e.getMessage(), e);
        }
    }
}
