package dev.pgai.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A vectorizer was not created, because its name, or that of one of its objects, is taken. */
public final class VectorizerExistsException extends RefusedException {

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
    public VectorizerExistsException(
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
     * The vectorizer that was to be created. There need not be one of this name: the name of a left-over view, store or
     * queue is enough.
     *
     * @return its name
     */
    public String name() {
        return name;
    }
}
