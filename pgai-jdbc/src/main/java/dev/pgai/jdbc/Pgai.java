package dev.pgai.jdbc;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.AppliedChange;
import dev.pgai.database.CatalogTooOldException;
import dev.pgai.database.CreatedVectorizer;
import dev.pgai.database.DependentObjectsException;
import dev.pgai.database.MissingRightsException;
import dev.pgai.database.OutcomeUnknownException;
import dev.pgai.database.PartlyDoneException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.PgaiNotInstalledException;
import dev.pgai.database.Problem;
import dev.pgai.database.QueueNotEmptyException;
import dev.pgai.database.QueueWait;
import dev.pgai.database.RefusedException;
import dev.pgai.database.SourceNotFoundException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerDiffersException;
import dev.pgai.database.VectorizerError;
import dev.pgai.database.VectorizerExistsException;
import dev.pgai.database.VectorizerInspection;
import dev.pgai.database.VectorizerNotFoundException;
import dev.pgai.database.VectorizerStatus;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.change.ChangeRunner;
import dev.pgai.jdbc.change.OneChange;
import dev.pgai.jdbc.connection.Session;
import dev.pgai.jdbc.inspect.InspectedVectorizer;
import dev.pgai.jdbc.inspect.Inspections;
import dev.pgai.jdbc.plan.PlanRunner;
import dev.pgai.jdbc.read.EmptyQueue;
import dev.pgai.jdbc.read.NotFound;
import dev.pgai.jdbc.read.PendingCount;
import dev.pgai.jdbc.read.RecordedErrors;
import dev.pgai.jdbc.read.StoredManagedObjects;
import dev.pgai.jdbc.read.StoredVectorizers;
import dev.pgai.jdbc.search.SearchRunner;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.Neighbour;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.search.SearchPlan;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

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
 * <p>Whatever changes a vectorizer is a {@link VectorizerChange}: {@link #apply(VectorizerChange)} does it, and
 * {@code create}, {@code drop} and the others are short for that. A vectorizer is known by its name; ids differ between
 * databases.
 *
 * <p>Each operation first looks whether pgai is there and what the current user may do, in one round trip. That look
 * never fails for want of pgai or of rights. So a {@link RefusedException} without a cause leaves a caller's
 * transaction as it was, and nothing was tried; it tells all that is wrong. A statement that the server refuses leaves
 * a caller's transaction failed, as any refused statement does: {@link PgaiDatabaseException} with SQLSTATE and SQL.
 * When the connection is lost so that it is not known whether a change was done, it is an
 * {@link OutcomeUnknownException}.
 *
 * <p>Needs pgai 0.10.2 or newer. The caller's search path does not matter. Each change to the database is logged at
 * info by the logger {@code dev.pgai.jdbc}, once, after it succeeded; reads are not. Every operation may throw, beside
 * what it names itself, {@link PgaiNotInstalledException}, {@link CatalogTooOldException},
 * {@link MissingRightsException}, and {@link InvalidArgumentException} for an argument that is null or that PostgreSQL
 * cannot store.
 */
public final class Pgai {

    /** A batch of a worker is one call of a provider, which times out before. */
    private static final Duration WORKERS = Duration.ofMinutes(5);

    private final Session session;

    private Pgai(Session session) {
        this.session = session;
    }

    /**
     * Works in the transaction of the caller. The connection is neither committed nor rolled back, switched or closed.
     * In autocommit each change is one statement, and is atomic by that.
     *
     * @param connection a connection to PostgreSQL, which stays the caller's
     * @return the vectorizers of the database that it is connected to; as little fit for use by several threads as the
     *     connection
     * @throws InvalidArgumentException when null
     */
    public static Pgai on(Connection connection) {
        return new Pgai(Session.of(connection));
    }

    /**
     * Works on a connection of its own for each operation, and in a transaction of its own for each change: committed
     * when it succeeds, rolled back when it fails. To take part in a transaction of a framework's, give its connection
     * to {@link #on(Connection)}, or take {@link #on(DataSource, BooleanSupplier)}; a change on a data source that
     * hands out the connection of such a transaction is refused.
     *
     * @param dataSource connections to PostgreSQL, which are given back with the autocommit that they had
     * @return the vectorizers of the database that they are connected to; as fit for use by several threads as the data
     *     source
     * @throws InvalidArgumentException when null
     */
    public static Pgai on(DataSource dataSource) {
        return new Pgai(Session.of(dataSource));
    }

    /**
     * Takes part in the transactions of a framework's. While there is one, works in it as {@link #on(Connection)} does:
     * the framework commits or rolls back. Else works as {@link #on(DataSource)} does.
     *
     * @param dataSource connections to PostgreSQL: that of the transaction while there is one, whose {@code close}
     *     gives it back and ends nothing
     * @param inTransaction whether the calling thread is in a transaction of the data source's; asked before each
     *     operation
     * @return the vectorizers of the database that they are connected to; as fit for use by several threads as the data
     *     source and what says whether there is a transaction
     * @throws InvalidArgumentException when null
     */
    public static Pgai on(DataSource dataSource, BooleanSupplier inTransaction) {
        return new Pgai(Session.of(dataSource, inTransaction));
    }

    /**
     * Does a change. Many may do the same at once: a change holds the advisory lock {@link VectorizerChange#LOCK} until
     * the end of its transaction, so that the others wait.
     *
     * @param change what to do
     * @return what was done
     * @throws RefusedException when the database is not in the state that the change needs; see the methods that are
     *     short for it
     */
    public AppliedChange apply(VectorizerChange change) {
        return apply(List.of(Check.notNull("change", change))).get(0);
    }

    /**
     * Does several changes, all or none: in one transaction with a data source, in the caller's transaction with a
     * connection.
     *
     * @param changes what to do, in this order
     * @return what was done, in the same order
     * @throws InvalidArgumentException when null, or one of them is
     * @throws RefusedException as {@link #apply(VectorizerChange)}; also when there is more than one change and the
     *     connection is in autocommit
     */
    public List<AppliedChange> apply(List<? extends VectorizerChange> changes) {
        List<VectorizerChange> copy = Check.each("changes", changes, Check::notNull);
        return copy.isEmpty() ? List.of() : ChangeRunner.apply(session, copy);
    }

    /**
     * Finds every problem of a definition on this database, in one round trip: what the catalog would refuse, what it
     * would take and the worker then fails on, and what it would leave out without a word. Nothing is changed, and a
     * transaction of the caller's goes on whatever is found.
     *
     * <p>The worker is the one of pgai 0.10.2 to 0.12.1. Whether a provider knows the model is not asked.
     *
     * @param definition what may be created
     * @return all problems, the errors and the warnings; empty when {@link #create} would succeed and do as it is told
     */
    public List<Problem> check(VectorizerDefinition definition) {
        return check(VectorizerChange.create(definition));
    }

    /**
     * Finds what keeps a change from being done on this database, without doing it: for one that creates, what
     * {@link #check(VectorizerDefinition)} finds; for one of a vectorizer that must be there, whether it is, and the
     * rights on its row. A change that has nothing to do has no problem. Nothing is changed, and a transaction of the
     * caller's goes on whatever is found.
     *
     * @param change what may be done
     * @return all problems, the errors and the warnings; empty when {@link #apply(VectorizerChange)} may be tried
     */
    public List<Problem> check(VectorizerChange change) {
        return session.read(Check.notNull("change", change).toString(), database -> OneChange.check(database, change));
    }

    /**
     * Compares what is desired with what the database holds, and says what would make them one. Nothing is changed.
     * Where rows would be embedded again they are counted, which reads the source.
     *
     * @param desired what should be there, and what should not be any more; other vectorizers are left alone
     * @return the plan
     * @throws InvalidArgumentException when null
     */
    public VectorizerPlan plan(DesiredState desired) {
        return PlanRunner.plan(session, Check.notNull("desired", desired));
    }

    /**
     * Carries a plan out: {@link #apply(VectorizerPlan, Collection, Duration)}, and waits up to five minutes for
     * workers.
     *
     * @param plan the plan
     * @param consents what was agreed to
     * @return what was done, in the order in which it was done
     */
    public List<AppliedChange> apply(VectorizerPlan plan, Collection<Consent> consents) {
        return apply(plan, consents, WORKERS);
    }

    /**
     * Carries a plan out. All of it is one transaction, but for vectorizers that are altered so that their rows are
     * queued again: with a data source these are disabled in that transaction, workers end after the batch that they
     * are at, and a second transaction alters and enables them. When something fails between the two, they are enabled
     * again; when the JVM ends between them, carrying out the next plan for them finishes that, if the current user
     * owns their queues: else they stay disabled. In a caller's transaction they must be disabled already.
     *
     * @param plan the plan
     * @param consents what was agreed to; more than the plan needs is no error
     * @param workers how long to wait for workers, from zero
     * @return what was done, in the order in which it was done
     * @throws RefusedException when the plan has errors, when somebody must agree to more, when the database is no
     *     longer the one that the plan was made from, or on a connection that is in autocommit; nothing was done then
     * @throws PartlyDoneException when something was done, or is disabled still, and the rest failed
     * @throws PgaiDatabaseException when workers were still at it after the time; what needed no waiting was done
     * @throws InvalidArgumentException when an argument is null or negative
     */
    public List<AppliedChange> apply(VectorizerPlan plan, Collection<Consent> consents, Duration workers) {
        return PlanRunner.apply(
                session,
                Check.notNull("plan", plan),
                Check.each("consents", consents, Check::notNull),
                Check.notNegative("workers", workers, "Give zero not to wait."));
    }

    /**
     * Gives a vectorizer that is there the options of a definition: {@link VectorizerChange#alter}. With a data source
     * it is disabled and enabled around the change, and workers are waited for up to five minutes, when its rows must
     * be queued again. What comes of a failure is that of {@link #apply(VectorizerPlan, Collection, Duration)}.
     *
     * @param definition what it becomes; what it leaves out becomes the catalog's default
     * @return true; false when it has these options
     * @throws VectorizerNotFoundException when there is none of its name
     * @throws RefusedException when it is damaged
     * @throws PartlyDoneException when it failed, and the vectorizer is disabled still
     * @throws PgaiDatabaseException when it differs in what cannot be altered; in a caller's transaction, when its rows
     *     must be queued again and it is not disabled
     */
    public boolean alter(VectorizerDefinition definition) {
        return ChangeRunner.alter(session, VectorizerChange.alter(definition), WORKERS)
                .changed();
    }

    /**
     * Replaces embeddings by those of another model or of other dimensions while the ones that are there serve.
     *
     * @return starts, completes and aborts replacements on the same connections
     */
    public Replacements replacements() {
        return new Replacements(session);
    }

    /**
     * Creates a vectorizer: {@link VectorizerChange#create}. First does what {@link #check(VectorizerDefinition)} does:
     * errors are thrown, and warnings go to the log.
     *
     * @param definition what to create
     * @return its id and name
     * @throws RefusedException when {@link #check(VectorizerDefinition)} finds errors; nothing was tried then
     * @throws SourceNotFoundException when the source table does not exist, and nothing else is wrong
     * @throws VectorizerExistsException when the name, or that of its view, store or queue, is taken, and nothing else
     *     is wrong
     * @throws MissingRightsException when the current user may not create it, and nothing else is wrong; all that is
     *     missing is named
     */
    public CreatedVectorizer create(VectorizerDefinition definition) {
        return created(VectorizerChange.create(definition));
    }

    /**
     * Creates a vectorizer unless one of its name is there: {@link VectorizerChange#createIfAbsent}. Many may call it
     * at once: one creates, and the others find what it created.
     *
     * <p>In a caller's transaction that is {@code repeatable read} or {@code serializable}, what others commit after
     * the first statement stays unseen: creating the same then gives a {@link VectorizerExistsException}.
     *
     * @param definition what to create
     * @return its id and name, and whether this call created it
     * @throws VectorizerDiffersException when one of its name is there, and differs in a value that the definition sets
     *     (see {@link dev.pgai.vectorizer.DefinitionDifference#between})
     * @throws RefusedException when there is none of its name, and {@link #check(VectorizerDefinition)} finds errors;
     *     as for {@link #create}
     */
    public CreatedVectorizer createIfAbsent(VectorizerDefinition definition) {
        return created(VectorizerChange.createIfAbsent(definition));
    }

    private CreatedVectorizer created(VectorizerChange change) {
        AppliedChange applied = apply(change);
        return new Created(applied.id().orElseThrow(), change.name(), applied.changed());
    }

    private record Created(int id, String name, boolean created) implements CreatedVectorizer {}

    /**
     * Drops a vectorizer: {@link VectorizerChange#drop}.
     *
     * @param name the vectorizer
     * @param embeddings whether store and view are dropped, too; the column of a column destination always stays
     * @throws VectorizerNotFoundException when there is none of this name
     * @throws DependentObjectsException when something depends on store or view
     */
    public void drop(String name, Embeddings embeddings) {
        apply(VectorizerChange.drop(name, embeddings));
    }

    /**
     * Drops a vectorizer if it is there: {@link VectorizerChange#dropIfExists}. Many may call it at once: one drops,
     * and the others find nothing.
     *
     * @param name the vectorizer
     * @param embeddings whether store and view are dropped, too; the column of a column destination always stays
     * @return whether it was there
     * @throws DependentObjectsException when something depends on store or view
     */
    public boolean dropIfExists(String name, Embeddings embeddings) {
        return apply(VectorizerChange.dropIfExists(name, embeddings)).changed();
    }

    /**
     * Lets the worker, and a job of TimescaleDB, work for a vectorizer again: {@link VectorizerChange#enable}.
     *
     * @param name the vectorizer
     * @throws VectorizerNotFoundException when there is none of this name
     */
    public void enable(String name) {
        apply(VectorizerChange.enable(name));
    }

    /**
     * Keeps the worker, and a job of TimescaleDB, from working for a vectorizer: {@link VectorizerChange#disable}. Rows
     * are queued all the same.
     *
     * @param name the vectorizer
     * @throws VectorizerNotFoundException when there is none of this name
     */
    public void disable(String name) {
        apply(VectorizerChange.disable(name));
    }

    /**
     * Gives a vectorizer another schedule and another index: {@link VectorizerChange#setScheduling}, since pgai 0.12.
     * It needs TimescaleDB, and fails on a plain PostgreSQL whatever is set.
     *
     * @param name the vectorizer
     * @param scheduling the new schedule
     * @param indexing the new index, which needs a schedule unless it is none; an index that is there stays
     * @throws VectorizerNotFoundException when there is none of this name
     */
    public void setScheduling(String name, Scheduling scheduling, Indexing indexing) {
        apply(VectorizerChange.setScheduling(name, scheduling, indexing));
    }

    /**
     * Makes again what is missing of a vectorizer.
     *
     * @param name the vectorizer
     * @return true; false when it was whole
     * @throws VectorizerNotFoundException when there is none of this name
     * @throws RefusedException when something is damaged that cannot be made again from what is there, with all of it
     * @throws MissingRightsException when the user lacks a right
     * @see VectorizerChange#repair
     */
    public boolean repair(String name) {
        return apply(VectorizerChange.repair(name)).changed();
    }

    /**
     * Gives the view of a vectorizer the columns that its source has by now.
     *
     * @param name the vectorizer
     * @return true; false when it had them
     * @throws VectorizerNotFoundException when there is none of this name
     * @throws DependentObjectsException when what stands on the view is in the way
     * @throws MissingRightsException when the user lacks a right
     * @see VectorizerChange#refreshView
     */
    public boolean refreshView(String name) {
        return apply(VectorizerChange.refreshView(name)).changed();
    }

    /**
     * Creates a vectorizer over embeddings that are there.
     *
     * @param definition what is created
     * @return what was created
     * @throws RefusedException when there are no such embeddings, or the definition does not fit the database
     * @see VectorizerChange#adopt
     */
    public CreatedVectorizer adopt(VectorizerDefinition definition) {
        return created(VectorizerChange.adopt(definition));
    }

    /**
     * Forgets a vectorizer whose source is gone, and keeps its embeddings.
     *
     * @param name the vectorizer
     * @throws VectorizerNotFoundException when there is none of this name
     * @throws RefusedException when its source is there
     * @see VectorizerChange#forget
     */
    public void forget(String name) {
        apply(VectorizerChange.forget(name));
    }

    /**
     * Looks at what there is of a vectorizer: source, key, columns, triggers, queues, store, view, rights. Nothing is
     * changed.
     *
     * @param name the vectorizer
     * @return what is damaged, and what could not be seen
     * @throws VectorizerNotFoundException when there is none of this name
     * @throws MissingRightsException when the user may not read {@code ai.vectorizer}
     */
    public VectorizerInspection inspect(String name) {
        return session.read("inspect " + named(name), database -> {
            CatalogLook look = CatalogLook.forReading(database);
            return Inspections.find(database, look, name).orElseThrow(() -> NotFound.exception(look, name));
        });
    }

    /**
     * Looks at what there is of all vectorizers, in two statements however many there are. Nothing is changed.
     *
     * @return each with what is damaged of it, in the order of their ids; unmodifiable
     * @throws MissingRightsException when the user may not read {@code ai.vectorizer}
     */
    public List<VectorizerInspection> inspect() {
        return session.read(
                "inspect the vectorizers", database -> Inspections.list(database, CatalogLook.forReading(database)));
    }

    /**
     * Says whether there is a vectorizer, and it is whole. {@link #inspect(String)} says what is damaged of one that is
     * not.
     *
     * @param name the vectorizer
     * @return whether there is one of exactly this name, that works
     */
    public boolean exists(String name) {
        return session.read("look for " + named(name), database -> {
            CatalogLook look = CatalogLook.forReading(database);
            return InspectedVectorizer.find(database, look, name)
                    .filter(vectorizer -> vectorizer.errors().isEmpty())
                    .isPresent();
        });
    }

    /**
     * Reads a vectorizer: what is stored, how far it is, and where its objects are not what its row says. What the
     * current user may not read of that is said by type, and no error. No lock of it outlives the call.
     *
     * @param name the vectorizer
     * @return the vectorizer, or empty when there is none of exactly this name
     */
    public Optional<StoredVectorizer> find(String name) {
        return session.read(
                "read " + named(name),
                database -> StoredVectorizers.find(database, CatalogLook.forReading(database), name));
    }

    /**
     * Reads all vectorizers, by one query however many there are. Of their damages it sees which objects are missing
     * and which triggers do not fire, so that it stays quick with thousands; {@link #find(String)} and
     * {@link #inspect()} compare columns, keys and rights, too. It waits while another transaction has a queue locked
     * exclusively, as a drop does until its end: set {@code lock_timeout} to wait less.
     *
     * @return an unmodifiable list in the order of ids
     */
    public List<StoredVectorizer> list() {
        return session.read(
                "list the vectorizers", database -> StoredVectorizers.list(database, CatalogLook.forReading(database)));
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
        return session.read("count what is pending for " + named(name), database -> PendingCount.of(database, name));
    }

    /**
     * Reads the failures that workers recorded for a vectorizer: {@code ai.vectorizer_errors}.
     *
     * @param name the vectorizer
     * @param limit how many at most, from 1
     * @return an unmodifiable list, newest first
     * @throws VectorizerNotFoundException when there is none of this name
     * @throws MissingRightsException when the current user may not read them
     * @throws InvalidArgumentException when the limit is less than 1
     */
    public List<VectorizerError> errors(String name, int limit) {
        Check.range("limit", limit, 1, Integer.MAX_VALUE, "VectorizerStatus.errors() tells how many errors there are.");
        return session.read(
                "read the errors of " + named(name), database -> RecordedErrors.newest(database, name, limit));
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
        named(name);
        return new EmptyQueue(session, name, Check.notNull("wait", wait)).await();
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
     * @throws InvalidArgumentException when null, or one of them is
     */
    public ManagedObjects managedObjects(Collection<VectorizerDefinition> declared) {
        List<VectorizerDefinition> copy = Check.each("declared", declared, Check::notNull);
        return session.read("read which objects belong to pgai", database -> StoredManagedObjects.read(database, copy));
    }

    /**
     * Searches by meaning. Needs pgvector and rights on what is searched, and not pgai's catalog.
     *
     * <p>First looks at the relation, so that the search path does not matter and what would fail is refused; not when
     * its types are known already, see {@link #resolve}. A search with {@linkplain NeighbourSearch#settings() settings}
     * is in a transaction: of its own with a data source, and the caller's with a connection, where they are set back
     * to what they were.
     *
     * @param search where, for what, and how many
     * @return an unmodifiable list, the nearest first
     * @throws RefusedException when the table, the view or a column is not there, or has no vectors; when the search
     *     has settings and the connection is in autocommit, or pgvector does not know them
     * @throws MissingRightsException when the current user may not read what is searched
     * @throws InvalidArgumentException when a condition or the vector does not fit the types of the columns
     */
    public List<Neighbour> nearest(NeighbourSearch search) {
        return SearchRunner.nearest(session, Check.notNull("search", search));
    }

    /**
     * Asks the server how it would carry out a search: whether an index on the embeddings serves it, and if not, why.
     * The search does not run.
     *
     * @param search where, for what, and how many
     * @return by index, or without and the reason
     * @throws RefusedException as {@link #nearest}
     * @throws InvalidArgumentException as {@link #nearest}
     */
    public SearchPlan explain(NeighbourSearch search) {
        return SearchRunner.explain(session, Check.notNull("search", search));
    }

    /**
     * Looks once at what is searched, so that {@link NeighbourSearch#sql()} is exact, and searches in what comes back
     * need no look of their own. It must be done again when the types of columns change.
     *
     * @param relation where to search
     * @return the same, with its {@linkplain EmbeddingRelation#types() types}
     * @throws RefusedException when the table, the view or a column is not there, or has no vectors
     * @throws MissingRightsException when the current user may not read what is searched
     */
    public EmbeddingRelation resolve(EmbeddingRelation relation) {
        return SearchRunner.resolve(session, Check.notNull("relation", relation));
    }

    /** For messages; refuses what a look could not be given. */
    private static String named(String name) {
        return "vectorizer \"" + Check.text("name", name) + "\"";
    }
}
