package dev.pgai.jdbc;

import dev.pgai.managed.ManagedObjects;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vectorizers of one database.
 *
 * <pre>{@code
 * Pgai pgai = Pgai.on(dataSource);
 * pgai.createIfAbsent(definition);
 * pgai.list().forEach(System.out::println);
 * pgai.drop("blog_content_embedder", Embeddings.KEEP);
 * }</pre>
 *
 * <p>Each operation first looks whether pgai is there and what the current user may do, in one round trip. That look
 * never fails for want of pgai or of rights, so that a caller's transaction can go on after a
 * {@link PgaiNotInstalledException}, a {@link CatalogTooOldException}, a {@link DefinitionRefusedException}, and any
 * other exception of this library's without a cause. A statement that the server refuses leaves a caller's transaction
 * failed, as any refused statement does.
 *
 * <p>Needs pgai 0.10.2 or newer. The caller's search path does not matter. Each change to the database is logged at
 * info, once, after it succeeded; reads are not. Every operation may throw, beside what it names itself,
 * {@link PgaiNotInstalledException}, {@link CatalogTooOldException}, {@link MissingRightsException}, and
 * {@link PgaiDatabaseException} with cause and SQL for all else.
 */
public final class Pgai {

    /**
     * The key of the advisory lock that {@link #createIfAbsent} and {@code dropIfExists} hold until the end of their
     * transaction when they have something to do: the bytes of {@code pgaivect}. Take it with
     * {@code pg_advisory_xact_lock} to keep them waiting.
     */
    public static final long LOCK = 0x7067_6169_7665_6374L;

    /** A name may hold anything, and a change is one line. */
    private static final Pattern BREAKS_LINES = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private static final Logger LOG = LoggerFactory.getLogger(Pgai.class);

    private final Session session;

    private Pgai(Session session) {
        this.session = session;
    }

    /**
     * Works in the transaction of the caller. The connection is neither committed nor rolled back, switched or closed.
     * In autocommit each operation changes the database by one statement, and is atomic by that.
     *
     * @param connection a connection to PostgreSQL, which stays the caller's
     * @return the vectorizers of the database that it is connected to; as little fit for use by several threads as the
     *     connection
     */
    public static Pgai on(Connection connection) {
        return new Pgai(Session.of(connection));
    }

    /**
     * Works on one connection and in one transaction for each operation: committed when it succeeds, rolled back when
     * it fails. To take part in a transaction of a framework's, give its connection to {@link #on(Connection)}.
     *
     * @param dataSource connections to PostgreSQL, which are given back with the autocommit that they had
     * @return the vectorizers of the database that they are connected to; as fit for use by several threads as the data
     *     source
     */
    public static Pgai on(DataSource dataSource) {
        return new Pgai(Session.of(dataSource));
    }

    /**
     * Finds every problem of a definition on this database, in one round trip: what the catalog would refuse, what it
     * would take and the worker then fails on, and what it would leave out without a word. Nothing is changed, and a
     * transaction of the caller's goes on whatever is found.
     *
     * <p>The worker is the one of pgai 0.10.2 to 0.12.1. Whether a provider knows the model is not asked.
     *
     * @param definition what may be created. When it has {@code if_not_exists} and there is a vectorizer of its name,
     *     only what the catalog looks at before that one is found
     * @return all problems, the errors and the warnings; empty when {@link #create} would succeed and do as it is told
     */
    public List<Problem> check(VectorizerDefinition definition) {
        String doing =
                "Cannot check vectorizer \"" + CatalogNames.of(definition).vectorizer() + "\"";
        return session.call(
                connection -> DefinitionCheck.run(connection, doing, definition).problems());
    }

