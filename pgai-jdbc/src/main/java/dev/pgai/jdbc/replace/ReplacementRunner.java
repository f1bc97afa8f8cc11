package dev.pgai.jdbc.replace;

import dev.pgai.change.CompleteReplacement;
import dev.pgai.change.StartReplacement;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.AppliedChange;
import dev.pgai.database.PartlyDoneException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.database.VectorizerReplacement;
import dev.pgai.database.VectorizerReplacement.Phase;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.change.ChangeRunner;
import dev.pgai.jdbc.change.SecondVectorizer;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.Session;
import dev.pgai.jdbc.connection.SqlErrors;
import dev.pgai.jdbc.read.NotFound;
import dev.pgai.plan.Consent;
import dev.pgai.plan.Hazard;
import dev.pgai.sql.ReplaceSql;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.Enqueue;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Starts, completes and aborts replacements. Each may be run again after it ended anywhere. */
public final class ReplacementRunner {

    private final Session session;

    public ReplacementRunner(Session session) {
        this.session = session;
    }

    public List<VectorizerReplacement> list() {
        return session.read("list the replacements", database -> {
            CatalogLook look = CatalogLook.forReading(database);
            return SecondVectorizer.all(database).stream()
                    .flatMap(second -> read(database, look, second.name()).stream())
                    .toList();
        });
    }

    public Optional<VectorizerReplacement> find(String name) {
        return session.read("read the replacement of vectorizer \"" + name + "\"", database -> find(database, name));
    }

    private static Optional<VectorizerReplacement> find(Database database, String name) {
        CatalogLook look = CatalogLook.forReading(database);
        Optional<VectorizerReplacement> found = read(database, look, name);
        if (found.isEmpty() && VectorizerRow.find(database, name).isEmpty()) {
            throw NotFound.exception(look, name);
        }
        return found;
    }

    private static Optional<VectorizerReplacement> read(Database database, CatalogLook look, String name) {
        try {
            return ReplacementReader.find(database, name);
        } catch (PgaiDatabaseException e) {
            String state = SqlErrors.state(e);
            if (look.keepsItsSnapshot() && state.startsWith(SqlErrors.CLASS_OF_NAMES)) {
                throw new PgaiDatabaseException(
                        SqlErrors.message("Cannot " + database.operation(), look.snapshotHint(), e),
                        e.sql(),
                        state,
                        e.getCause());
            }
            throw e;
        }
    }

    /**
     * One that was started by the same definition is gone on with: what it lacks is queued.
     *
     * @param patience how long it is tried again where locks are held
     */
    public VectorizerReplacement start(VectorizerDefinition definition, Duration patience) {
        StartReplacement change = VectorizerChange.startReplacement(definition).withEnqueue(Enqueue.NONE);
        Optional<VectorizerReplacement> there = find(change.name());
        if (there.isPresent()) {
            return goneOn(change, there.get());
        }
        if (session.isInTransaction()) {
            return applied(change.withEnqueue(Enqueue.ALL), change.name());
        }
        AppliedChange started;
        try {
            started = ChangeRunner.brieflyLocking(session, change, patience);
        } catch (RefusedException e) {
            // Somebody else may have been faster.
            return goneOn(change, find(change.name()).orElseThrow(() -> e));
        }
        try {
            return filled(change.name());
        } catch (PgaiDatabaseException e) {
            throw partlyDone(e, List.of(started), "Start it again, which queues the rows.");
        }
    }

    private VectorizerReplacement goneOn(StartReplacement change, VectorizerReplacement there) {
        requireSame(change, there);
        ChangeRunner.enableLeft(session, change.toString(), List.of(there.name(), there.next()));
        return filled(there.name());
    }

    /** Rows of its own transaction are locked by the first: writers would wait while all are queued. */
    private VectorizerReplacement filled(String name) {
        return applied(VectorizerChange.enqueue(ReplaceSql.next(name)).withEnqueue(Enqueue.MISSING), name);
    }

    /** In autocommit another one may have aborted it before the look. */
    private VectorizerReplacement applied(VectorizerChange change, String name) {
        return ChangeRunner.apply(session, change, database -> find(database, name))
                .orElseThrow(() -> refused(change, SecondVectorizer.notStarted(name)));
    }

