package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.VectorizerSql;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Enqueue;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that can be done to a vectorizer, as a value: {@code Pgai.apply} does it, and what migration tools do is a
 * list of these. Immutable, equal by value.
 *
 * <pre>{@code
 * VectorizerChange change = VectorizerChange.create(definition);
 * pgai.apply(change);
 * String script = String.join(";\n", VectorizerChange.script(List.of(change))) + ";";
 * VectorizerChange back = change.inverse().orElseThrow();
 * }</pre>
 *
 * <p>What is shown is what runs: {@link #sql()} is the text in a script, in a dry run and in the database. Where the
 * database must be asked before, that is a statement of its own. The family may gain members with each version.
 */
public sealed interface VectorizerChange
        permits CreateVectorizer,
                CreateVectorizerIfAbsent,
                DropVectorizer,
                DropVectorizerIfExists,
                EnableVectorizer,
                DisableVectorizer,
                SetVectorizerScheduling,
                AlterVectorizer,
                EnqueueRows,
                RepairVectorizer,
                RefreshVectorizerView,
                AdoptVectorizer,
                ForgetVectorizer,
                StartReplacement,
                CompleteReplacement,
                AbortReplacement {

    /**
     * The key of the advisory lock that every change holds until the end of its transaction, so that changes of one
     * database wait for each other: {@value}, the bytes of {@code pgaivect}. Take it with {@code pg_advisory_xact_lock}
     * to keep them waiting.
     */
    long LOCK = VectorizerSql.LOCK;

    /**
     * The vectorizer that is changed.
     *
     * @return its name; for a definition without one, the name that the catalog makes of the destination
     */
    String name();

    /**
     * What runs: one statement or more, each on one line, without a semicolon.
     *
     * @return an unmodifiable list with one element at least
     */
    List<String> sql();

    /**
     * The way back.
     *
     * @return the change that undoes this one after it was done; empty when there is none, and {@link #whyNoInverse}
     *     says why
     */
    Optional<VectorizerChange> inverse();

    /**
     * Why there is no way back.
     *
     * @return a sentence or two, the last of them a hint where there is something to do; empty when there is a way back
     */
    String whyNoInverse();

    /**
     * The JSON form. Lossless: {@link #read} gives an equal change.
     *
     * @return a JSON object on one line; the key {@code action} says what is done, the other keys how
     */
    String toJson();

    /**
     * A text for checksums: of what the change says and not of how it was written, in ASCII, on one line. The same
     * change has the same text in all versions of this library.
     *
     * @return the text
     */
    default String canonicalText() {
        return CanonicalText.of(JsonObject.of(toJson()).toMap());
    }

    /**
     * What is created.
     *
     * @return the definition; empty for a change of something that is there
     */
    default Optional<VectorizerDefinition> creates() {
        return Optional.empty();
    }

    /**
     * What the vectorizer is afterwards; of a replacement that is started, what it is when that is completed.
     *
     * @return the definition; empty when the change says nothing about it
     */
    default Optional<VectorizerDefinition> becomes() {
        return creates();
    }

    /**
     * What to do when the server refuses.
     *
     * @param sqlState the SQLSTATE of the refusal
     * @return a sentence or two, or empty when there is nothing to say beyond the server's own message
     */
    default String hintFor(String sqlState) {
        return "";
    }

    /**
     * What the database must hold for the change to work.
     *
     * @return what is looked for before the change runs
     */
    Expectation expects();

    /**
     * Says for the log what was done.
     *
     * @param vectorizer what was there before, or what was created
     * @return a sentence in the past tense without a full stop, such as {@code Dropped vectorizer blog (id 1) on
     *     public.blog; embeddings kept in public.blog_embedding_store}
     */
    String done(ChangedVectorizer vectorizer);

    /**
     * Creates a vectorizer: {@code ai.create_vectorizer}, since pgai 0.10.2. Undone by a drop of the vectorizer and its
     * embeddings.
     *
     * @param definition what is created
     * @return the change
     */
    static CreateVectorizer create(VectorizerDefinition definition) {
        return new CreateVectorizer(definition, null);
    }

    /**
     * Creates a vectorizer unless one of its name is there: {@code ai.create_vectorizer}, since pgai 0.10.2. Not
     * undone, for it may have been there before.
     *
     * @param definition what is created
     * @return the change
     */
    static CreateVectorizerIfAbsent createIfAbsent(VectorizerDefinition definition) {
        return new CreateVectorizerIfAbsent(definition, null);
    }

    /**
     * Drops a vectorizer: {@code ai.drop_vectorizer}, since pgai 0.10.2. Undone when it knows the definition.
     *
     * @param name the vectorizer
     * @param embeddings whether store and view are dropped, too; the column of a column destination always stays
     * @return the change
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     * @see DropVectorizer#withDefinition
     */
    static DropVectorizer drop(String name, Embeddings embeddings) {
        return new DropVectorizer(name, embeddings, null);
    }

    /**
     * Drops a vectorizer if there is one: {@code ai.drop_vectorizer}, since pgai 0.10.2. Not undone, for it may not
     * have been there.
     *
     * @param name the vectorizer
     * @param embeddings whether store and view are dropped, too; the column of a column destination always stays
     * @return the change
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     */
    static DropVectorizerIfExists dropIfExists(String name, Embeddings embeddings) {
        return new DropVectorizerIfExists(name, embeddings);
    }

    /**
     * Lets the worker, and a job of TimescaleDB, work for a vectorizer again: {@code ai.enable_vectorizer_schedule},
     * since pgai 0.10.2. Undone by disabling it.
     *
     * @param name the vectorizer
     * @return the change
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     */
    static EnableVectorizer enable(String name) {
        return new EnableVectorizer(name);
    }

    /**
     * Keeps the worker, and a job of TimescaleDB, from working for a vectorizer:
     * {@code ai.disable_vectorizer_schedule}, since pgai 0.10.2. Rows are queued all the same. Undone by enabling it.
     *
     * @param name the vectorizer
     * @return the change
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     */
    static DisableVectorizer disable(String name) {
        return new DisableVectorizer(name);
    }

    /**
     * Gives a vectorizer another schedule and another index: {@code ai.set_scheduling}, since pgai 0.12. It needs
     * TimescaleDB, and fails on a plain PostgreSQL whatever is set. Not undone, for the schedule before is not known.
     *
     * @param name the vectorizer
     * @param scheduling the new schedule
     * @param indexing the new index, which needs a schedule unless it is none; an index that is there stays
     * @return the change
     * @throws InvalidArgumentException when an argument is null, or the name cannot be stored
     */
    static SetVectorizerScheduling setScheduling(String name, Scheduling scheduling, Indexing indexing) {
        return new SetVectorizerScheduling(name, scheduling, indexing);
    }

    /**
     * Gives a vectorizer that is there the options of a definition, and keeps its embeddings: an update of its row,
     * judged by the functions of the catalog that judge a new one; since pgai 0.10.2. What the definition leaves out
     * becomes the catalog's default. Workers see it at their next run. Where texts would be loaded, parsed, cut,
     * formatted or embedded otherwise by the same model, all rows are queued again, and are found as they are until
     * then; that is refused unless the vectorizer is disabled, by a transaction that has ended, and no worker is at it.
     * Another source, destination, queue or model, and other dimensions, are refused; so are another schedule and
     * index, which {@link #setScheduling} changes. Rights are left as they are. Undone when it knows the definition
     * before.
     *
     * @param definition what it becomes
     * @return the change
     * @throws InvalidArgumentException when the definition is null
     * @see AlterVectorizer#withBefore
     * @see dev.pgai.vectorizer.Alteration
     */
    static AlterVectorizer alter(VectorizerDefinition definition) {
        return new AlterVectorizer(definition, null);
    }

    /**
     * Queues all rows of a vectorizer's source, so that workers embed them again, and pay for them: an insert into its
     * queue; since pgai 0.10.2. A search finds them as they are until then, and writers do not wait. Not undone.
     *
     * @param name the vectorizer
     * @return the change
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     * @see EnqueueRows#withEnqueue
     */
    static EnqueueRows enqueue(String name) {
        return new EnqueueRows(name, Enqueue.ALL);
    }

    /**
     * Makes again what is missing of a vectorizer, by the functions of the catalog that made it, so that it is as a new
     * one would be; since pgai 0.10.2. What was queued, embedded or granted before and is lost is not made up for: rows
     * are queued again, all of them unless {@link RepairVectorizer#withEnqueue} says otherwise. Embeddings whose row is
     * gone stay unless {@link RepairVectorizer#deletingOrphans} says otherwise. Not undone.
     *
     * @param name the vectorizer
     * @return the change
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     */
    static RepairVectorizer repair(String name) {
        return new RepairVectorizer(name, Enqueue.ALL, false);
    }

    /**
     * Gives the view of a vectorizer the columns that its source has by now: {@code create or replace view}; since pgai
     * 0.10.2. Owner, rights, options and comments stay. Not undone.
     *
     * @param name the vectorizer
     * @return the change
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     * @see RefreshVectorizerView#around
     */
    static RefreshVectorizerView refreshView(String name) {
        return new RefreshVectorizerView(name, List.of());
    }

    /**
     * Creates a vectorizer over embeddings that a drop has kept: {@code ai.create_vectorizer}, since pgai 0.10.2. Rows
     * without an embedding are queued, others unless {@link AdoptVectorizer#withEnqueue} says so are not. Undone by a
     * drop that keeps the embeddings again.
     *
     * @param definition what is created; its destination is where the embeddings are
     * @return the change
     * @throws InvalidArgumentException when the definition is null, or this version does not know the kind of its
     *     destination
     */
    static AdoptVectorizer adopt(VectorizerDefinition definition) {
        return new AdoptVectorizer(definition, Enqueue.MISSING, false);
    }

    /**
     * Forgets a vectorizer whose source is gone: {@code ai.drop_vectorizer}, since pgai 0.10.2. Its embeddings stay in
     * their store. Not undone.
     *
     * @param name the vectorizer
     * @return the change
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     */
    static ForgetVectorizer forget(String name) {
        return new ForgetVectorizer(name);
    }

    /**
     * Starts to replace the embeddings of a vectorizer by those of another definition, with another model or other
     * dimensions: {@code ai.create_vectorizer} of a second one beside it, called {@code <name>__next}, with a store and
     * a view of its own; since pgai 0.10.2. Workers fill it while the first goes on to serve; a worker works for one
     * after the other, so start one with {@code --vectorizer-id} for the second. Source, destination, queue, schedule
     * and index must be those of the first. Indexes of its store are made for the second. Undone by
     * {@link #abortReplacement}.
     *
     * @param definition what the vectorizer becomes
     * @return the change
     * @throws InvalidArgumentException when the definition is null, or its destination is not a table
     */
    static StartReplacement startReplacement(VectorizerDefinition definition) {
        return new StartReplacement(definition, Enqueue.ALL);
    }

    /**
     * Completes a replacement: vectorizer and second one exchange embeddings, options and what is queued, by names that
     * are changed; since pgai 0.10.2. The source is locked against writes for some milliseconds. Refused while rows
     * that are found now are not embedded by the second; while a worker may be at one of the two, which must be
     * disabled by a transaction that has ended; and while something stands on view or store that would stay with the
     * embeddings from before. Drop {@code <name>__next} afterwards, in a transaction of its own. Not undone.
     *
     * @param name the vectorizer
     * @return the change
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     * @see CompleteReplacement#acceptingGaps
     */
    static CompleteReplacement completeReplacement(String name) {
        return new CompleteReplacement(name, false);
    }

    /**
     * Ends a replacement that is not completed: {@code ai.drop_vectorizer} of the second one and its embeddings; since
     * pgai 0.10.2. The vectorizer stays as it is. Not undone.
     *
     * @param name the vectorizer
     * @return the change
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     */
    static AbortReplacement abortReplacement(String name) {
        return new AbortReplacement(name);
    }

    /**
     * The statements of several changes, to be run in one transaction, with the lock that keeps others waiting before
     * them.
     *
     * @param changes the changes, in their order
     * @return each statement on one line, without a semicolon
     * @throws InvalidArgumentException when null, or one of them is
     */
    static List<String> script(List<? extends VectorizerChange> changes) {
        List<VectorizerChange> each = Check.each("changes", changes, Check::notNull);
        return Stream.concat(Stream.of(VectorizerSql.lock()), each.stream().flatMap(change -> change.sql().stream()))
                .toList();
    }

    /**
     * Reads the JSON form of one change.
     *
     * @param json a JSON object
     * @return the change
     * @throws InvalidArgumentException when the text is not JSON, a key is unknown or twice there, or a value is
     *     refused
     */
    static VectorizerChange read(String json) {
        return ChangeJson.read(JsonObject.of(json));
    }

    /**
     * Reads several changes.
     *
     * @param json a JSON array of objects
     * @return the changes in their order
     * @throws InvalidArgumentException as {@link #read}; also when the text is not an array
     */
    static List<VectorizerChange> readList(String json) {
        return JsonObject.each(json, "changes", ChangeJson::read);
    }
}
