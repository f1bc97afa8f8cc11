package dev.pgai.cli;

import dev.pgai.PgaiException;
import dev.pgai.jdbc.Pgai;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import picocli.CommandLine.Option;

/** A command on a database. */
abstract class DatabaseCommand extends CliCommand {

    private static final String HOW =
            "Set PGAI_PASSWORD, or have it in .pgpass or in a service file; on a terminal it is asked for.";

    private static final Pattern USER_INFO = Pattern.compile("//[^/?#]*@");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {
                "jdbc:postgresql://host:port/database, or jdbc:postgresql://?service=NAME for a service file"
                        + " (PGSERVICEFILE). Default: the variable PGAI_URL. No password: every user of the machine can"
                        + " read it here. That is in PGAI_PASSWORD, in .pgpass (PGPASSFILE) or in the service file, or it is"
                        + " asked for."
            })
    @Nullable
    String url;

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "The role. Default: the variable PGAI_USER, then what URL or service say.")
    @Nullable
    String user;

    /** For who tries. */
    @Option(names = "--password", arity = "0..1", fallbackValue = "", hidden = true)
    @Nullable
    String password;

    /** Where to connect to; nothing is opened yet. */
    final Connections connections() {
        if (password != null) {
            throw usage("There is no --password: every user of the machine could read it. " + HOW);
        }
        String target = url != null ? url : surroundings().variable("PGAI_URL").orElse(null);
        if (target == null) {
            throw usage("Which database? Give --url jdbc:postgresql://host:port/database, or set PGAI_URL.");
        }
        if (url != null
                && (hasParameter(target, "[^=&]*password")
                        || USER_INFO.matcher(target).find())) {
            throw usage(
                    "--url has a password in it, or something before an @: every user of the machine could read it. "
                            + HOW + " The role is --user or PGAI_USER.");
        }
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "pgai");
        give(
                properties,
                target,
                "user",
                Optional.ofNullable(user).or(() -> surroundings().variable("PGAI_USER")));
        give(properties, target, "password", surroundings().variable("PGAI_PASSWORD"));
        // Of what the driver makes of a URL that it refuses nothing is shown: it may have a password.
        Properties parsed = target.startsWith("jdbc:postgresql:") ? Driver.parseURL(target, properties) : null;
        if (parsed == null) {
            throw usage(
                    (url != null ? "--url" : "PGAI_URL")
                            + " is not of the form jdbc:postgresql://host:port/database, or its service is in no service file.");
        }
        return new Connections(target, properties, parsed, surroundings().asked());
    }

    private void give(Properties properties, String target, String key, Optional<String> value) {
        if (value.isPresent()) {
            if (hasParameter(target, key)) {
                throw usage("The URL has a " + key + ", and there is another one beside it. Give one of them.");
            }
            properties.setProperty(key, value.get());
        }
    }

    private static boolean hasParameter(String url, String key) {
        return Pattern.compile("[?&]" + key + "=")
                .matcher(url.toLowerCase(Locale.ROOT))
                .find();
    }

    /** Looks at the database, in a transaction in which the server refuses to write. */
    final <T> T reading(Function<Pgai, T> look) {
        return reading(connections(), look);
    }

    static <T> T reading(Connections connections, Function<Pgai, T> look) {
        try (Connection connection = connections.getConnection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            // The transaction ends with it: a rollback that fails would hide why a look did.
            return look.apply(Pgai.on(connection));
        } catch (SQLException e) {
            throw new PgaiException(String.valueOf(e.getMessage()), e);
        }
    }
}