    /**
     * Creates a vectorizer: {@code ai.create_vectorizer}. First does what {@link #check} does: errors are thrown, and
     * warnings go to the log.
     *
     * @param definition what to create. With {@code if_not_exists}, one of the same name counts as created, whatever it
     *     is: {@link #createIfAbsent} compares
     * @return its id and name
     * @throws DefinitionRefusedException when {@link #check} finds errors of several kinds, or of one that has no
     *     exception of its own; nothing was tried then
     * @throws SourceNotFoundException when the source table does not exist, and nothing else is wrong
     * @throws VectorizerExistsException when the name, or that of its view, store or queue, is taken, and nothing else
     *     is wrong
     * @throws MissingRightsException when the current user may not create it, and nothing else is wrong; all that is
     *     missing is named
     */
    public CreatedVectorizer create(VectorizerDefinition definition) {
        return change(connection -> new Creation(connection, definition).create());
    }

    /**
     * Creates a vectorizer unless one of its name is there. Many may call it at once: it holds an advisory lock
     * ({@link #LOCK}) until the end of its transaction, so that the others wait, and find what it created.
     *
     * <p>In a caller's transaction that is {@code repeatable read} or {@code serializable}, what others commit after
     * the first statement stays unseen: creating the same then gives a {@link VectorizerExistsException}.
     *
     * @param definition what to create; {@code if_not_exists} does not matter
     * @return its id and name, and whether this call created it
     * @throws VectorizerDiffersException when one of its name is there, and differs in a value that the definition sets
     *     (see {@link dev.pgai.vectorizer.DefinitionDifference#between})
     * @throws DefinitionRefusedException when there is none of its name, and {@link #check} finds errors of several
     *     kinds, or of one that has no exception of its own; nothing was tried then
     * @throws SourceNotFoundException when there is none of its name, the source table does not exist, and nothing else
     *     is wrong
     * @throws VectorizerExistsException when there is none of its name, the name of its view, store or queue is taken,
     *     and nothing else is wrong
     * @throws MissingRightsException when there is none of its name, or that may not be read, and the current user may
     *     not create it; all that is missing is named
     */
    public PresentVectorizer createIfAbsent(VectorizerDefinition definition) {
        return change(connection -> new Creation(connection, definition).createIfAbsent());
    }

    /**
     * Drops a vectorizer: {@code ai.drop_vectorizer}.
     *
     * @param name the vectorizer
     * @param embeddings whether store and view are dropped, too; the column of a column destination always stays
     * @throws VectorizerNotFoundException when there is none of this name
     * @throws DependentObjectsException when something depends on store or view
     */
    public void drop(String name, Embeddings embeddings) {
        change(connection -> Changes.drop(connection, new VectorizerKey.Name(name), embeddings));
    }

    /**
     * Drops a vectorizer: {@code ai.drop_vectorizer}.
     *
     * @param id the vectorizer; ids differ between databases
     * @param embeddings whether store and view are dropped, too; the column of a column destination always stays
     * @throws VectorizerNotFoundException when there is none with this id
     * @throws DependentObjectsException when something depends on store or view
     */
    public void drop(int id, Embeddings embeddings) {
        change(connection -> Changes.drop(connection, new VectorizerKey.Id(id), embeddings));
    }

    /**
     * Drops a vectorizer if it is there: {@code ai.drop_vectorizer}. Many may call it at once: it holds an advisory
     * lock ({@link #LOCK}) until the end of its transaction, so that the others wait, and find nothing.
     *
     * @param name the vectorizer
     * @param embeddings whether store and view are dropped, too; the column of a column destination always stays
     * @return whether it was there
     * @throws DependentObjectsException when something depends on store or view
     */
    public boolean dropIfExists(String name, Embeddings embeddings) {
        return change(connection -> Changes.dropIfExists(connection, new VectorizerKey.Name(name), embeddings));
    }

    /**
     * Drops a vectorizer if it is there: {@code ai.drop_vectorizer}. Many may call it at once: it holds an advisory
     * lock ({@link #LOCK}) until the end of its transaction, so that the others wait, and find nothing.
     *
     * @param id the vectorizer; ids differ between databases
     * @param embeddings whether store and view are dropped, too; the column of a column destination always stays
     * @return whether it was there
     * @throws DependentObjectsException when something depends on store or view
     */
    public boolean dropIfExists(int id, Embeddings embeddings) {
        return change(connection -> Changes.dropIfExists(connection, new VectorizerKey.Id(id), embeddings));
    }

