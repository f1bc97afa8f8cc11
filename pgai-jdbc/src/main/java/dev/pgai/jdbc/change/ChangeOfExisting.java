package dev.pgai.jdbc.change;

import dev.pgai.change.ChangedVectorizer;
import dev.pgai.change.Expectation.Owned;
import dev.pgai.change.Expectation.Right;
import dev.pgai.change.Expectation.State;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Damage;
import dev.pgai.database.Damage.Mend;
import dev.pgai.database.DependentObjectsException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Severity;
import dev.pgai.database.RefusedException;
import dev.pgai.database.VectorizerNotFoundException;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.Grants;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.SqlErrors;
import dev.pgai.jdbc.inspect.InspectedVectorizer;
import dev.pgai.jdbc.inspect.ObjectsQuery;
import dev.pgai.jdbc.read.NotFound;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.RelationName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A change of a vectorizer that is there. */
final class ChangeOfExisting {

    /** Where nothing may be damaged. */
    private static final Set<State> WHOLE =
            EnumSet.of(State.WHOLE, State.ALTERABLE, State.REPLACEABLE, State.REPLACEMENT_STARTED);

    /** Where the view must be there. */
    private static final Set<State> OF_VIEW = EnumSet.of(State.VIEW_THERE, State.VIEW_REFRESHABLE);

    /** What keeps a view from being made. */
    private static final Set<Damage.Code> NO_VIEW = EnumSet.of(
            Damage.Code.SOURCE_MISSING,
            Damage.Code.SOURCE_RENAMED,
            Damage.Code.KEY_RENAMED,
            Damage.Code.STORE_MISSING,
            Damage.Code.STORE_RENAMED,
            Damage.Code.VIEW_MISSING,
            Damage.Code.VIEW_DIFFERS);

    /** As {@link ObjectsQuery} calls them. */
    private static final List<String> OBJECTS = List.of("source", "queue", "failed", "store", "shown");

    /** True for what is not there. */
    private static final String OWNERS = OBJECTS.stream()
            .map(what -> "coalesce(pg_catalog.pg_has_role(" + what + ".relowner, 'usage'), true) as " + what + "_owned")
            .collect(Collectors.joining(", "));

    /** The vectorizer, and those of its objects that the current user does not own. */
    private record Found(VectorizerRow row, Set<String> others) {}

    private final Database database;
    private final VectorizerChange change;

    ChangeOfExisting(Database database, VectorizerChange change) {
        this.database = database;
        this.change = change;
    }

    Done run() {
        CatalogLook look = CatalogLook.forReading(database);
        boolean orDone = change.expects().vectorizer().orDone();
        if (orDone && find().isEmpty()) {
            // Without the lock, because it is enough to have seen that there is nothing to do.
            return Done.nothing(change, null);
        }
        Locks.take(database);
        Optional<Found> found = find();
        if (found.isEmpty()) {
            if (orDone) {
                return Done.nothing(change, null);
            }
            throw NotFound.exception(look, change.name());
        }
        List<Problem> warnings = required(look, found.get());
        try {
            return run(found.get().row().forPeople(), warnings);
        } catch (PgaiDatabaseException e) {
            throw known(look, e);
        }
    }

    /** Refuses what {@link #run} would refuse before it does anything. */
    void require() {
        CatalogLook look = CatalogLook.forReading(database);
        required(look, find().orElseThrow(() -> NotFound.exception(look, change.name())));
    }

