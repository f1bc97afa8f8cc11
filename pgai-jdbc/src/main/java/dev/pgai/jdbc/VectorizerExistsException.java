package dev.pgai.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A vectorizer was not created, because its name, or that of one of its objects, is taken. */
public final class VectorizerExistsException extends PgaiDatabaseException {

    private static final long serialVersionUID = 1L;

    private final String name;

    VectorizerExistsException(String name, String message, @Nullable String sql, @Nullable SQLException cause) {
        super(message, sql, cause);
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
