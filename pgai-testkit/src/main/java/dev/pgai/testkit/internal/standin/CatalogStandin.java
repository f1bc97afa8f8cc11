package dev.pgai.testkit.internal.standin;

import dev.pgai.testkit.internal.file.Digest;
import dev.pgai.testkit.internal.file.Resources;
import dev.pgai.testkit.internal.sql.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The stand-in for the pgai catalog: files of SQL that run in the order of their names. */
public final class CatalogStandin {

    /** The release whose catalog it stands in for. */
    public static final String RELEASE = "0.12.1";

    private static final List<String> SCRIPTS =
            Resources.list("catalog", ".*\\.sql").stream().map(Resources::text).toList();

    private CatalogStandin() {}

    public static String digest() {
        Digest digest = new Digest();
        SCRIPTS.forEach(digest::add);
        return digest.hex();
    }

    public static void install(Connection connection) throws SQLException {
        for (String script : SCRIPTS) {
            Sql.execute(connection, script);
        }
    }
}
