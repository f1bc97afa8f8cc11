package dev.pgai.flyway;

import dev.pgai.PgaiException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;

/**
 * Says after each {@code migrate} which vectorizers do not work: Flyway runs a migration once, and a repeatable one
 * when it was edited, so that none of them sees what became of a vectorizer later. A migration may have dropped the
 * table and made it again, somebody may have dropped the store.
 *
 * <p>For each vectorizer on a table of the schemas that Flyway migrates, a warning in Flyway's log names all damages
 * that are errors and that {@link Pgai#list} sees, and what mends them. It does not fail the migrate, which is done.
 * Where pgai is not installed, where the role may not read the vectorizers, and on other databases than PostgreSQL, it
 * does nothing.
 *
 * <p>{@link CallbacksPlugin} registers it where Flyway finds that one. Elsewhere name it, beside callbacks of your own:
 * {@code flyway.callbacks=dev.pgai.flyway.DamageWarning}.
 */
public final class DamageWarning extends BaseCallback {

    private static final Log LOG = LogFactory.getLog(DamageWarning.class);

    /** For {@code callbacks(new DamageWarning())}, and for Flyway. */
    public DamageWarning() {}

    /**
     * For Flyway.
     *
     * @param event what happens
     * @param context not looked at
     * @return whether it is {@link Event#AFTER_MIGRATE}
     */
    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE;
    }

    /**
     * For Flyway.
     *
     * @param event what happens
     * @param context not looked at
     * @return true: it only reads
     */
    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    /**
     * Looks, and warns.
     *
     * @param event what happens
     * @param context of the migrate
     */
    @Override
    public void handle(Event event, Context context) {
        Connection connection = context.getConnection();
        try {
            if (Postgres.is(connection)) {
                FlywaySchemas schemas = FlywaySchemas.of(context.getConfiguration(), connection);
                vectorizers(connection).stream()
                        .filter(vectorizer -> !vectorizer.isWhole() && isOf(schemas, vectorizer))
                        .forEach(DamageWarning::warn);
            }
        } catch (SQLException | PgaiException e) {
            LOG.warn("It is not known whether the vectorizers work: " + e.getMessage());
        }
    }

    private static List<StoredVectorizer> vectorizers(Connection connection) {
        try {
            return Pgai.on(connection).list();
        } catch (RefusedException e) {
            // No pgai, or none that is this role's business.
            LOG.debug(e.getMessage());
            return List.of();
        }
    }

    /** Of one that cannot be read nobody knows the schema, so that everybody is told. */
    private static boolean isOf(FlywaySchemas schemas, StoredVectorizer vectorizer) {
        return vectorizer.unreadable().isPresent()
                || schemas.names().contains(vectorizer.definition().source().schema());
    }

    private static void warn(StoredVectorizer vectorizer) {
        String source = vectorizer.unreadable().isPresent()
                ? ""
                : " on " + vectorizer.definition().source();
        LOG.warn("Vectorizer \"" + vectorizer.name() + "\"" + source + " does not work: "
                + vectorizer.damages().stream()
                        .filter(damage -> damage.severity() == Problem.Severity.ERROR)
                        .map(Object::toString)
                        .collect(Collectors.joining(" ")));
    }
}
