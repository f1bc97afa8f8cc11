package dev.pgai.testkit.internal.template;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.file.Digest;
import dev.pgai.testkit.internal.server.LastUse;
import dev.pgai.testkit.internal.server.RunningServer;
import dev.pgai.testkit.internal.sql.Sql;
import dev.pgai.testkit.internal.thread.Pause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that is prepared once and cloned for each test. Its name is made from everything that shapes it, so that a
 * template of other content is another template. JVMs that share a server share its templates.
 *
 * <p>A finished template is marked as such in the catalog of PostgreSQL and admits no connections, since a database
 * with connections cannot be cloned. One without the mark was left by a JVM that was killed, and is made anew.
 */
public final class Template {

    private static final Logger log = LoggerFactory.getLogger(Template.class);

    public static final String PREFIX = "pgai_template_";

    /** To be raised when the preparation itself changes, such as how a catalog is installed. */
    private static final String RECIPE = "3";

    private static final int LOCK_SECONDS = 120;
    private static final int DISCONNECT_SECONDS = 10;

    private final RunningServer server;
    private final @Nullable DatabaseLocale locale;
    private final @Nullable Template base;
    private final List<TemplateStep> steps;
    private final String name;

    /**
     * Describes one that starts from an empty database; nothing is done yet.
     *
     * @param locale null for the server's
     */
    public Template(RunningServer server, @Nullable DatabaseLocale locale, List<TemplateStep> steps) {
        this(server, locale, null, steps);
    }

    /** Describes one that starts from this one. */
    public Template with(List<TemplateStep> more) {
        return new Template(server, null, this, more);
    }

    private Template(
            RunningServer server, @Nullable DatabaseLocale locale, @Nullable Template base, List<TemplateStep> steps) {
        this.server = server;
        this.locale = locale;
        this.base = base;
        this.steps = steps;
        // Another role's objects are not ours to use, so its templates are not either.
        Digest digest = new Digest()
                .add(RECIPE)
                .add(server.access().user())
                .add(Integer.toString(server.version() / 10_000))
                .add(locale == null ? "" : locale.toString())
                .add(base == null ? "" : base.name);
        steps.forEach(step -> digest.add(step.key()));
        this.name = PREFIX + digest.hex();
    }

    public String name() {
        return name;
    }

    /** Makes the template if the server does not have it. Any number of threads and JVMs may try at once. */
    public void prepare() throws SQLException {
        String lock = lock(name);
        server.admin().run(connection -> {
            Sql.execute(connection, "set lock_timeout = '" + LOCK_SECONDS + "s'");
            Sql.execute(connection, "select pg_advisory_lock" + lock);
            if (!finished(connection)) {
                make(connection);
            }
            Sql.execute(connection, LastUse.now(name));
            Sql.execute(connection, "select pg_advisory_unlock" + lock);
            Sql.execute(connection, "reset lock_timeout");
            return name;
        });
    }

    private static String lock(String name) {
        return "(hashtextextended('" + name + "', 0))";
    }

    /** Drops a template that nobody prepares at the moment. */
    public static void drop(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_try_advisory_lock" + lock(name))) {
            row.next();
            if (!row.getBoolean(1)) {
                return;
            }
        }
        try {
            Sql.execute(connection, "alter database " + name + " is_template false");
            Sql.execute(connection, "drop database " + name);
        } finally {
            // The connection is kept: who prepares this template would wait for its lock.
            Sql.execute(connection, "select pg_advisory_unlock" + lock(name));
        }
    }

    private boolean finished(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from pg_database where datname = ? and datistemplate")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private void make(Connection admin) throws SQLException {
        if (base != null) {
            base.prepare();
        }
        long start = System.nanoTime();
        Sql.execute(admin, "drop database if exists " + name + " with (force)");
        if (locale == null) {
            Sql.execute(admin, "create database " + name + " template " + (base == null ? "template0" : base.name));
        } else {
            locale.create(admin, name, server.name());
        }
        try {
            PGSimpleDataSource template = server.access().dataSource(name);
            for (TemplateStep step : steps) {
                step.work().run(template);
            }
            // A first connection leaves a file behind that saves the next ones some milliseconds, also in the clones.
            template.getConnection().close();
            awaitNoConnections(admin);
        } catch (SQLException | RuntimeException e) {
            Sql.execute(admin, "drop database if exists " + name + " with (force)");
            throw e;
        }
        // Before the mark: what has the one has the other.
        Sql.execute(admin, LastUse.now(name));
        Sql.execute(admin, "alter database " + name + " with allow_connections false is_template true");
        log.debug("Made {} in {} ms", name, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    /** A backend ends a moment after its connection is closed; a clone that comes too soon would wait 100 ms for it. */
    private void awaitNoConnections(Connection admin) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DISCONNECT_SECONDS);
        try (Statement statement = admin.createStatement()) {
            while (true) {
                try (ResultSet row = statement.executeQuery(
                        "select 1 from pg_stat_activity where datname = '" + name + "' and pid <> pg_backend_pid()")) {
                    if (!row.next()) {
                        return;
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw new PgaiException(name + " still has connections " + DISCONNECT_SECONDS
                            + " s after it was prepared. Close the connections that the preparation opens.");
                }
                Pause.millis(1);
            }
        }
    }
}
