package dev.pgai.flyway;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.PgaiNotInstalledException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;

/**
 * Lets {@code migrate} work again after {@code clean}, and keeps a clean from taking embeddings along that it was not
 * told to take. Flyway drops the tables of the schemas that it cleans, but the vectorizers on them are rows in schema
 * {@code ai}, and the next {@code create} would find their names taken.
 *
 * <p>Before a clean, it looks and changes nothing. It refuses a clean that it cannot judge, and one that would take
 * from schemas that are not cleaned what is pgai's or an embedding, because it depends on something that is dropped: an
 * extension, which Flyway drops when its user owns it, a type, a function, a table.
 *
 * <p>After a clean, it drops each vectorizer whose source, store or queue was in a schema that was cleaned, and is
 * gone. A store in another schema stays, and a warning in Flyway's log names it. All other vectorizers stay as they
 * are.
 *
 * <p>{@link CallbacksPlugin} registers it where Flyway finds that one. Elsewhere name it, beside callbacks of your own:
 * {@code flyway.callbacks=dev.pgai.flyway.CleanGuard}. Twice does what once does. Where pgai is not installed, and on
 * other databases than PostgreSQL, it does nothing.
 */
public final class CleanGuard extends BaseCallback {

    private static final Log LOG = LogFactory.getLog(CleanGuard.class);

    /** For {@code callbacks(new CleanGuard())}, and for Flyway. */
    public CleanGuard() {}

