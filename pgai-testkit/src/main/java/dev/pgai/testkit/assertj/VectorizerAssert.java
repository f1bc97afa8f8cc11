package dev.pgai.testkit.assertj;

import dev.pgai.database.Damage;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.RelationName;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/**
 * Assertions about one vectorizer. Each looks at the database anew, and fails when the vectorizer is not there or not
 * whole: an empty queue says nothing where no trigger fills it.
 */
public final class VectorizerAssert extends AbstractAssert<VectorizerAssert, Object> {

    private final Database database;
    private final String name;
    private final Set<Damage.Code> damaged;

    /** Damaged in these ways, whole when there are none. */
    VectorizerAssert(Database database, String name, Set<Damage.Code> damaged) {
        super("vectorizer " + name, VectorizerAssert.class);
        this.database = database;
        this.name = name;
        this.damaged = damaged;
    }

    /**
     * The queue has so many rows. A row of the source that changed twice may be there twice; rows that wait to be
     * loaded again count.
     *
     * @param rows the rows, 0 or more
     * @return this
     * @throws AssertionError when it has more or fewer; when it should have none, and nothing fills it
     */
    public VectorizerAssert hasPending(long rows) {
        List<Damage> notQueued = Damages.notQueued(stored().damages());
        if (rows == 0 && !notQueued.isEmpty()) {
            throw failure(
                    "Expecting %s to have nothing pending, but what is pending is not known: %s",
                    actual, Damages.text(notQueued));
        }
        return expectCount("rows in the queue", rows, database.pgai().countPending(name));
    }

    /**
     * The queue is empty.
     *
     * @return this
     * @throws AssertionError when it is not, and when nothing fills it
     */
    public VectorizerAssert hasNothingPending() {
        return hasPending(0);
    }

    /**
     * So many rows were given up because loading them failed too often.
     *
     * @param rows the rows, 0 or more
     * @return this
     * @throws AssertionError when there are more or fewer
     */
    public VectorizerAssert hasGivenUp(long rows) {
        return expectCount("rows in the failed queue", rows, database.count(SqlText.relation(failedQueue())));
    }

    /**
     * There are so many embeddings: rows of the store, one for each chunk; or rows of the source with a vector in the
     * column.
     *
     * @param embeddings the embeddings, 0 or more
     * @return this
     * @throws AssertionError when there are more or fewer
     */
    public VectorizerAssert hasEmbeddings(long embeddings) {
        return expectCount("embeddings", embeddings, database.count(embeddings().rows()));
    }

    /**
     * The texts of the chunks, for further assertions.
     *
     * @return the chunks in the order of their rows' keys and their places in a row
     * @throws AssertionError when the vectorizer writes to a column, and keeps no chunks
     */
    public ListAssert<String> chunks() {
        StoredEmbeddings embeddings = embeddings();
        if (!embeddings.hasChunks()) {
            throw failure("Expecting %s to keep chunks, but it writes to a column", actual);
        }
        return Assertions.assertThat(database.texts(embeddings.chunks())).as("chunks of %s", actual);
    }

    /**
     * No error was recorded.
     *
     * @return this
     * @throws AssertionError when there are errors; the message shows them
     */
    public VectorizerAssert hasNoErrors() {
        return hasErrors(0);
    }

    /**
     * So many errors were recorded.
     *
     * @param errors the errors, 0 or more
     * @return this
     * @throws AssertionError when there are more or fewer; the message shows them
     */
    public VectorizerAssert hasErrors(long errors) {
        stored();
        List<String> recorded = errors();
        if (recorded.size() != errors) {
            throw failure(
                    "Expecting %s to have %d errors, but it has %d: %s", actual, errors, recorded.size(), recorded);
        }
        return this;
    }

    /**
     * An error was recorded whose message or details contain a text.
     *
     * @param text the text, such as {@code embedding provider failed}, or a part of the reason
     * @return this
     * @throws AssertionError when there is no such error; the message shows those that there are
     */
    public VectorizerAssert hasErrorContaining(String text) {
        stored();
        List<String> recorded = errors();
        if (recorded.stream().noneMatch(error -> error.contains(text))) {
            throw failure(
                    "Expecting %s to have an error containing <%s>, but its errors are %s", actual, text, recorded);
        }
        return this;
    }

    /**
     * The vectorizer is not disabled.
     *
     * @return this
     * @throws AssertionError when it is
     */
    public VectorizerAssert isEnabled() {
        return expectDisabled(false);
    }

    /**
     * The vectorizer is disabled: workers pass it by.
     *
     * @return this
     * @throws AssertionError when it is not
     */
    public VectorizerAssert isDisabled() {
        return expectDisabled(true);
    }

    private VectorizerAssert expectDisabled(boolean expected) {
        boolean disabled = !stored().enabled();
        if (disabled != expected) {
            throw failure("Expecting %s to be %s, but it is not", actual, expected ? "disabled" : "enabled");
        }
        return this;
    }

    StoredVectorizer stored() {
        StoredVectorizer stored = database.pgai()
                .find(name)
                .orElseThrow(() -> failure("Expecting %s to be there, but it was dropped meanwhile", actual));
        if (!Damages.codes(stored.damages()).equals(damaged)) {
            throw failure(
                    "Expecting %s to be %s, but %s",
                    actual, damaged.isEmpty() ? "whole" : "damaged by " + damaged, Damages.text(stored.damages()));
        }
        return stored;
    }

    private StoredEmbeddings embeddings() {
        return StoredEmbeddings.of(stored());
    }

    private RelationName failedQueue() {
        RelationName failedQueue = stored().failedQueue();
        if (failedQueue == null) {
            throw failure("Expecting %s to have a failed queue, but it has none", actual);
        }
        return failedQueue;
    }

    private VectorizerAssert expectCount(String what, long expected, long counted) {
        if (counted != expected) {
            throw failure(
                    "Expecting %s to have %d %s, but it has %d. Its errors are %s",
                    actual, expected, what, counted, errors());
        }
        return this;
    }

    private List<String> errors() {
        return database.pgai().errors(name, Integer.MAX_VALUE).stream()
                .map(error -> Stream.of(error.message(), error.details())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" ")))
                .toList();
    }
}
