package dev.pgai.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A vectorizer was not dropped, because objects that pgai did not make depend on its store or its view. */
public final class DependentObjectsException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final String name;

    /**
     * Makes an exception.
     *
     * @param name the vectorizer
     * @param message what is wrong, with a hint
     * @param problems what is wrong
     * @param sql the statement that was refused, or null when none was run
     * @param sqlState the SQLSTATE of the driver's exception, or null when there is none
     * @param cause the driver's exception, or null when nothing was tried
     */
    public DependentObjectsException(
            String name,
            String message,
            List<Problem> problems,
            @Nullable String sql,
            @Nullable String sqlState,
            @Nullable Throwable cause) {
        super(message, problems, sql, sqlState, cause);
        this.name = name;
    }

    /**
     * The vectorizer that was to be dropped. The message names the objects, as the server does.
     *
     * @return its name
     */
    public String name() {
        return name;
    }
}