    /**
     * For Flyway.
     *
     * @param event what happens
     * @param context not looked at
     * @return whether it is {@link Event#BEFORE_CLEAN} or {@link Event#AFTER_CLEAN}
     */
    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_CLEAN || event == Event.AFTER_CLEAN;
    }

    /**
     * For Flyway.
     *
     * @param event what happens
     * @param context not looked at
     * @return true: either all vectorizers of the clean are dropped, or none
     */
    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    /**
     * Refuses a clean, or drops the vectorizers of the schemas that were cleaned.
     *
     * @param event what happens
     * @param context of the clean
     * @throws FlywayException when the clean is refused
     */
    @Override
    public void handle(Event event, Context context) {
        Connection connection = context.getConnection();
        if (!isPostgres(connection)) {
            return;
        }
        CleanedSchemas cleaned = CleanedSchemas.of(context);
        Pgai pgai = Pgai.on(connection);
        try {
            if (event == Event.BEFORE_CLEAN) {
                check(pgai, connection, cleaned);
            } else {
                OneTransaction.call(connection, () -> drop(pgai, connection, cleaned))
                        .forEach(vectorizer -> say(vectorizer, cleaned));
            }
        } catch (PgaiNotInstalledException e) {
            // No vectorizers, or the clean has just dropped them with the catalog.
            LOG.debug(e.getMessage());
        }
    }

    private static boolean isPostgres(Connection connection) {
        try {
            return Postgres.is(connection);
        } catch (SQLException e) {
            throw new FlywayException("Cannot ask which database this is: " + e.getMessage(), e);
        }
    }

    private static void check(Pgai pgai, Connection connection, CleanedSchemas cleaned) {
        List<StoredVectorizer> vectorizers = vectorizers(pgai, cleaned);
        List<StoredVectorizer> hit = vectorizers.stream()
                .filter(vectorizer -> tables(vectorizer).anyMatch(cleaned::contains))
                .toList();
        if (cleaned.contains(CatalogNames.SCHEMA)) {
            checkCatalog(vectorizers, cleaned);
        } else {
            Set<RelationName> hidden = cleaned.hidden(connection);
            checkRights(
                    pgai,
                    hit.stream()
                            .filter(vectorizer -> tables(vectorizer)
                                    .anyMatch(table -> cleaned.contains(table) && !hidden.contains(table)))
                            .toList(),
                    cleaned);
        }
        CleanLoss.of(connection, cleaned, vectorizers, hit).refuse();
    }

    private static List<StoredVectorizer> vectorizers(Pgai pgai, CleanedSchemas cleaned) {
        List<StoredVectorizer> vectorizers;
        try {
            vectorizers = pgai.list();
        } catch (PgaiNotInstalledException e) {
            throw e;
        } catch (RefusedException e) {
            throw new FlywayException(
                    cleaned.refused() + "it cannot be seen which vectorizers it takes the tables from. "
                            + e.getMessage(),
                    e);
        }
        for (StoredVectorizer vectorizer : vectorizers) {
            vectorizer.unreadable().ifPresent(why -> {
                throw new FlywayException(cleaned.refused() + "it cannot be seen whether it takes the tables from"
                        + " vectorizer \"" + vectorizer.name()
                        + "\", whose row in ai.vectorizer says what none can be: "
                        + why + " Drop the vectorizer first.");
            });
        }
        return vectorizers;
    }

    /** What is left without one of these works no more. The view is where the source is. */
    private static Stream<RelationName> tables(StoredVectorizer vectorizer) {
        return Stream.of(
                        vectorizer.definition().source(),
                        CatalogNames.of(vectorizer.definition()).store(),
                        vectorizer.queue())
                .filter(Objects::nonNull);
    }

    private static void checkCatalog(List<StoredVectorizer> vectorizers, CleanedSchemas cleaned) {
        String others = vectorizers.stream()
                .filter(vectorizer -> !cleaned.contains(vectorizer.definition().source()))
                .map(vectorizer -> "\"" + vectorizer.name() + "\" on "
                        + vectorizer.definition().source())
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            throw new FlywayException(cleaned.refused() + "schema ai is the catalog of pgai, and with it would go these"
                    + " vectorizers on tables in other schemas: " + others
                    + ". Leave ai out of flyway.schemas, or drop these vectorizers first.");
        }
        LOG.warn("Schema ai is cleaned: the catalog of pgai goes with it. Leave ai out of flyway.schemas, or install"
                + " pgai again before the next migrate.");
    }

    private static void checkRights(Pgai pgai, List<StoredVectorizer> hit, CleanedSchemas cleaned) {
        String problems = hit.stream()
                .flatMap(vectorizer -> pgai.check(VectorizerChange.drop(vectorizer.name(), Embeddings.KEEP)).stream())
                .map(Problem::toString)
                .distinct()
                .collect(Collectors.joining(" "));
        if (!problems.isEmpty()) {
            throw new FlywayException(
                    cleaned.refused() + "the vectorizers of these schemas could not be dropped, and the"
                            + " next migrate would find their names taken. " + problems);
        }
    }

    /** Flyway leaves some tables alone, such as those that its user may not read. */
    private static List<StoredVectorizer> drop(Pgai pgai, Connection connection, CleanedSchemas cleaned) {
        Set<RelationName> left = cleaned.relations(connection);
        Predicate<RelationName> gone = table -> cleaned.contains(table) && !left.contains(table);
        List<StoredVectorizer> hit = pgai.list().stream()
                .filter(vectorizer -> tables(vectorizer).anyMatch(gone))
                .toList();
        pgai.apply(hit.stream()
                .map(vectorizer -> {
                    RelationName store =
                            CatalogNames.of(vectorizer.definition()).store();
                    return VectorizerChange.drop(
                            vectorizer.name(), store != null && gone.test(store) ? Embeddings.DROP : Embeddings.KEEP);
                })
                .toList());
        return hit;
    }

    private static void say(StoredVectorizer dropped, CleanedSchemas cleaned) {
        LOG.info("Dropped vectorizer \"" + dropped.name() + "\" on "
                + dropped.definition().source());
        RelationName store = CatalogNames.of(dropped.definition()).store();
        if (store != null && !cleaned.contains(store)) {
            LOG.warn("The embeddings of vectorizer \"" + dropped.name() + "\" stay: " + store
                    + " is in a schema that is not cleaned, and the next migrate cannot create the vectorizer over it."
                    + " Adopt the embeddings then, by VectorizerChange.adopt, or drop that table.");
        }
    }
}
