package dev.pgai.testkit;

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
    public static final String KEY = "pgai.test.vector";

    /**
     * The choice that a text names, as property and variable have it.
     *
     * @param value {@code auto}, {@code real} or {@code standin}
     * @return the choice
     * @throws TestkitException when the text names none; the message says what is allowed
     */
    public static TestVector parse(String value) {
        for (TestVector choice : values()) {
            if (choice.toString().equals(value)) {
                return choice;
            }
        }
        throw new TestkitException("'" + value + "' is not allowed. Allowed: "
                + Arrays.stream(values()).map(TestVector::toString).collect(Collectors.joining(", ")) + ".");
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
