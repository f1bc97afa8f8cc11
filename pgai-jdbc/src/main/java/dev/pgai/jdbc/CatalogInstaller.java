package dev.pgai.jdbc;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.catalog.CatalogInstallException;
import dev.pgai.catalog.CatalogScript;
import dev.pgai.catalog.CatalogStatus;
import dev.pgai.catalog.InstallResult;
import dev.pgai.database.OutcomeUnknownException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.connection.Session;
import dev.pgai.jdbc.install.DatabaseState;
import dev.pgai.jdbc.install.Installation;
import java.sql.Connection;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Installs or upgrades the pgai catalog of a database, as {@code pgai install} does, and does what that leaves to the
 * user: it never downgrades, upgrades 0.10.0 and 0.10.1 (whose view {@code ai.vectorizer_status} has to go first;
 * grants on it are kept), and waits for other installers. An extension {@code vector} that the database lacks is
 * created.
 *
 * <pre>{@code
 * CatalogInstaller.on(dataSource).install(CatalogScript.fromWheel(Path.of("pgai-0.12.1-py3-none-any.whl")));
 * }</pre>
 *
 * <p>Either everything is done or nothing. The role needs the right {@code create} on the database; no superuser is
 * needed where the extension {@code vector} is there or trusted. The caller's search path does not matter, and is the
 * same afterwards. Immutable.
 */
public final class CatalogInstaller {

    private final Session session;
    private final @Nullable String newVectorSchema;

    private CatalogInstaller(Session session, @Nullable String newVectorSchema) {
        this.session = session;
        this.newVectorSchema = newVectorSchema;
    }

    /**
     * Works in the transaction of the caller, which other installers then wait for. The connection is neither committed
     * nor rolled back, switched or closed. In autocommit an installation is one statement, and done when the call
     * returns.
     *
     * @param connection a connection to PostgreSQL, which stays the caller's
     * @return an installer for the database that it is connected to
     * @throws InvalidArgumentException when null
     */
    public static CatalogInstaller on(Connection connection) {
        return new CatalogInstaller(Session.of(connection), null);
    }

    /**
     * Works on a connection of its own, and in a transaction of its own: committed when it succeeds, rolled back when
     * it fails.
     *
     * @param dataSource connections to PostgreSQL, which are given back with the autocommit that they had
     * @return an installer for the database that they are connected to
     * @throws InvalidArgumentException when null
     */
    public static CatalogInstaller on(DataSource dataSource) {
        return new CatalogInstaller(Session.of(dataSource), null);
    }

    /**
     * Says where to create the extension {@code vector} if the database does not have it. Where it has, it stays where
     * it is; where an installed catalog has lost it, it is created where the catalog's functions say that it was.
     *
     * @param schema an existing schema, not quoted; default: the first schema of the search path
     * @return an installer that differs in this
     * @throws InvalidArgumentException when it cannot be the name of a schema
     */
    public CatalogInstaller withVectorSchema(String schema) {
        return new CatalogInstaller(session, Check.identifier("schema", schema));
    }

    /**
     * Installs. Where the same version is installed already, there is nothing to do, unless something of it is
     * {@linkplain CatalogStatus#missing() missing}: then the script runs again, and makes that again or is refused.
     * Embeddings that were dropped together with the extension {@code vector} do not come back by that:
     * {@link Pgai#inspect()} says what that leaves of each vectorizer, and what mends it.
     *
     * @param script the catalog
     * @return what was done
     * @throws CatalogInstallException when nothing was installed; the reason says why. With an SQLSTATE it leaves a
     *     caller's transaction failed, as any refused statement does
     * @throws OutcomeUnknownException when the connection is lost so that it is not known whether it was installed:
     *     {@link #status()} tells
     * @throws RefusedException when the data source hands out a connection that is in a transaction of somebody's
     * @throws PgaiDatabaseException when the database does not answer
     */
    public InstallResult install(CatalogScript script) {
        return new Installation(session, Check.notNull("script", script), newVectorSchema).run();
    }

    /**
     * Reads what is installed, in one round trip. It changes nothing and needs no rights on schema {@code ai}; a
     * transaction of the caller's stays as usable as it was.
     *
     * @return what was there
     * @throws PgaiDatabaseException when the database does not answer, or the transaction had failed before
     */
    public CatalogStatus status() {
        return session.read("read what of pgai is installed", DatabaseState::read)
                .status();
    }
}
