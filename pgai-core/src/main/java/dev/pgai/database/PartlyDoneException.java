package dev.pgai.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation of several transactions failed when some of them had ended well, so that a part of it was done, and
 * stays. The {@linkplain #getCause() cause} says why the rest was not done; an {@link OutcomeUnknownException} there
 * says that this is not known of the rest.
 */
public final class PartlyDoneException extends PgaiDatabaseException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable List<AppliedChange> done;
    private final transient @Nullable List<String> disabled;

    /**
     * Makes an exception.
     *
     * @param message what failed, what was done before, and what to do now
     * @param done what was done, and committed
     * @param disabled the vectorizers that were disabled to be altered, and could not be enabled again
     * @param cause why the rest was not done
     */
    public PartlyDoneException(
            String message, List<AppliedChange> done, List<String> disabled, PgaiDatabaseException cause) {
        super(message, cause.sql(), cause.sqlState(), cause);
        this.done = List.copyOf(done);
        this.disabled = List.copyOf(disabled);
    }

    /**
     * What was done, and stays.
     *
     * @return an unmodifiable list in the order in which it was done; empty after serialization
     */
    public List<AppliedChange> done() {
        return done == null ? List.of() : done;
    }

    /**
     * The vectorizers that no worker works for, since they were disabled to be altered and could not be enabled again.
     * The next plan that alters them, or {@code Pgai.enable}, enables them.
     *
     * @return an unmodifiable list of names; empty after serialization
     */
    public List<String> disabled() {
        return disabled == null ? List.of() : disabled;
    }
}
