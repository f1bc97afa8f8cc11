package dev.pgai.testkit.internal.server;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.setting.Settings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A server that answers.
 *
 * @param admin connections to a database that is neither template nor clone
 * @param name version and place, for people
 * @param version PostgreSQL's number, such as 170011
 * @param temporary whether it is there for this JVM, and goes with all its data
 */
public record RunningServer(
        ServerAccess access,
        AdminConnections admin,
        BackgroundDrops drops,
        Tenancy tenancy,
        String name,
        int version,
        boolean temporary) {

    private static final int OLDEST = 150000;

    public static RunningServer of(
            Connection connection,
            ServerAccess access,
            AdminConnections admin,
            BackgroundDrops drops,
            Tenancy tenancy,
            String place,
            boolean temporary)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('server_version_num')::int,"
                        + " split_part(current_setting('server_version'), ' ', 1)")) {
            row.next();
            String name = "PostgreSQL " + row.getString(2) + " " + place;
            int version = row.getInt(1);
            if (version < OLDEST) {
                throw new PgaiException(name + ": pgai needs PostgreSQL 15 or newer. Choose another server by "
                        + Settings.SERVER + ".");
            }
            return new RunningServer(access, admin, drops, tenancy, name, version, temporary);
        }
    }
}
