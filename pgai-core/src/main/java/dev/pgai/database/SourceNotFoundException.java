package dev.pgai.database;

import dev.pgai.vectorizer.RelationName;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The table that a definition names as its source does not exist. */
public final class SourceNotFoundException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable RelationName source;

    /**
     * Makes an exception.
     *
     * @param source the table that is missing
     * @param message what is wrong, with a hint
     * @param problems what is wrong
     * @param sql the statement that was refused, or null when none was run
     * @param sqlState the SQLSTATE of the driver's exception, or null when there is none
     * @param cause the driver's exception, or null when nothing was tried
     */
    public SourceNotFoundException(
            RelationName source,
            String message,
            List<Problem> problems,
            @Nullable String sql,
            @Nullable String sqlState,
            @Nullable Throwable cause) {
        super(message, problems, sql, sqlState, cause);
        this.source = source;
    }

    /**
     * The table that is missing.
     *
     * @return schema and name, as the definition has them
     */
    public RelationName source() {
        return Objects.requireNonNull(source, "lost in serialization");
    }
}
