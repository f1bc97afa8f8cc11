package dev.pgai.database;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The database is not in the state that an operation needs, and nothing was done. Thrown with all problems at once,
 * before anything is tried; with a {@linkplain #getCause() cause} when another session changed the state in the last
 * moment, so that the server refused. The subclasses are for the kinds of problems that callers catch, when there is no
 * problem of another kind.
 */
public class RefusedException extends PgaiDatabaseException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable List<Problem> problems;

    /**
     * Makes an exception for problems that were found before anything was tried.
     *
     * @param operation what was to be done: {@code Cannot create vectorizer "blog"}
     * @param problems what is wrong, one problem at least
     */
    public RefusedException(String operation, List<Problem> problems) {
        this(operation + ": " + text(problems), problems, null, null, null);
    }

    /**
     * Makes an exception with a message of its own.
     *
     * @param message what is wrong, with a hint
     * @param problems what is wrong, one problem at least
     * @param sql the statement that was refused, or null when none was run
     * @param sqlState the SQLSTATE of the driver's exception, or null when there is none
     * @param cause the driver's exception, or null when nothing was tried
     */
    public RefusedException(
            String message,
            List<Problem> problems,
            @Nullable String sql,
            @Nullable String sqlState,
            @Nullable Throwable cause) {
        super(message, sql, sqlState, cause);
        this.problems = List.copyOf(problems);
    }

    private static String text(List<Problem> problems) {
        return problems.size() == 1
                ? problems.get(0).toString()
                : IntStream.range(0, problems.size())
                        .mapToObj(i -> "(" + (i + 1) + ") " + problems.get(i))
                        .collect(Collectors.joining(" "));
    }

    /**
     * All that is wrong.
     *
     * @return an unmodifiable list with one element at least, without warnings; empty after serialization
     */
    public final List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
