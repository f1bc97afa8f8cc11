package dev.pgai.testkit.internal.standin;

import dev.pgai.testkit.internal.setting.Settings;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Errors that may come from what a stand-in has not, and the real one has. */
public final class StandinGap {

    /** Unknown functions, operators, types and the like, unknown options, what is not supported. */
    private static final Set<String> STATES = Set.of("42883", "42704", "42P01", "22023", "0A000");

    private static final Pattern VECTOR =
            Pattern.compile("vector|halfvec|sparsevec|hnsw|ivfflat|hamming|jaccard|<~>|<%>|<->|<#>|<=>|<\\+>");

    private static final Pattern CATALOG = Pattern.compile("\\bai\\.|semantic_catalog");

    private StandinGap() {}

    /**
     * What to say behind the message of an error.
     *
     * @param vector whether the extension is the stand-in
     * @param catalog whether the catalog is the stand-in
     * @return empty when it has nothing to do with them
     */
    public static String hint(Throwable error, boolean vector, boolean catalog) {
        for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && STATES.contains(String.valueOf(e.getSQLState()))) {
                String message = String.valueOf(e.getMessage());
                if (message.contains("stand-in")) {
                    return "";
                }
                if (vector && VECTOR.matcher(message).find()) {
                    return " This database has the stand-in for pgvector, for tests only, which may not have it. For the"
                            + " real one choose another server: " + Settings.SERVER + "=testcontainers, or a JDBC URL.";
                }
                if (catalog && CATALOG.matcher(message).find()) {
                    return " This database has the stand-in for the pgai catalog, for tests only, which may not have it."
                            + " For the real one: " + Settings.CATALOG + "=pgai-" + CatalogStandin.RELEASE
                            + "-py3-none-any.whl, as pip downloads it.";
                }
            }
        }
        return "";
    }
}
