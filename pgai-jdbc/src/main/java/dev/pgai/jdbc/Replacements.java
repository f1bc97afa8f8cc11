package dev.pgai.jdbc;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.database.AppliedChange;
import dev.pgai.database.PartlyDoneException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.RefusedException;
import dev.pgai.database.VectorizerNotFoundException;
import dev.pgai.database.VectorizerReplacement;
import dev.pgai.jdbc.connection.Session;
import dev.pgai.jdbc.replace.ReplacementRunner;
import dev.pgai.plan.Consent;
import dev.pgai.plan.Hazard;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the embeddings of vectorizers by those of another model, side by side: a second vectorizer fills while the
 * first serves, and they change places when it is full.
 *
 * <pre>{@code
 * Replacements replacements = pgai.replacements();
 * replacements.start(definition);
 * // A worker for it: pgai vectorizer worker --vectorizer-id <nextId()>
 * replacements.find("blog_vec").ifPresent(System.out::println);
 * replacements.complete("blog_vec");
 * }</pre>
 *
 * <p>What is done with a data source is several transactions. Each call can be made again after it ended anywhere, and
 * goes on from there. On a connection, each is one change in the caller's transaction: {@link #start} is
 * {@code VectorizerChange.startReplacement}, and so on.
 */
public final class Replacements {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final ReplacementRunner runner;

    Replacements(Session session) {
        this.runner = new ReplacementRunner(session);
    }

    /**
     * Starts one: {@code VectorizerChange.startReplacement}. With a data source, rows are queued in a transaction of
     * their own, so that writers do not wait; when one by the same definition has been started, what it lacks is
     * queued.
     *
     * @param definition what the vectorizer becomes, with its name, source and destination
     * @return how far it is
     * @throws VectorizerNotFoundException when there is no vectorizer of its name
     * @throws RefusedException when one by another definition has been started, or the vectorizer is damaged
     * @throws PartlyDoneException when it was started, and the rows are still to be queued
     * @throws PgaiDatabaseException when source, destination, queue, schedule or index are not those of the vectorizer
     * @throws InvalidArgumentException when null, or the destination is not a table
     */
    public VectorizerReplacement start(VectorizerDefinition definition) {
        return runner.start(Check.notNull("definition", definition), TIMEOUT);
    }

    /**
     * Says how far one is. Counts the rows of stores and queues, which takes a while when there are many.
     *
     * @param name the vectorizer that is replaced
     * @return empty when no replacement has been started, or it is finished
     * @throws VectorizerNotFoundException when there is no vectorizer of this name
     */
    public Optional<VectorizerReplacement> find(String name) {
        return runner.find(Check.text("name", name));
    }

    /**
     * Says how far each is.
     *
     * @return those that have been started and are not finished; unmodifiable
     */
    public List<VectorizerReplacement> list() {
        return runner.list();
    }

    /**
     * Completes one, when all rows that are found now are embedded: {@link #complete(String, Collection, Duration)},
     * and waits up to five minutes for workers and for locks.
     *
     * @param name the vectorizer
     * @return what was done
     */
    public List<AppliedChange> complete(String name) {
        return complete(name, List.of(), TIMEOUT);
    }

    /**
     * Completes one: {@code VectorizerChange.completeReplacement}, and then drops the embeddings from before. With a
     * data source both vectorizers are disabled, workers end after the batch that they are at, the two are exchanged,
     * and the vectorizer is enabled again; then the other one is dropped. Whoever searches meanwhile finds either all
     * embeddings from before or all new ones, and waits some milliseconds at most: a transaction that does not get a
     * lock at once gives up and is tried again. A vector of other dimensions than the view has by then is refused by
     * the server. It cannot be undone.
     *
     * <p>When something fails before the exchange, both are enabled again, and the second goes on to fill. On a
     * connection, they must be disabled already by a transaction that has ended, and the vectorizer stays disabled;
     * both changes are done in the caller's transaction.
     *
     * @param name the vectorizer
     * @param consents {@link Hazard#SEARCH_GAP} for the vectorizer agrees that rows which are found now, and have no
     *     embedding of the second, are not found afterwards; others are no error
     * @param timeout how long to wait for workers, and how long for locks, from zero
     * @return what was done
     * @throws VectorizerNotFoundException when there is no vectorizer of this name
     * @throws RefusedException when none has been started, rows are missing, or something would stay with the
     *     embeddings from before; nothing was done then
     * @throws PartlyDoneException when the two were exchanged, and the drop of the second is still to be done
     * @throws PgaiDatabaseException when workers were still at it after the time, or locks were held; the second goes
     *     on to fill
     * @throws InvalidArgumentException when an argument is null or negative
     */
    public List<AppliedChange> complete(String name, Collection<Consent> consents, Duration timeout) {
        return runner.complete(
                Check.text("name", name),
                Check.each("consents", consents, Check::notNull),
                Check.notNegative("timeout", timeout, "Give zero not to wait."));
    }

    /**
     * Ends one that is not completed, and drops what was embedded for it: {@code VectorizerChange.abortReplacement}.
     * The vectorizer stays as it is.
     *
     * @param name the vectorizer
     * @throws VectorizerNotFoundException when there is no vectorizer of this name
     * @throws RefusedException when none has been started, or it has been completed
     */
    public void abort(String name) {
        runner.abort(Check.text("name", name), TIMEOUT);
    }
}
