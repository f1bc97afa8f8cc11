package dev.pgai.testkit;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.server.RunningServer;
import dev.pgai.testkit.internal.server.ServerAccess;
import dev.pgai.testkit.internal.setting.Settings;
import dev.pgai.testkit.internal.template.VectorExtension;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What serves as the extension {@code vector}. Chosen by {@link TestDatabases.Builder#vector}, else by system property
 * {@value #KEY} or environment variable {@code PGAI_TEST_VECTOR} ({@code auto}, {@code real} or {@code standin}), else
 * {@link #AUTO}.
 */
public enum TestVector {
    /** The real pgvector if the server offers it, else the stand-in. The default. */
    AUTO,

    /** The real pgvector; an error if the server does not offer it. The embedded server's binaries come without it. */
    REAL,

    /**
     * The stand-in for pgvector that comes with this library: plain SQL, slow, for tests only. Only the embedded server
     * can be given it.
     */
    STANDIN;

    /** The system property that makes this choice: {@value}. */
    public static final String KEY = Settings.VECTOR;

    /**
     * The choice that a text names, as property and variable have it.
     *
     * @param value {@code auto}, {@code real} or {@code standin}
     * @return the choice
     * @throws InvalidArgumentException when the text names none; the message says what is allowed
     */
    public static TestVector parse(String value) {
        for (TestVector choice : values()) {
            if (choice.toString().equals(value)) {
                return choice;
            }
        }
        throw new InvalidArgumentException(
                "vector",
                value,
                "it is none of the choices",
                "Allowed: " + Arrays.stream(values()).map(TestVector::toString).collect(Collectors.joining(", "))
                        + ".");
    }

    /** What this choice means on a server. */
    VectorExtension on(RunningServer server) throws SQLException {
        VectorExtension offered = VectorExtension.offered(server)
                .orElseThrow(() -> new PgaiException(server.name() + " offers no extension vector, and the stand-in can"
                        + " be given to the embedded server only. Install pgvector there, or choose another server: "
                        + Settings.SERVER + "=embedded."));
        if (this == REAL && offered.standin()) {
            throw new PgaiException(server.name() + " offers no pgvector, only the " + offered + ". Choose it by " + KEY
                    + "=auto, or choose a server that has pgvector: " + Settings.SERVER + "=" + ServerAccess.URL_FORM
                    + ".");
        }
        if (this == STANDIN && !offered.standin()) {
            throw new PgaiException(server.name() + " offers " + offered + ", and the stand-in cannot be given to it."
                    + " Choose " + KEY + "=auto, or another server: " + Settings.SERVER + "=embedded.");
        }
        return offered;
    }

    /**
     * The choice as properties and variables have it.
     *
     * @return such as {@code auto}
     */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
