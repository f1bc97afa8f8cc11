package dev.pgai.jdbc.change;

import dev.pgai.change.Expectation.State;
import dev.pgai.database.Problem;
import dev.pgai.database.VectorizerReplacement.Phase;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.inspect.ObjectsQuery;
import dev.pgai.plan.ObservedState;
import dev.pgai.sql.ReplaceSql;
import java.util.ArrayList;
import java.util.List;

/** Whether a second vectorizer is beside one, to replace it, and how far that is. */
public final class SecondVectorizer {

    private static final String MARK = "select coalesce(pg_catalog.obj_description(queue.oid, 'pg_class'), '')"
            + ObjectsQuery.from("where " + VectorizerRow.BY_NAME);

    /** From the comments, which are few. */
    private static final String ALL = "select v.name as next, m.name, m.filling from pg_catalog.pg_description t"
            + " join pg_catalog.pg_class c on c.oid operator(pg_catalog.=) t.objoid"
            + " join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace"
            + " join ai.vectorizer v on v.queue_schema operator(pg_catalog.=) n.nspname"
            + " and v.queue_table operator(pg_catalog.=) c.relname"
            + " cross join lateral (values (true, '" + ReplaceSql.FILLING + "'), (false, '" + ReplaceSql.REPLACED
            + "')) k (filling, mark)"
            + " cross join lateral (select k.filling, pg_catalog.substr(t.description,"
            + " pg_catalog.length(k.mark) operator(pg_catalog.+) 1) as name) m"
            + " join ai.vectorizer f on f.name operator(pg_catalog.=) m.name"
            + " where t.classoid operator(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass"
            + " and t.objsubid operator(pg_catalog.=) 0 and pg_catalog.starts_with(t.description, k.mark)"
            + " order by f.id";

    private SecondVectorizer() {}

    /** Those that are beside a vectorizer that is there. */
    public static List<ObservedState.Replacement> all(Database database) {
        return database.query(ALL, rows -> {
            List<ObservedState.Replacement> all = new ArrayList<>();
            while (rows.next()) {
                String name = rows.getString("name");
                if (ReplaceSql.next(name).equals(rows.getString("next"))) {
                    all.add(new ObservedState.Replacement(
                            name,
                            rows.getString("next"),
                            rows.getBoolean("filling") ? Phase.FILLING : Phase.EXCHANGED));
                }
            }
            return all;
        });
    }

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
