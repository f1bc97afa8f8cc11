package dev.pgai.jdbc.change;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.AppliedChange;
import dev.pgai.database.OutcomeUnknownException;
import dev.pgai.database.PartlyDoneException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.Session;
import dev.pgai.jdbc.inspect.ObjectsQuery;
import dev.pgai.jdbc.read.NotFound;
import dev.pgai.sql.ReplaceSql;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Changes vectorizers while no worker is at them. A worker reads the options when it begins, and ends when the queue is
 * empty or, before its next batch, when the vectorizer is disabled. So they are disabled by a transaction of its own,
 * the workers are waited for, and another transaction changes and enables them.
 *
 * <p>A queue whose comment is the mark belongs to a vectorizer that was enabled before. Whoever finds it finishes what
 * was begun.
 */
final class DrainedVectorizers {

    private static final String MARK = "pgai for Java has disabled the vectorizer to alter it";

    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final String WORKERS = "select pg_catalog.string_agg(a.application_name, ', ')"
            + " from ai.vectorizer v join pg_catalog.pg_stat_activity a on pg_catalog.starts_with(a.application_name,"
            + " pg_catalog.concat('pgai-worker[', v.id, ']'))"
            + " where a.datname operator(pg_catalog.=) pg_catalog.current_database()"
            + " and v.name operator(pg_catalog.=) any (?)";

    private static final String STATE = "select v.disabled, pg_catalog.obj_description(queue.oid, 'pg_class') as mark,"
            + " pg_catalog.pg_has_role(queue.relowner, 'usage') as owned,"
            + " pg_catalog.format('%I.%I', v.queue_schema, v.queue_table) as queue_name"
            + ObjectsQuery.from("where " + VectorizerRow.BY_NAME);

    private final Session session;
    private final String operation;
    private final Duration timeout;
    private final Set<String> staying;
    private final List<String> toEnable = new ArrayList<>();

    DrainedVectorizers(Session session, String operation, Duration timeout) {
        this(session, operation, timeout, Set.of());
    }

    /**
     * Does not enable some of them afterwards; when it fails, all are as before.
     *
     * @param staying of those that are changed
     */
    DrainedVectorizers(Session session, String operation, Duration timeout, Set<String> staying) {
        this.session = session;
        this.operation = operation;
        this.timeout = timeout;
        this.staying = staying;
    }

    /**
     * Does it. What the first transaction has done is in the log when the second fails, and in the exception.
     *
     * @param first what else the first transaction does, before it disables
     */
    List<Done> change(Collection<String> names, Function<Database, List<Done>> first, List<VectorizerChange> changes) {
        List<Done> done = new ArrayList<>(disable(names, first));
        done.forEach(Done::log);
        try {
            awaitWorkers(names);
            List<Done> altered = new BriefLocks(session, operation, timeout).change(database -> {
                List<Done> all = new ArrayList<>();
                changes.forEach(change -> all.add(OneChange.run(database, change)));
                enable(
                        database,
                        toEnable.stream()
                                .filter(name -> !staying.contains(name))
                                .toList());
                return all;
            });
            altered.forEach(Done::log);
            done.addAll(altered);
            return done;
        } catch (PgaiDatabaseException e) {
            throw withWhatStays(e, done, asBefore(e) ? List.of() : toEnable);
        } catch (RuntimeException | Error e) {
            asBefore(e);
            throw e;
        }
    }

    private List<Done> disable(Collection<String> names, Function<Database, List<Done>> first) {
        try {
            return session.change(operation, database -> {
                toEnable.clear();
                Locks.take(database);
                List<Done> others = first.apply(database);
                names.forEach(name -> disable(database, name));
                return others;
            });
        } catch (OutcomeUnknownException e) {
            // It may be committed, and nobody goes on with it.
            asBefore(e);
            throw e;
        }
    }

