package dev.pgai.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** There is no vectorizer of this name or id in the database. */
public final class VectorizerNotFoundException extends PgaiDatabaseException {

    private static final long serialVersionUID = 1L;

    private final String vectorizer;

    VectorizerNotFoundException(VectorizerKey key, String database) {
        this(key, "There is no " + key + " in database \"" + database + "\". " + key.wayOut(), null, null);
    }

    VectorizerNotFoundException(VectorizerKey key, String message, @Nullable String sql, @Nullable SQLException cause) {
        super(message, sql, cause);
        this.vectorizer = key.value();
    }

    /**
     * What was looked for.
     *
     * @return the name, or the id in decimal digits
     */
    public String vectorizer() {
        return vectorizer;
    }
}