    /**
     * Says whether there is a vectorizer.
     *
     * @param name the vectorizer
     * @return whether there is one of exactly this name
     */
    public boolean exists(String name) {
        String doing = "Cannot look for vectorizer \"" + name + "\"";
        return session.call(connection -> {
            Preflight.forReading(connection, doing);
            return Target.find(connection, doing, new VectorizerKey.Name(name)).isPresent();
        });
    }

    /**
     * Reads a vectorizer: what is stored, and how far it is. What the current user may not read of that is said by
     * type, and no error. In a caller's transaction, a queue with rows in it cannot be dropped before the transaction
     * ends.
     *
     * @param name the vectorizer
     * @return the vectorizer, or empty when there is none of exactly this name
     */
    public Optional<StoredVectorizer> find(String name) {
        return find(new VectorizerKey.Name(name));
    }

    /**
     * Reads a vectorizer, as {@link #find(String)} does.
     *
     * @param id the vectorizer; ids differ between databases
     * @return the vectorizer, or empty when there is none with this id
     */
    public Optional<StoredVectorizer> find(int id) {
        return find(new VectorizerKey.Id(id));
    }

    private Optional<StoredVectorizer> find(VectorizerKey key) {
        String doing = "Cannot read " + key;
        return session.call(connection -> {
            Preflight preflight = Preflight.forReading(connection, doing);
            return StoredVectorizers.find(connection, doing, preflight, key);
        });
    }

    /**
     * Reads all vectorizers, as {@link #find(String)} does, by one query however many there are.
     *
     * @return an unmodifiable list in the order of ids
     */
    public List<StoredVectorizer> list() {
        String doing = "Cannot list the vectorizers";
        return session.call(connection -> {
            Preflight preflight = Preflight.forReading(connection, doing);
            return StoredVectorizers.list(connection, doing, preflight);
        });
    }

    /**
     * Counts all rows in the queue of a vectorizer, which takes a while when there are many:
     * {@link VectorizerStatus#pending} stops early.
     *
     * @param name the vectorizer
     * @return the rows, from 0
     * @throws VectorizerNotFoundException when there is none of this name
     * @throws MissingRightsException when the current user may not read the queue
     */
    public long countPending(String name) {
        return session.call(connection -> PendingCount.of(connection, new VectorizerKey.Name(name)));
    }

    /**
     * Reads the failures that workers recorded for a vectorizer: {@code ai.vectorizer_errors}.
     *
     * @param name the vectorizer
     * @param limit how many at most, from 1
     * @return an unmodifiable list, newest first
     * @throws VectorizerNotFoundException when there is none of this name
     * @throws MissingRightsException when the current user may not read them
     * @throws dev.pgai.PgaiException when the limit is less than 1
     */
    public List<VectorizerError> errors(String name, int limit) {
        RecordedErrors.checkLimit(limit);
        return session.call(connection -> RecordedErrors.newest(connection, new VectorizerKey.Name(name), limit));
    }

    /**
     * Waits until the queue of a vectorizer is empty, which it is when workers have finished all rows or have given
     * them up: {@link VectorizerStatus#failed} of the result has those. Each look is a transaction of its own, unless
     * it is in a caller's transaction. There, rows that the transaction queued itself never leave the queue, because
     * workers do not see them.
     *
     * @param name the vectorizer
     * @param wait how long, how often to look, and whom to tell
     * @return the vectorizer, as the last look saw it
     * @throws QueueNotEmptyException when the timeout is over, the thread is interrupted, or the vectorizer is disabled
     *     with rows in its queue
     * @throws VectorizerNotFoundException when there is none of this name, or another transaction drops it meanwhile
     * @throws MissingRightsException when the current user may not read the queue
     * @throws PgaiDatabaseException at once in a caller's transaction that is {@code repeatable read} or
     *     {@code serializable}, which would never see what a worker does; when the queue's table is gone
     */
    public StoredVectorizer awaitEmptyQueue(String name, QueueWait wait) {
        return new EmptyQueue(session, new VectorizerKey.Name(name), wait).await();
    }