    private PgaiDatabaseException withWhatStays(PgaiDatabaseException e, List<Done> all, List<String> disabled) {
        List<AppliedChange> done = all.stream()
                .filter(Done::changed)
                .map(AppliedChange.class::cast)
                .toList();
        if (done.isEmpty() && disabled.isEmpty()) {
            return e;
        }
        StringBuilder message = new StringBuilder(String.valueOf(e.getMessage()));
        if (!done.isEmpty()) {
            message.append(" This was done before, and stays: ")
                    .append(done.stream().map(each -> each.change().toString()).collect(Collectors.joining(", then ")))
                    .append('.');
        }
        if (!disabled.isEmpty()) {
            message.append(" What was disabled to be altered may be disabled still: ")
                    .append(String.join(", ", disabled))
                    .append(". Enable it with Pgai.enable(), or plan again and carry that out.");
        }
        return done.isEmpty() && e instanceof OutcomeUnknownException
                ? new OutcomeUnknownException(message.toString(), e.sql(), e.sqlState(), e.getCause())
                : new PartlyDoneException(message.toString(), done, disabled, e);
    }

    /** Enables those that were left disabled by a change that has ended. */
    void enableLeft(Collection<String> names) {
        session.change(operation, database -> {
            Locks.take(database);
            enable(
                    database,
                    names.stream().filter(name -> isLeft(state(database, name))).toList());
            return names;
        });
    }

    private static boolean isLeft(State state) {
        String mark = state.mark();
        return state.disabled() && mark != null && (mark.equals(MARK) || mark.startsWith(ReplaceSql.FILLING));
    }

    private void disable(Database database, String name) {
        State state = state(database, name);
        if (!state.disabled()) {
            OneChange.run(database, VectorizerChange.disable(name));
            toEnable.add(name);
            if (state.owned() && state.mark() == null) {
                comment(database, name, state, "'" + MARK + "'");
            }
        } else if (isLeft(state)) {
            toEnable.add(name);
        }
    }

    private static void enable(Database database, List<String> names) {
        for (String name : names) {
            OneChange.run(database, VectorizerChange.enable(name));
            State state = state(database, name);
            if (MARK.equals(state.mark()) && state.owned()) {
                comment(database, name, state, "null");
            }
        }
    }

    /** In autocommit nothing keeps another one from dropping it meanwhile. */
    private static void comment(Database database, String name, State state, String comment) {
        try {
            database.run("comment on table " + state.queue() + " is " + comment, text -> text);
        } catch (PgaiDatabaseException e) {
            if (database.isInTransaction() || VectorizerRow.find(database, name).isPresent()) {
                throw e;
            }
            throw NotFound.exception(CatalogLook.forReading(database), name);
        }
    }

    /** Enables what was disabled, unless somebody dropped it. Says whether that was possible. */
    private boolean asBefore(Throwable failure) {
        if (toEnable.isEmpty()) {
            return true;
        }
        try {
            session.change(operation, database -> {
                Locks.take(database);
                toEnable.removeIf(name -> VectorizerRow.find(database, name).isEmpty());
                // One that is to stay so may be exchanged, or gone, if what has failed is the answer of a commit.
                enable(
                        database,
                        toEnable.stream()
                                .filter(name -> !staying.contains(name) || isLeft(state(database, name)))
                                .toList());
                return toEnable;
            });
            return true;
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private void awaitWorkers(Collection<String> names) {
        long start = System.nanoTime();
        Optional<String> workers = workers(names);
        while (workers.isPresent()) {
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw new PgaiDatabaseException(
                        "Cannot " + operation + ": after " + timeout + " workers are still at it (" + workers.get()
                                + "). Nothing was altered. Wait longer: a worker ends after the batch that it is at.",
                        null,
                        null,
                        null);
            }
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PgaiDatabaseException(
                        "Cannot " + operation + ": the thread was interrupted while it waited for workers. Nothing was"
                                + " altered.",
                        null,
                        null,
                        e);
            }
            workers = workers(names);
        }
    }

    private Optional<String> workers(Collection<String> names) {
        return session.read(
                operation,
                database -> database.query(
                        WORKERS, row -> row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty(), (Object)
                                names.toArray(new String[0])));
    }

    /** What is known of a vectorizer and its queue. */
    private record State(boolean disabled, @Nullable String mark, boolean owned, String queue) {}

    private static State state(Database database, String name) {
        return database.query(
                STATE,
                (ResultSet row) -> row.next()
                        ? new State(
                                row.getBoolean("disabled"),
                                row.getString("mark"),
                                row.getBoolean("owned"),
                                String.valueOf(row.getString("queue_name")))
                        : new State(true, null, false, ""),
                name);
    }
}