    /** What is no reason not to do it. */
    private List<Problem> required(CatalogLook look, Found found) {
        right(look, found).require(database.operation());
        requireStillThere(look);
        List<Problem> problems = problemsOfState(look);
        List<Problem> errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new RefusedException("Cannot " + database.operation(), errors);
        }
        return problems;
    }

    /**
     * An old snapshot shows a vectorizer that is gone, of which a change that does not write its row would make objects
     * that belong to nothing. To lock the row is refused then, with 40001.
     */
    private void requireStillThere(CatalogLook look) {
        if (look.keepsItsSnapshot() && look.ai().update()) {
            database.query(
                    "select v.id from ai.vectorizer v where " + VectorizerRow.BY_NAME + " for key share",
                    row -> row.next(),
                    change.name());
        }
    }

    List<Problem> problems() {
        CatalogLook look = CatalogLook.at(database);
        List<Problem> problems = new ArrayList<>(look.problems());
        if (problems.isEmpty()) {
            problems.addAll(look.grantsToRead().problems());
        }
        if (problems.isEmpty()) {
            Optional<Found> found = find();
            if (found.isPresent()) {
                problems.addAll(right(look, found.get()).problems());
                problems.addAll(problemsOfState(look));
            } else if (!change.expects().vectorizer().orDone()) {
                problems.add(NotFound.problem(look, change.name()));
            }
        }
        return List.copyOf(problems);
    }

    /**
     * Whether the objects of the vectorizer are as the change needs them. Without a lock another transaction may drop
     * it between two looks, which the statement then says.
     */
    private List<Problem> problemsOfState(CatalogLook look) {
        State state = change.expects().state();
        if (state == State.ANY) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>(SecondVectorizer.problems(database, look, change));
        if (state != State.REPLACEMENT_FILLING) {
            InspectedVectorizer.find(database, look, change.name())
                    .ifPresent(vectorizer -> problems.addAll(problemsOfState(vectorizer, state)));
        }
        return problems;
    }

    private List<Problem> problemsOfState(InspectedVectorizer vectorizer, State state) {
        if (state == State.SOURCE_GONE) {
            boolean gone =
                    vectorizer.damages().stream().anyMatch(damage -> damage.code() == Damage.Code.SOURCE_MISSING);
            return gone
                    ? List.of()
                    : List.of(Problem.of(
                            Problem.Code.SOURCE_PRESENT,
                            "name",
                            change.name(),
                            "Its source " + vectorizer.row().source() + " is there.",
                            "Drop the vectorizer instead, and keep the embeddings."));
        }
        List<Problem> problems = new ArrayList<>();
        if (state == State.ALTERABLE) {
            change.becomes().ifPresent(wanted -> problems.addAll(vectorizer.problemsOf(wanted)));
        }
        vectorizer.damages().stream()
                .filter(damage -> damage.severity() == Severity.ERROR
                        ? isInTheWay(state, damage)
                        : damage.code() == Damage.Code.VIEW_COLUMN_TAKEN && makesView(state, vectorizer))
                .map(damage -> Problem.of(
                        Problem.Code.VECTORIZER_DAMAGED,
                        "name",
                        change.name(),
                        (WHOLE.contains(state) ? "It is damaged: " : "It cannot be made again from what is there: ")
                                + damage.code() + ", " + damage.object() + ": " + damage.effect(),
                        damage.hint()))
                .forEach(problems::add);
        return problems;
    }

    private static boolean makesView(State state, InspectedVectorizer vectorizer) {
        return state == State.VIEW_REFRESHABLE || (state == State.MENDABLE && Damage.isViewMade(vectorizer.damages()));
    }

    private static boolean isInTheWay(State state, Damage damage) {
        Damage.Code code = damage.code();
        if (state == State.ALTERABLE && damage.isOfDefinition()) {
            return false;
        }
        return WHOLE.contains(state)
                || (OF_VIEW.contains(state)
                        ? NO_VIEW.contains(code)
                        : code.mend() == Mend.BY_HAND || code.mend() == Mend.FORGET);
    }

    private Optional<Found> find() {
        boolean owned = change.expects().owned() != Owned.NOTHING;
        String restriction = "where " + VectorizerRow.BY_NAME;
        return database.query(
                "select " + VectorizerRow.COLUMNS
                        + (owned
                                ? ", " + OWNERS + ObjectsQuery.from(restriction)
                                : " from ai.vectorizer v " + restriction),
                row -> row.next()
                        ? Optional.of(new Found(VectorizerRow.read(row), owned ? others(row) : Set.of()))
                        : Optional.empty(),
                change.name());
    }

    private static Set<String> others(ResultSet row) throws SQLException {
        Set<String> others = new HashSet<>();
        for (String object : OBJECTS) {
            if (!row.getBoolean(object + "_owned")) {
                others.add(object);
            }
        }
        return others;
    }

    private Done run(ChangedVectorizer vectorizer, List<Problem> warned) {
        List<String> warnings = warned.stream()
                .map(problem -> "vectorizer \"" + vectorizer.name() + "\": " + problem)
                .collect(Collectors.toCollection(ArrayList::new));
        boolean done = true;
        for (String statement : change.sql()) {
            Database.Outcome outcome = database.run(
                    statement, change.becomes().map(DefinitionForm::mask).orElse(UnaryOperator.identity()));
            done &= outcome.done();
            outcome.warnings()
                    .forEach(warning -> warnings.add(
                            "The database warns about vectorizer \"" + vectorizer.name() + "\": " + warning));
        }
        return new Done(change, done, vectorizer, warnings);
    }

    private Grants right(CatalogLook look, Found found) {
        Right right = change.expects().right();
        boolean given = switch (right) {
            case INSERT -> look.ai().insert();
            case UPDATE -> look.ai().update();
            case DELETE -> look.ai().delete();
        };
        Grants grants = look.grants().unless(given, "grant " + right.privilege() + " on ai.vectorizer to");
        Owned owned = change.expects().owned();
        if (owned == Owned.NOTHING) {
            return grants;
        }
        VectorizerRow vectorizer = found.row();
        if (owned != Owned.VIEW) {
            owner(grants, found, "source", vectorizer.sourceName());
            owner(grants, found, "queue", vectorizer.queue());
            owner(grants, found, "failed", vectorizer.failedQueue());
        }
        if (owned == Owned.ALL) {
            owner(grants, found, "store", vectorizer.store());
        }
        if (owned != Owned.SOURCE_AND_QUEUES) {
            owner(grants, found, "shown", vectorizer.view());
        }
        return grants;
    }

    private static void owner(Grants grants, Found found, String what, @Nullable RelationName relation) {
        if (relation != null) {
            grants.unless(!found.others().contains(what), Grants.owner(SqlText.relation(relation)));
        }
    }

    private PgaiDatabaseException known(CatalogLook look, PgaiDatabaseException e) {
        String cannot = "Cannot " + database.operation();
        String hint = hint(look, SqlErrors.state(e));
        return switch (SqlErrors.state(e)) {
            case SqlErrors.NO_DATA_FOUND ->
                new VectorizerNotFoundException(
                        change.name(),
                        SqlErrors.message(cannot, "It was there a moment ago: another transaction dropped it.", e),
                        List.of(NotFound.problem(look, change.name())),
                        e.sql(),
                        e.sqlState(),
                        e.getCause());
            case SqlErrors.DEPENDENT_OBJECTS -> {
                String message = SqlErrors.message(cannot, hint, e);
                yield new DependentObjectsException(
                        change.name(),
                        message,
                        List.of(Problem.of(Problem.Code.DEPENDENT_OBJECTS, "name", change.name(), message, "")),
                        e.sql(),
                        e.sqlState(),
                        e.getCause());
            }
            case SqlErrors.INSUFFICIENT_PRIVILEGE -> look.missingRights(database.operation(), e);
            default ->
                hint.isEmpty()
                        ? e
                        : new PgaiDatabaseException(
                                SqlErrors.message(cannot, hint, e), e.sql(), e.sqlState(), e.getCause());
        };
    }

    /** An object that is missing, or there, against what was seen before: there is no other cause under the lock. */
    private String hint(CatalogLook look, String state) {
        String hint = change.hintFor(state);
        return hint.isEmpty() && state.startsWith(SqlErrors.CLASS_OF_NAMES) ? look.snapshotHint() : hint;
    }
}
