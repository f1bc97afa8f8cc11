package dev.pgai.jdbc;

import dev.pgai.vectorizer.RelationName;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The table that a definition names as its source does not exist. */
public final class SourceNotFoundException extends PgaiDatabaseException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable RelationName source;

    SourceNotFoundException(RelationName source, String message, @Nullable String sql, @Nullable SQLException cause) {
        super(message, sql, cause);
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
