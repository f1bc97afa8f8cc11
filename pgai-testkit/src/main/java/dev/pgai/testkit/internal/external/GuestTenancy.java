package dev.pgai.testkit.internal.external;

import dev.pgai.testkit.internal.server.AdminConnections;
import dev.pgai.testkit.internal.server.JvmName;
import dev.pgai.testkit.internal.server.LastUse;
import dev.pgai.testkit.internal.server.ServerAccess;
import dev.pgai.testkit.internal.server.Tenancy;
import dev.pgai.testkit.internal.sql.Sql;
import dev.pgai.testkit.internal.template.Template;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On a server that stays. A connection that is named after this JVM is open as long as the JVM lives: databases of a
 * JVM that has none are leftovers. Templates and kept databases carry the time of their last use as a comment.
 */
public final class GuestTenancy implements Tenancy {

    private static final Logger log = LoggerFactory.getLogger(GuestTenancy.class);
    private static final Duration TEMPLATE_KEPT_UNUSED = Duration.ofDays(7);
    private static final int SECONDS_TO_ANSWER = 5;

    /** Sessions of the same role are visible to every role, and databases of other roles are not ours to drop. */
    private static final String LEFT = """
            select d.datname from pg_database d
            where d.datdba = (select oid from pg_roles where rolname = current_user)
              and not starts_with(d.datname, '%2$s_')
              and (d.datname ~ '^pgai_template_[0-9a-f]{16}$'
                or d.datname ~ '^%1$s_[0-9]+$'
                  and not exists (select from pg_stat_activity a
                    where a.application_name = substring(d.datname from '^%1$s') or a.datname = d.datname))
            """.formatted(JvmName.PATTERN, JvmName.VALUE);

    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final ServerAccess access;
    private final AdminConnections admin;
    private @Nullable Connection mark;

    GuestTenancy(String url, ServerAccess access, AdminConnections admin) {
        this.source.setURL(url);
        this.source.setApplicationName(JvmName.VALUE);
        this.access = access;
        this.admin = admin;
    }

    @Override
    public synchronized void announce() throws SQLException {
        if (mark == null || !mark.isValid(SECONDS_TO_ANSWER)) {
            mark = source.getConnection();
        }
    }

    @Override
    public String keep(String database) throws SQLException {
        admin.execute(LastUse.now(database));
        return ServerAccess.withoutSecrets(access.url(database)) + " (dropped when tests start there after "
                + KEPT.toMinutes() + " minutes, or by: drop database " + database + ")";
    }

    /** Drops what other JVMs left when they were killed, what was kept long enough, and templates that nobody uses. */
    void sweep(Instant now) {
        try {
            admin.run(connection -> {
                for (Left left : left(connection)) {
                    if (left.goes(now)) {
                        drop(connection, left);
                    }
                }
                return now;
            });
        } catch (SQLException | RuntimeException e) {
            log.warn("Test databases that were left behind on {} may still be there: {}", access, e.toString());
        }
    }

    /**
     * A JVM that keeps a database comments on it and then ends. The sessions are read as they are now, the comments as
     * they were when the statement began: only a later statement sees the comment of a JVM that has just ended.
     */
    private static List<Left> left(Connection connection) throws SQLException {
        List<String> databases = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LEFT)) {
            while (rows.next()) {
                databases.add(rows.getString(1));
            }
        }
        List<Left> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select datname, shobj_description(oid, 'pg_database') from pg_database where datname = any (?)")) {
            statement.setArray(1, connection.createArrayOf("text", databases.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(new Left(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return all;
    }

    private static void drop(Connection connection, Left left) {
        try {
            if (left.isTemplate()) {
                Template.drop(connection, left.database());
            } else {
                Sql.execute(connection, "drop database if exists " + left.database());
            }
            log.info("Dropped {}, which was left behind", left.database());
        } catch (SQLException e) {
            // Another JVM sweeps at the same time, or somebody has connected.
            log.debug("Not dropped: {}", left.database(), e);
        }
    }

    private record Left(String database, @Nullable String comment) {

        boolean isTemplate() {
            return database.startsWith(Template.PREFIX);
        }

        boolean goes(Instant now) {
            return LastUse.of(comment)
                    .plus(isTemplate() ? TEMPLATE_KEPT_UNUSED : KEPT)
                    .isBefore(now);
        }
    }
}