    /**
     * Reads which objects of the database belong to pgai, for tools that compare schemas. Where pgai is not installed,
     * there are none; where the current user may not read the vectorizers, it is schema {@code ai} alone, and a warning
     * in the log says so.
     *
     * @return the objects that are there
     */
    public ManagedObjects managedObjects() {
        return managedObjects(List.of());
    }

    /**
     * Reads which objects of the database belong to pgai, for tools that compare schemas.
     *
     * @param declared the definitions whose objects count where the current user may not read the vectorizers; not
     *     looked at otherwise
     * @return the objects that are there
     */
    public ManagedObjects managedObjects(Collection<VectorizerDefinition> declared) {
        return session.call(connection -> StoredManagedObjects.read(connection, declared));
    }

    /**
     * Lets the worker, and a job of TimescaleDB, work for a vectorizer again: {@code ai.enable_vectorizer_schedule}.
     *
     * @param name the vectorizer
     * @throws VectorizerNotFoundException when there is none of this name
     */
    public void enable(String name) {
        change(connection -> Changes.enable(connection, new VectorizerKey.Name(name)));
    }

    /**
     * Lets the worker, and a job of TimescaleDB, work for a vectorizer again: {@code ai.enable_vectorizer_schedule}.
     *
     * @param id the vectorizer; ids differ between databases
     * @throws VectorizerNotFoundException when there is none with this id
     */
    public void enable(int id) {
        change(connection -> Changes.enable(connection, new VectorizerKey.Id(id)));
    }

    /**
     * Keeps the worker, and a job of TimescaleDB, from working for a vectorizer:
     * {@code ai.disable_vectorizer_schedule}. Rows are queued all the same.
     *
     * @param name the vectorizer
     * @throws VectorizerNotFoundException when there is none of this name
     */
    public void disable(String name) {
        change(connection -> Changes.disable(connection, new VectorizerKey.Name(name)));
    }

    /**
     * Keeps the worker, and a job of TimescaleDB, from working for a vectorizer:
     * {@code ai.disable_vectorizer_schedule}. Rows are queued all the same.
     *
     * @param id the vectorizer; ids differ between databases
     * @throws VectorizerNotFoundException when there is none with this id
     */
    public void disable(int id) {
        change(connection -> Changes.disable(connection, new VectorizerKey.Id(id)));
    }

    /**
     * Gives a vectorizer another schedule and another index: {@code ai.set_scheduling}, since pgai 0.12. It needs
     * TimescaleDB, and fails on a plain PostgreSQL whatever is set.
     *
     * @param name the vectorizer
     * @param scheduling the new schedule
     * @param indexing the new index, which needs a schedule unless it is none; an index that is there stays
     * @throws VectorizerNotFoundException when there is none of this name
     */
    public void setScheduling(String name, Scheduling scheduling, Indexing indexing) {
        change(connection -> Changes.setScheduling(connection, new VectorizerKey.Name(name), scheduling, indexing));
    }

    /**
     * Gives a vectorizer another schedule and another index: {@code ai.set_scheduling}, since pgai 0.12. It needs
     * TimescaleDB, and fails on a plain PostgreSQL whatever is set.
     *
     * @param id the vectorizer; ids differ between databases
     * @param scheduling the new schedule
     * @param indexing the new index, which needs a schedule unless it is none; an index that is there stays
     * @throws VectorizerNotFoundException when there is none with this id
     */
    public void setScheduling(int id, Scheduling scheduling, Indexing indexing) {
        change(connection -> Changes.setScheduling(connection, new VectorizerKey.Id(id), scheduling, indexing));
    }

    private <T> T change(Function<Connection, Done<T>> work) {
        Done<T> done = session.call(work);
        if (done.change() != null) {
            LOG.info(onOneLine(done.change()));
        }
        return done.result();
    }

    static String onOneLine(String text) {
        return BREAKS_LINES.matcher(text).replaceAll("?");
    }
}
