package dev.pgai.testkit;

import dev.pgai.InvalidArgumentException;
import dev.pgai.testkit.internal.server.RunningServer;
import dev.pgai.testkit.internal.setting.Settings;
import dev.pgai.testkit.internal.template.DatabaseLocale;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The locale of the databases: how texts are compared, and which letters have upper and lower case. Chosen by
 * {@link TestDatabases.Builder#locale}, else by system property {@value #KEY} or environment variable
 * {@code PGAI_TEST_LOCALE} ({@code server}, or a provider and a name, such as {@code icu:de-AT}), else
 * {@link #ofServer()}.
 */
public final class TestLocale {

    /** The system property that makes this choice: {@value}. */
    public static final String KEY = Settings.LOCALE;

    private static final String OF_SERVER = "server";

    private final @Nullable DatabaseLocale locale;

    private TestLocale(@Nullable DatabaseLocale locale) {
        this.locale = locale;
    }

    /**
     * The locale that the server gives to new databases. On the embedded server that is {@code builtin:C.UTF-8} on
     * PostgreSQL 17 and 18, and {@code icu:en-US-u-va-posix} on 15 and 16, which have no C.UTF-8 of their own; in a
     * container {@code libc:C.UTF-8}. The default.
     *
     * @return the choice
     */
    public static TestLocale ofServer() {
        return new TestLocale(null);
    }

    /**
     * A locale of PostgreSQL's own, from 17 on.
     *
     * @param name such as {@code C.UTF-8}; {@code PG_UNICODE_FAST} from 18 on
     * @return the choice
     */
    public static TestLocale builtin(String name) {
        return of(DatabaseLocale.Provider.BUILTIN, name);
    }

    /**
     * A locale of ICU's.
     *
     * @param name a language tag, such as {@code en-US} or {@code de-AT-u-co-phonebk}
     * @return the choice
     */
    public static TestLocale icu(String name) {
        return of(DatabaseLocale.Provider.ICU, name);
    }

    /**
     * A locale of the server's operating system, which need not have it.
     *
     * @param name such as {@code en_US.UTF-8}, {@code C.UTF-8} or {@code C}
     * @return the choice
     */
    public static TestLocale libc(String name) {
        return of(DatabaseLocale.Provider.LIBC, name);
    }

    private static TestLocale of(DatabaseLocale.Provider provider, String name) {
        return new TestLocale(new DatabaseLocale(provider, Objects.requireNonNull(name, "name")));
    }

    /**
     * The locale that a text names, as property and variable have it.
     *
     * @param value {@code server}, or {@code builtin:}, {@code icu:} or {@code libc:} with a name
     * @return the choice
     * @throws InvalidArgumentException when the text names none; the message says what is allowed
     */
    public static TestLocale parse(String value) {
        if (value.equals(OF_SERVER)) {
            return ofServer();
        }
        for (DatabaseLocale.Provider provider : DatabaseLocale.Provider.values()) {
            String prefix = provider.name().toLowerCase(Locale.ROOT) + ":";
            if (value.startsWith(prefix) && value.length() > prefix.length()) {
                return of(provider, value.substring(prefix.length()));
            }
        }
        throw new InvalidArgumentException(
                "locale",
                value,
                "it is none of the choices",
                "Allowed: server, or a provider and a name, such as builtin:C.UTF-8, icu:en-US or libc:en_US.UTF-8.");
    }

    /** Null for what the server does without being asked. */
    @Nullable
    DatabaseLocale asked() {
        return locale;
    }

    /** What this choice means on a server. */
    DatabaseLocale on(RunningServer server) throws SQLException {
        return locale != null ? locale : DatabaseLocale.of(server, "template0");
    }

    /**
     * The choice as properties and variables have it.
     *
     * @return such as {@code icu:de-AT}
     */
    @Override
    public String toString() {
        return locale == null ? OF_SERVER : locale.toString();
    }
}
