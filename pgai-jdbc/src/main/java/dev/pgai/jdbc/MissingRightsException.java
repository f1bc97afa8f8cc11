package dev.pgai.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The current user lacks rights that an operation needs. */
public final class MissingRightsException extends PgaiDatabaseException {

    private static final long serialVersionUID = 1L;

    private final String user;
    private final transient @Nullable List<String> missingGrants;

    MissingRightsException(
            String user,
            List<String> missingGrants,
            String message,
            @Nullable String sql,
            @Nullable SQLException cause) {
        super(message, sql, cause);
        this.user = user;
        this.missingGrants = List.copyOf(missingGrants);
    }

    /**
     * The user whose rights were missing: PostgreSQL's {@code current_user}, which {@code set role} changes.
     *
     * @return the role's name, without quotes
     */
    public String user() {
        return user;
    }

    /**
     * What would give the rights, to be run by the owners of the objects or by a superuser.
     *
     * @return SQL statements without semicolons, one for each right; empty when the server itself refused, whose
     *     message then says what for
     */
    public List<String> missingGrants() {
        return missingGrants == null ? List.of() : missingGrants;
    }
}
