package dev.pgai.jdbc.install;

import static java.util.Objects.requireNonNull;

import dev.pgai.catalog.CatalogInstallException;
import dev.pgai.catalog.CatalogInstallException.Reason;
import dev.pgai.catalog.CatalogScript;
import dev.pgai.catalog.InstallResult;
import dev.pgai.catalog.InstallResult.Outcome;
import dev.pgai.database.OutcomeUnknownException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.OneLine;
import dev.pgai.jdbc.connection.Session;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs a script: look, decide, lock, look again, run.
 *
 * @param newVectorSchema where to create the extension {@code vector}, or null for the search path's first
 */
public record Installation(
        Session session, CatalogScript script, @Nullable String newVectorSchema) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pgai.jdbc");

    /** Each failure means that somebody else changed the catalog in between, which nobody does all the time. */
    private static final int ATTEMPTS = 10;

    /** Does it, unless there is nothing to do. */
    public InstallResult run() {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                Done done = session.change("install pgai " + script.version(), this::installed);
                done.log(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
                return done;
            } catch (CatalogInstallException e) {
                if (e.reason() != Reason.CONCURRENT_CHANGE || session.isInTransaction() || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Done installed(Database database) {
        DatabaseState state = DatabaseState.read(database);
        InstallPlan plan = InstallDecision.decide(state, script, newVectorSchema);
        if (plan.outcome() != Outcome.UNCHANGED && database.isInTransaction()) {
            // Here a second look must come after the lock: a statement that fails would take the transaction along.
            run(database, InstallStatement.LOCK, state);
            state = DatabaseState.read(database);
            plan = InstallDecision.decide(state, script, newVectorSchema);
        }
        if (plan.outcome() != Outcome.UNCHANGED) {
            run(database, InstallStatement.render(script, state, plan), state);
        }
        // What was done is known without a look, which could fail when all is done.
        return new Done(
                state.status().database(),
                plan.outcome(),
                script.version(),
                state.status().version(),
                plan.vectorSchema(),
                plan.createsVector());
    }

    private void run(Database database, String sql, DatabaseState state) {
        try {
            // The warnings are of migrations whose text changed, as it does with each version.
            database.run(sql, UnaryOperator.identity())
                    .warnings()
                    .forEach(warning -> LOG.debug("Installing pgai {}: {}", script.version(), OneLine.of(warning)));
        } catch (OutcomeUnknownException e) {
            throw e;
        } catch (PgaiDatabaseException e) {
            throw InstallDecision.failure(state, script, e);
        }
    }

    private record Done(
            String database,
            Outcome outcome,
            String version,
            @Nullable String previousVersion,
            String vectorSchema,
            boolean vectorCreated)
            implements InstallResult {

        void log(long millis) {
            String what = switch (outcome) {
                case INSTALLED -> "Installed pgai " + version + " into";
                case UPGRADED -> "Upgraded pgai " + requireNonNull(previousVersion) + " to " + version + " in";
                case REINSTALLED -> "Reinstalled pgai " + version + ", of which something was lost, in";
                case UNCHANGED -> null;
            };
            if (what != null) {
                LOG.info(
                        "{} database {} in {} ms, vector{} in schema {}",
                        what,
                        OneLine.of(database),
                        millis,
                        vectorCreated ? " created" : "",
                        OneLine.of(vectorSchema));
            }
        }
    }
}
