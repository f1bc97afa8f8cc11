package dev.pgai.jdbc.change;

import dev.pgai.change.Expectation.State;
import dev.pgai.change.StartReplacement;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Problem;
import dev.pgai.database.VectorizerReplacement.Phase;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.check.DefinitionCheck;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.inspect.InspectedVectorizer;
import dev.pgai.jdbc.inspect.ObjectsQuery;
import dev.pgai.plan.ObservedState;
import dev.pgai.sql.ReplaceSql;
import dev.pgai.vectorizer.VectorizerDefinition;
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
    public static List<Problem> problems(Database database, CatalogLook look, VectorizerChange change) {
        State state = change.expects().state();
        return switch (state) {
            case REPLACEABLE, REPLACEMENT_STARTED, REPLACEMENT_FILLING -> {
                String name = change.name();
                String next = ReplaceSql.next(name);
                List<String> marks = marks(database, next);
                yield state == State.REPLACEABLE
                        ? ofStart(database, change, next, marks)
                        : ofStarted(database, look, name, next, marks, state == State.REPLACEMENT_FILLING);
            }
            default -> List.of();
        };
    }

    static boolean isReplaced(Database database, String name) {
        return marks(database, ReplaceSql.next(name)).contains(ReplaceSql.REPLACED + name);
    }

    /** A list of one when there is such a vectorizer: an Optional has no empty text. */
    private static List<String> marks(Database database, String name) {
        return database.query(MARK, row -> row.next() ? List.of(row.getString(1)) : List.of(), name);
    }

    private static List<Problem> ofStart(Database database, VectorizerChange change, String next, List<String> marks) {
        String name = change.name();
        if (!marks.isEmpty()) {
            return List.of(Problem.of(
                    Problem.Code.REPLACEMENT_STARTED,
                    "name",
                    name,
                    "There is a vectorizer \"" + next + "\".",
                    marks.get(0).equals(ReplaceSql.FILLING + name)
                            ? "Complete the replacement that has been started, or abort it."
                            : "Drop that one first."));
        }
        if (marks(database, name).stream()
                .anyMatch(mark -> mark.startsWith(ReplaceSql.FILLING) || mark.startsWith(ReplaceSql.REPLACED))) {
            return List.of(Problem.of(
                    Problem.Code.REPLACEMENT_STARTED,
                    "name",
                    name,
                    "It is itself part of a replacement.",
                    "Complete that one, or abort it."));
        }
        return change instanceof StartReplacement start ? ofSecond(database, start.second()) : List.of();
    }

    /** What keeps the second from being created. Its place is not for its user to choose. */
    private static List<Problem> ofSecond(Database database, VectorizerDefinition second) {
        return DefinitionCheck.run(database, second, false).problems().stream()
                // Its queue is called as the catalog calls it.
                .filter(problem -> second.queueTable() == null || !"queue_table".equals(problem.option()))
                .map(problem -> problem.code() == Problem.Code.NAME_TAKEN
                        ? Problem.of(
                                problem.code(),
                                problem.option(),
                                problem.value(),
                                problem.message(),
                                "Drop or rename it: what fills beside the vectorizer takes this name.")
                        : problem)
                .toList();
    }

    private static List<Problem> ofStarted(
            Database database, CatalogLook look, String name, String next, List<String> marks, boolean filling) {
        if (marks.contains(ReplaceSql.FILLING + name)) {
            return filling ? List.of() : damages(database, look, next);
        }
        if (!marks.contains(ReplaceSql.REPLACED + name)) {
            return List.of(notStarted(name));
        }
        return filling ? List.of(exchanged(name, next)) : List.of();
    }

    /** What keeps one of the two from taking the place of the other. */
    public static List<Problem> damages(Database database, CatalogLook look, String name) {
        return InspectedVectorizer.find(database, look, name).stream()
                .flatMap(vectorizer -> vectorizer.errors().stream())
                .map(damage -> Problem.of(
                        Problem.Code.VECTORIZER_DAMAGED,
                        "name",
                        name,
                        "Vectorizer \"" + name + "\" is damaged: " + damage.code() + ", " + damage.object() + ": "
                                + damage.effect(),
                        damage.hint()))
                .toList();
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
