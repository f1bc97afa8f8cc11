package dev.pgai.jdbc.install;

import static java.util.Objects.requireNonNull;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.install.CatalogInstallException.Reason;
import dev.pgai.jdbc.install.InstallResult.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs or upgrades the pgai catalog of a database, as {@code pgai install} does, and does what that leaves to the
 * user: it never downgrades, upgrades 0.10.0 and 0.10.1 (whose view {@code ai.vectorizer_status} has to go first;
 * grants on it are kept), and waits for other installers. An extension {@code vector} that the database lacks is
 * created.
 *
 * <p>Either everything is done or nothing. The role needs the right {@code create} on the database; no superuser is
 * needed where the extension {@code vector} is there or trusted. Immutable.
 */
public final class CatalogInstaller {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogInstaller.class);

    private final @Nullable String newVectorSchema;

    private CatalogInstaller(@Nullable String newVectorSchema) {
        this.newVectorSchema = newVectorSchema;
    }

    /** Makes an installer that creates the extension {@code vector}, if need be, where the search path says. */
    public CatalogInstaller() {
        this(null);
    }

    /**
     * Says where to create the extension {@code vector} if the database does not have it. Where it has, it stays where
     * it is.
     *
     * @param schema an existing schema, not quoted; default: the first schema of the search path
     * @return an installer that differs in this
     */
    public CatalogInstaller withVectorSchema(String schema) {
        return new CatalogInstaller(requireNonNull(schema, "schema"));
    }

    /**
     * Installs in a transaction of its own.
     *
     * @param dataSource gives the connection, which is given back as it came
     * @param script the catalog
     * @return what was done; nothing, when the same version is installed already
     * @throws CatalogInstallException when nothing was installed; the reason says why
     * @throws PgaiDatabaseException when the database does not answer
     */
    public InstallResult install(DataSource dataSource, CatalogScript script) {
        try (Connection connection = dataSource.getConnection()) {
            // One statement is a transaction, so neither kind of connection has to be switched.
            boolean commit = !connection.getAutoCommit();
            try {
                InstallResult result = install(connection, script);
                if (commit) {
                    connection.commit();
                }
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                if (commit) {
                    rollBack(connection, e);
                }
                throw e;
            }
        } catch (SQLException e) {
            throw new PgaiDatabaseException(
                    "Cannot install pgai " + script.version() + ": " + e.getMessage(), null, e.getSQLState(), e);
        }
    }

    /**
     * Installs on a connection of the caller's. With autocommit off, everything happens in the caller's transaction,
     * and other installers wait until it ends; a {@link CatalogInstallException} with an SQLSTATE leaves it failed, as
     * any refused statement does. With autocommit on, it is done when this returns.
     *
     * @param connection stays the caller's: not committed, rolled back, switched or closed
     * @param script the catalog
     * @return what was done; nothing, when the same version is installed already
     * @throws CatalogInstallException when nothing was installed; the reason says why
     * @throws PgaiDatabaseException when the database does not answer
     */
    public InstallResult install(Connection connection, CatalogScript script) {
        long start = System.nanoTime();
        boolean autoCommit = isAutoCommit(connection);
        boolean locked = false;
        while (true) {
            DatabaseState before = DatabaseState.read(connection);
            InstallDecision.requirePossible(before, script);
            if (InstallDecision.sameVersion(before, script)) {
                return new InstallResult(
                        Outcome.UNCHANGED,
                        script.version(),
                        script.version(),
                        requireNonNull(before.status().vectorSchema()),
                        false);
            }
            if (!autoCommit && !locked) {
                // Here a second look must come after the lock: a statement that fails would take the transaction along.
                execute(connection, InstallStatement.LOCK, before, script);
                locked = true;
                continue;
            }
            try {
                execute(
                        connection,
                        InstallStatement.render(script, before.status().version(), newVectorSchema),
                        before,
                        script);
            } catch (CatalogInstallException e) {
                if (autoCommit && e.reason() == Reason.CONCURRENT_CHANGE) {
                    continue;
                }
                throw e;
            }
            return done(before, DatabaseState.read(connection), script, System.nanoTime() - start);
        }
    }

    private static InstallResult done(DatabaseState before, DatabaseState after, CatalogScript script, long nanos) {
        String database = after.status().database();
        String vectorSchema = requireNonNull(after.status().vectorSchema());
        String previous = before.status().version();
        boolean vectorCreated = before.status().vectorVersion() == null;
        if (vectorCreated) {
            LOG.info(
                    "Created extension vector {} in schema {} of database {}",
                    after.status().vectorVersion(),
                    vectorSchema,
                    database);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        if (previous == null) {
            LOG.info(
                    "Installed pgai {} into database {} in {} ms, vector in schema {}",
                    script.version(),
                    database,
                    millis,
                    vectorSchema);
        } else {
            LOG.info(
                    "Upgraded pgai {} to {} in database {} in {} ms, vector in schema {}",
                    previous,
                    script.version(),
                    database,
                    millis,
                    vectorSchema);
        }
        return new InstallResult(
                previous == null ? Outcome.INSTALLED : Outcome.UPGRADED,
                script.version(),
                previous,
                vectorSchema,
                vectorCreated);
    }

    private static void execute(Connection connection, String sql, DatabaseState before, CatalogScript script) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
            for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
                // Notices come here, too. The warnings are of migrations whose text changed, as it does with each
                // version.
                if ("01000".equals(w.getSQLState())) {
                    LOG.debug("Installing pgai {}: {}", script.version(), w.getMessage());
                }
            }
        } catch (SQLException e) {
            throw InstallDecision.failure(before, script, sql, e);
        }
    }

    private static boolean isAutoCommit(Connection connection) {
        try {
            return connection.getAutoCommit();
        } catch (SQLException e) {
            throw new PgaiDatabaseException("Cannot use this connection: " + e.getMessage(), null, e.getSQLState(), e);
        }
    }

    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
