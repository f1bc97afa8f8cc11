package dev.pgai.jdbc;

import java.sql.SQLException;

/** A vectorizer was not dropped, because objects that pgai did not make depend on its store or its view. */
public final class DependentObjectsException extends PgaiDatabaseException {

    private static final long serialVersionUID = 1L;

    private final String name;

    DependentObjectsException(String name, String message, String sql, SQLException cause) {
        super(message, sql, cause);
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
