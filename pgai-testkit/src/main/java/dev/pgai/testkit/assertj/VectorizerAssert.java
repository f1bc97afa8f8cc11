package dev.pgai.testkit.assertj;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/** Assertions about one vectorizer. Each looks at the database anew. */
public final class VectorizerAssert extends AbstractAssert<VectorizerAssert, Object> {

    private final Database database;
    private final VectorizerTables tables;

    VectorizerAssert(Database database, VectorizerTables tables) {
        super(tables, VectorizerAssert.class);
        this.database = database;
        this.tables = tables;
    }

    /**
     * The queue has so many rows. A row of the source that changed twice may be there twice; rows that wait to be
     * loaded again count.
     *
     * @param rows the rows, 0 or more
     * @return this
     * @throws AssertionError when it has more or fewer
     */
    public VectorizerAssert hasPending(long rows) {
        return expectCount("rows in the queue", rows, database.pgai().countPending(tables.name()));
    }

    /**
     * The queue is empty.
     *
     * @return this
     * @throws AssertionError when it is not
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
        return expectCount("rows in the failed queue", rows, rowsOf(tables.failedQueue()));
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
        return expectCount("embeddings", embeddings, rowsOf(tables.embedded()));
    }

    /**
     * The texts of the chunks, for further assertions.
     *
     * @return the chunks in the order of their rows' keys and their places in a row
     * @throws AssertionError when the vectorizer writes to a column, and keeps no chunks
     */
    public ListAssert<String> chunks() {
        if (tables.chunks() == null) {
            throw failure("Expecting %s to keep chunks, but it writes to a column", tables);
        }
        return Assertions.assertThat(database.query(tables.chunks()).stream()
                        .map(row -> String.valueOf(row.get(0)))
                        .toList())
                .as("chunks of %s", tables);
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
        List<String> actual = errors();
        if (actual.size() != errors) {
            throw failure("Expecting %s to have %d errors, but it has %d: %s", tables, errors, actual.size(), actual);
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
        List<String> actual = errors();
        if (actual.stream().noneMatch(error -> error.contains(text))) {
            throw failure("Expecting %s to have an error containing <%s>, but its errors are %s", tables, text, actual);
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
        boolean disabled = !database.pgai().find(tables.name()).orElseThrow().enabled();
        if (disabled != expected) {
            throw failure("Expecting %s to be %s, but it is not", tables, expected ? "disabled" : "enabled");
        }
        return this;
    }

    private long rowsOf(String relation) {
        return database.count("select count(*) from " + relation);
    }

    private VectorizerAssert expectCount(String what, long expected, long actual) {
        if (actual != expected) {
            throw failure(
                    "Expecting %s to have %d %s, but it has %d. Its errors are %s",
                    tables, expected, what, actual, errors());
        }
        return this;
    }

    private List<String> errors() {
        return database.pgai().errors(tables.name(), Integer.MAX_VALUE).stream()
                .map(error -> Stream.of(error.message(), error.details())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" ")))
                .toList();
    }
}
