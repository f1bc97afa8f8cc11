package dev.pgai.jdbc.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.AlterVectorizer;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.AppliedChange;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.Session;
import dev.pgai.sql.ReplaceSql;
import dev.pgai.vectorizer.Alteration;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.Embeddings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Does changes, whatever they are. */
public final class ChangeRunner {

    private ChangeRunner() {}

    /** One or more, in this order, and all or none of them. */
    public static List<AppliedChange> apply(Session session, List<VectorizerChange> changes) {
        String operation = changes.stream().map(VectorizerChange::toString).collect(Collectors.joining(", then "));
        return logged(session.change(operation, database -> {
            if (changes.size() > 1) {
                requireTransaction(database);
            }
            return run(database, changes);
        }));
    }

    /** One, and a look at what it made: where that fails, nothing was done, if the session has transactions. */
    public static <T> T apply(Session session, VectorizerChange change, Function<Database, T> look) {
        List<Done> done = new ArrayList<>();
        T seen = session.change(change.toString(), database -> {
            done.add(OneChange.run(database, change));
            return look.apply(database);
        });
        logged(done);
        return seen;
    }

    /**
     * Changes, all or none of them; and changes of vectorizers that no worker may be at, in transactions of their own
     * after those where the session has such, else in the caller's.
     *
     * @param before looks at the database before anything is done, and throws what is wrong
     * @param timeout how long workers are waited for
     */
    public static List<AppliedChange> apply(
            Session session,
            String operation,
            Consumer<Database> before,
            List<VectorizerChange> changes,
            List<VectorizerChange> drained,
            Duration timeout) {
        if (drained.isEmpty() || session.isInTransaction()) {
            List<VectorizerChange> all =
                    Stream.concat(changes.stream(), drained.stream()).toList();
            return logged(session.change(operation, database -> {
                requireTransaction(database);
                Locks.take(database);
                before.accept(database);
                return run(database, all);
            }));
        }
        Set<String> names =
                drained.stream().map(VectorizerChange::name).collect(Collectors.toCollection(LinkedHashSet::new));
        return List.copyOf(new DrainedVectorizers(session, operation, timeout)
                .change(
                        names,
                        database -> {
                            requireTransaction(database);
                            before.accept(database);
                            List<Done> done = run(database, changes);
                            // What is refused is refused before anything is committed.
                            drained.forEach(change -> OneChange.require(database, change));
                            return done;
                        },
                        drained));
    }

    /** One alteration; where rows are queued again, while no worker is at the vectorizer if the session allows that. */
    public static AppliedChange alter(Session session, AlterVectorizer change, Duration timeout) {
        boolean drains = !session.isInTransaction()
                && session.read(change.toString(), database -> {
                    CatalogLook.forReading(database);
                    return queuesAgain(database, change);
                });
        return (drains
                        ? apply(session, change.toString(), database -> {}, List.of(), List.of(change), timeout)
                        : apply(session, List.of(change)))
                .get(0);
    }

    /**
     * A change of a vectorizer and another one, while no worker is at them, that locks what everybody reads. The other
     * stays disabled.
     *
     * @param timeout how long workers are waited for, and how long it is tried again where locks are held
     */
    public static AppliedChange exchange(Session session, VectorizerChange change, String other, Duration timeout) {
        if (session.isInTransaction()) {
            return apply(session, List.of(change)).get(0);
        }
        return new DrainedVectorizers(session, change.toString(), timeout, Set.of(other))
                .change(List.of(change.name(), other), database -> List.of(), List.of(change))
                .get(0);
    }

    /**
     * A change that drops another vectorizer, once no worker is at that one. Before that, a vectorizer that was left
     * disabled is enabled again.
     *
     * @param timeout how long workers are waited for, and how long it is tried again where locks are held
     */
    public static AppliedChange abandon(Session session, VectorizerChange change, String other, Duration timeout) {
        if (session.isInTransaction()) {
            return apply(session, List.of(change)).get(0);
        }
        // Afterwards it would fail when all is done, and nobody would go on with it.
        enableLeft(session, change.toString(), List.of(change.name()));
        return new DrainedVectorizers(session, change.toString(), timeout, Set.of(other))
                .change(List.of(other), database -> List.of(), List.of(change))
                .get(0);
    }

    /** Enables those that were left disabled by a change that has ended, such as one of a JVM that was killed. */
    public static void enableLeft(Session session, String operation, Collection<String> names) {
        new DrainedVectorizers(session, operation, Duration.ZERO).enableLeft(names);
    }

    /**
     * A change that locks what everybody reads.
     *
     * @param timeout how long it is tried again where locks are held
     */
    public static AppliedChange brieflyLocking(Session session, VectorizerChange change, Duration timeout) {
        if (session.isInTransaction()) {
            return apply(session, List.of(change)).get(0);
        }
        Done done =
                new BriefLocks(session, change.toString(), timeout).change(database -> OneChange.run(database, change));
        return logged(List.of(done)).get(0);
    }

    /**
     * The drop of what a replacement that was completed has left, unless somebody else was faster.
     *
     * @param name the vectorizer that was replaced
     * @param timeout how long it is tried again where locks are held
     */
    public static Optional<AppliedChange> dropReplaced(Session session, String name, Duration timeout) {
        VectorizerChange drop = VectorizerChange.drop(ReplaceSql.next(name), Embeddings.DROP);
        if (session.isInTransaction()) {
            return Optional.of(apply(session, List.of(drop)).get(0));
        }
        return new BriefLocks(session, drop.toString(), timeout)
                        .change(database -> SecondVectorizer.isReplaced(database, name)
                                ? List.of(OneChange.run(database, drop))
                                : List.<Done>of())
                        .stream()
                        .map(done -> logged(List.of(done)).get(0))
                        .findFirst();
    }

    /** What cannot be read, or is not there, is told when the change is done. */
    private static boolean queuesAgain(Database database, AlterVectorizer change) {
        try {
            return VectorizerRow.find(database, change.name()).map(VectorizerRow::definition).stream()
                    .flatMap(stored -> DefinitionDifference.all(change.definition(), stored).stream())
                    .anyMatch(difference -> difference.alteration() == Alteration.QUEUED_AGAIN);
        } catch (InvalidArgumentException e) {
            return false;
        }
    }

    private static List<Done> run(Database database, List<VectorizerChange> changes) {
        List<Done> all = new ArrayList<>();
        changes.forEach(change -> all.add(OneChange.run(database, change)));
        return all;
    }

    private static List<AppliedChange> logged(List<Done> done) {
        done.forEach(Done::log);
        return List.copyOf(done);
    }

    static void requireTransaction(Database database) {
        if (!database.isInTransaction()) {
            throw new RefusedException(
                    "Cannot " + database.operation(),
                    List.of(Problem.of(
                            Problem.Code.TRANSACTION_MISSING,
                            null,
                            null,
                            "The connection is in autocommit, and when one of several changes fails, those before it"
                                    + " would stay.",
                            "Switch autocommit off, or use a DataSource.")));
        }
    }
}
