package dev.pgai.testkit.internal.template;

import dev.pgai.PgaiException;
import dev.pgai.sql.SqlText;
import dev.pgai.testkit.internal.server.RunningServer;
import dev.pgai.testkit.internal.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * By whose rules a database compares texts, and knows letters and their case. Clones have that of their template.
 *
 * @param name as the provider calls it
 */
public record DatabaseLocale(Provider provider, String name) {

    /** Whose rules. */
    public enum Provider {
        BUILTIN,
        ICU,
        LIBC
    }

    private static final Map<String, Provider> PROVIDERS =
            Map.of("b", Provider.BUILTIN, "i", Provider.ICU, "c", Provider.LIBC);

    /** The name of the column differs from 15 and 16 to 17. */
    private static final String QUERY = "select datlocprovider, coalesce(to_jsonb(d) ->> 'datlocale',"
            + " to_jsonb(d) ->> 'daticulocale', datcollate) from pg_database d where datname = ?";

    /** What PostgreSQL asks the operating system for, whatever the provider: text search up to 17. */
    private static final List<String> CTYPES = List.of("C.UTF-8", "C");

    private static final String NO_SUCH_LOCALE = "42809";

    /** That of a database. */
    public static DatabaseLocale of(RunningServer server, String database) throws SQLException {
        return server.admin().run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
                statement.setString(1, database);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return new DatabaseLocale(
                            PROVIDERS.getOrDefault(row.getString(1), Provider.LIBC), row.getString(2));
                }
            }
        });
    }

    /** Makes an empty database of this locale. */
    void create(Connection admin, String database, String server) throws SQLException {
        String create = "create database " + database + " template template0 encoding 'UTF8' locale_provider "
                + provider.name().toLowerCase(Locale.ROOT);
        try {
            if (provider == Provider.LIBC) {
                Sql.execute(admin, create + " locale " + SqlText.literal(name));
            } else {
                createWithFirstCtype(
                        admin,
                        create + " " + provider.name().toLowerCase(Locale.ROOT) + "_locale " + SqlText.literal(name)
                                + " locale 'C' lc_ctype ");
            }
        } catch (SQLException e) {
            throw new PgaiException(
                    server + " makes no database of locale " + this + ": " + e.getMessage()
                            + " Choose another: builtin:C.UTF-8 from PostgreSQL 17 on, icu: and a language such as"
                            + " en-US where it was built with ICU, libc: and a locale that its machine has.",
                    e);
        }
    }

    private static void createWithFirstCtype(Connection admin, String create) throws SQLException {
        try {
            Sql.execute(admin, create + SqlText.literal(CTYPES.get(0)));
        } catch (SQLException e) {
            if (!NO_SUCH_LOCALE.equals(e.getSQLState())) {
                throw e;
            }
            Sql.execute(admin, create + SqlText.literal(CTYPES.get(1)));
        }
    }

    @Override
    public String toString() {
        return provider.name().toLowerCase(Locale.ROOT) + ":" + name;
    }
}
