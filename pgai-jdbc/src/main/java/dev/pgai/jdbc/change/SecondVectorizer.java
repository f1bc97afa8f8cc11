package dev.pgai.jdbc.change;

import dev.pgai.change.Expectation.State;
import dev.pgai.database.Problem;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.inspect.ObjectsQuery;
import dev.pgai.sql.ReplaceSql;
import java.util.List;

/** Whether a second vectorizer is beside one, to replace it, and how far that is. */
public final class SecondVectorizer {

    private static final String MARK = "select coalesce(pg_catalog.obj_description(queue.oid, 'pg_class'), '')"
            + ObjectsQuery.from("where " + VectorizerRow.BY_NAME);

    private SecondVectorizer() {}

    /** What keeps a replacement from being started, completed or aborted. */
    static List<Problem> problems(Database database, String name, State state) {
        return switch (state) {
            case REPLACEABLE, REPLACEMENT_STARTED, REPLACEMENT_FILLING -> {
                String next = ReplaceSql.next(name);
                // A list of one: an Optional has no empty text.
                List<String> marks =
                        database.query(MARK, row -> row.next() ? List.of(row.getString(1)) : List.of(), next);
                yield state == State.REPLACEABLE
                        ? ofStart(name, next, marks)
                        : ofStarted(name, next, marks, state == State.REPLACEMENT_FILLING);
            }
            default -> List.of();
        };
    }

    private static List<Problem> ofStart(String name, String next, List<String> marks) {
        return marks.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        Problem.Code.REPLACEMENT_STARTED,
                        "name",
                        name,
                        "There is a vectorizer \"" + next + "\".",
                        marks.get(0).equals(ReplaceSql.FILLING + name)
                                ? "Complete the replacement that has been started, or abort it."
                                : "Drop that one first."));
    }

    private static List<Problem> ofStarted(String name, String next, List<String> marks, boolean filling) {
        if (marks.contains(ReplaceSql.FILLING + name)) {
            return List.of();
        }
        if (!marks.contains(ReplaceSql.REPLACED + name)) {
            return List.of(notStarted(name));
        }
        return filling ? List.of(exchanged(name, next)) : List.of();
    }

    /** There is nothing to complete or to abort. */
    public static Problem notStarted(String name) {
        return Problem.of(
                Problem.Code.REPLACEMENT_MISSING,
                "name",
                name,
                "No replacement of vectorizer \"" + name + "\" has been started.",
                "Start one first.");
    }

    /** It is too late to abort one, and too early to start another. */
    public static Problem exchanged(String name, String next) {
        return Problem.of(
                Problem.Code.REPLACEMENT_STARTED,
                "name",
                name,
                "It has been completed, but for the drop of vectorizer \"" + next + "\".",
                "Complete it again, which drops that; in migrations, drop it.");
    }
}
