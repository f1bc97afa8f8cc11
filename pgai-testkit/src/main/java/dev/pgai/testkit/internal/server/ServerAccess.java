package dev.pgai.testkit.internal.server;

import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How to reach the databases of a server.
 *
 * @param urlStart the JDBC URL up to where the database's name goes
 * @param urlEnd its parameters, with the question mark, or empty
 * @param password empty when the server asks for none, or the driver finds it elsewhere
 */
public record ServerAccess(String urlStart, String urlEnd, String user, String password) {

    public static final String URL_FORM = "jdbc:postgresql://host:port/database?user=...&password=...";

    private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/?]*/)[^?]*(\\?.*)?");
    private static final Pattern SECRET = Pattern.compile("(?i)(password=)[^&]*");

    /** Null when the URL has not the form {@code jdbc:postgresql://host:port/database?parameters}. */
    public static @Nullable ServerAccess ofUrl(String url, String user, String password) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return null;
        }
        String parameters = parts.group(2);
        return new ServerAccess(parts.group(1), parameters == null ? "" : parameters, user, password);
    }

    public static String withoutSecrets(String url) {
        return SECRET.matcher(url).replaceAll("$1***");
    }

    /** The names that this package gives to databases need no escaping in a URL. */
    public String url(String database) {
        return urlStart + database + urlEnd;
    }

    public String host() {
        return first(PGProperty.PG_HOST);
    }

    public int port() {
        return Integer.parseInt(first(PGProperty.PG_PORT));
    }

    /** A URL may have several, or none, which the driver knows then. */
    private String first(PGProperty property) {
        Properties parsed = Objects.requireNonNull(Driver.parseURL(url("postgres"), new Properties()));
        String first = Objects.requireNonNull(property.getOrDefault(parsed)).split(",", 2)[0];
        return first.isEmpty() ? Objects.requireNonNull(property.getDefaultValue()) : first;
    }

    public PGSimpleDataSource dataSource(String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(url(database));
        return dataSource;
    }

    @Override
    public String toString() {
        return withoutSecrets(url("*"));
    }
}