    private static PgaiDatabaseException partlyDone(PgaiDatabaseException e, List<AppliedChange> done, String hint) {
        return done.isEmpty()
                ? e
                : new PartlyDoneException(
                        e.getMessage() + " This was done before, and stays: "
                                + done.get(0).change() + ". " + hint,
                        done,
                        List.of(),
                        e);
    }

    private void requireSame(StartReplacement change, VectorizerReplacement there) {
        if (there.phase() == Phase.EXCHANGED) {
            throw refused(change, SecondVectorizer.exchanged(there.name(), there.next()));
        }
        List<DefinitionDifference> differences = session.read(
                change.toString(),
                database -> VectorizerRow.find(database, there.next()).stream()
                        .flatMap(row -> change.differencesFrom(row.definition()).stream())
                        .toList());
        if (!differences.isEmpty()) {
            throw refused(
                    change,
                    Problem.of(
                            Problem.Code.REPLACEMENT_STARTED,
                            "name",
                            there.name(),
                            "One by another definition has been started: " + differences + ".",
                            "Complete it, or abort it."));
        }
    }

    /** Where it ended after the exchange, goes on from there. */
    public List<AppliedChange> complete(String name, Collection<Consent> consents, Duration timeout) {
        boolean acceptingGaps = consents.contains(new Consent(name, Hazard.SEARCH_GAP));
        CompleteReplacement change = new CompleteReplacement(name, acceptingGaps);
        requireStarted(change);
        VectorizerReplacement there = find(name).orElseThrow(() -> refused(change, SecondVectorizer.notStarted(name)));
        List<AppliedChange> done = new ArrayList<>();
        if (there.phase() == Phase.FILLING) {
            require(change, (database, look) -> SecondVectorizer.damages(database, look, name));
            requireReady(change, there);
            done.add(ChangeRunner.exchange(session, change, there.next(), timeout));
        }
        try {
            ChangeRunner.dropReplaced(session, name, timeout).ifPresent(done::add);
        } catch (PgaiDatabaseException e) {
            throw session.isInTransaction()
                    ? e
                    : partlyDone(e, done, "Complete it again, which drops the embeddings from before.");
        }
        return List.copyOf(done);
    }

    private static void requireReady(CompleteReplacement change, VectorizerReplacement there) {
        List<Problem> problems = new ArrayList<>();
        if (!change.acceptGaps() && there.missing() > 0) {
            problems.add(Problem.of(
                    Problem.Code.REPLACEMENT_NOT_FILLED,
                    "name",
                    there.name(),
                    there.missing() + " of " + there.rows() + " rows that are found now have no embedding in "
                            + there.store() + ": " + there.pending() + " are queued, " + there.failed() + " failed.",
                    "Wait until vectorizer \"" + there.next() + "\" is through, for which a worker of its own can be"
                            + " started, or agree that they are not found by the consent "
                            + new Consent(there.name(), Hazard.SEARCH_GAP) + "."));
        }
        if (!there.obstacles().isEmpty()) {
            problems.add(Problem.of(
                    Problem.Code.DEPENDENT_OBJECTS,
                    "name",
                    there.name(),
                    "In the way: " + String.join("; ", there.obstacles()) + ".",
                    "Drop what would stay with the embeddings from before, and make it again afterwards; or make it on"
                            + " what is beside it, too."));
        }
        if (!problems.isEmpty()) {
            throw new RefusedException("Cannot " + change, problems);
        }
    }

    public void abort(String name, Duration timeout) {
        VectorizerChange change = VectorizerChange.abortReplacement(name);
        requireStarted(change);
        ChangeRunner.abandon(session, change, ReplaceSql.next(name), timeout);
    }

    /** Before anything is disabled. */
    private void requireStarted(VectorizerChange change) {
        require(change, (database, look) -> SecondVectorizer.problems(database, look, change));
    }

    private void require(VectorizerChange change, BiFunction<Database, CatalogLook, List<Problem>> found) {
        List<Problem> problems = session.read(change.toString(), database -> {
            CatalogLook look = CatalogLook.forReading(database);
            if (VectorizerRow.find(database, change.name()).isEmpty()) {
                throw NotFound.exception(look, change.name());
            }
            return found.apply(database, look);
        });
        if (!problems.isEmpty()) {
            throw new RefusedException("Cannot " + change, problems);
        }
    }

    private static RefusedException refused(VectorizerChange change, Problem problem) {
        return new RefusedException("Cannot " + change, List.of(problem));
    }
}
