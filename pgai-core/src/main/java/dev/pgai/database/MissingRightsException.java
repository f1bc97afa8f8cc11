package dev.pgai.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The current user lacks rights that an operation needs. */
public final class MissingRightsException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final String user;
    private final transient @Nullable List<String> missingGrants;

    /**
     * Makes an exception.
     *
     * @param user the user whose rights were missing
     * @param missingGrants a statement for each right that would give it; none when it is not known which
     * @param message what is wrong, with a hint
     * @param problems what is wrong
     * @param sql the statement that was refused, or null when none was run
     * @param sqlState the SQLSTATE of the driver's exception, or null when there is none
     * @param cause the driver's exception, or null when nothing was tried
     */
    public MissingRightsException(
            String user,
            List<String> missingGrants,
            String message,
            List<Problem> problems,
            @Nullable String sql,
            @Nullable String sqlState,
            @Nullable Throwable cause) {
        super(message, problems, sql, sqlState, cause);
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
