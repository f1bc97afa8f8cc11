package dev.pgai.contract.worker;

import static dev.pgai.testkit.assertj.PgaiAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.testkit.assertj.VectorizerAssert;
import dev.pgai.testkit.worker.TestWorker;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the assertions say when they do not hold. That they hold when they should, the other tests show. */
class PgaiAssertionsTest {

    private BlogDatabase blog;

    @BeforeEach
    void setUp() throws SQLException {
        blog = new BlogDatabase();
        blog.execute("insert into blog values (1, 'a', 'first'), (2, 'b', 'second')")
                .vectorizer();
        TestWorker.of(blog.database(), "blog").drain();
        blog.execute(
                "update blog set content = 'new' where id = 1",
                "insert into ai._vectorizer_errors (id, message, details) values (1, 'embedding provider failed',"
                        + " '{\"error_reason\": \"too many requests\"}')");
    }

    @AfterEach
    void tearDown() {
        blog.close();
    }

    static Stream<Arguments> failures() {
        String errors = "[embedding provider failed {\"error_reason\": \"too many requests\"}]";
        return Stream.of(
                failure(
                        vectorizer -> vectorizer.hasPending(2),
                        "Expecting vectorizer blog to have 2 rows in the queue, but it has 1. Its errors are "
                                + errors),
                failure(
                        VectorizerAssert::hasNothingPending,
                        "Expecting vectorizer blog to have 0 rows in the queue, but it has 1. Its errors are "
                                + errors),
                failure(
                        vectorizer -> vectorizer.hasEmbeddings(5),
                        "Expecting vectorizer blog to have 5 embeddings, but it has 2. Its errors are " + errors),
                failure(
                        vectorizer -> vectorizer.hasGivenUp(1),
                        "Expecting vectorizer blog to have 1 rows in the failed queue, but it has 0. Its errors are "
                                + errors),
                failure(
                        VectorizerAssert::hasNoErrors,
                        "Expecting vectorizer blog to have 0 errors, but it has 1: " + errors),
                failure(
                        vectorizer -> vectorizer.hasErrorContaining("timeout"),
                        "Expecting vectorizer blog to have an error containing <timeout>, but its errors are "
                                + errors),
                failure(VectorizerAssert::isDisabled, "Expecting vectorizer blog to be disabled, but it is not"),
                failure(vectorizer -> vectorizer.chunks().containsExactly("third"), "[chunks of vectorizer blog]"));
    }

    private static Arguments failure(Consumer<VectorizerAssert> assertion, String message) {
        return Arguments.of(assertion, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("failures")
    void says_what_is_there(Consumer<VectorizerAssert> assertion, String message) {
        assertThatThrownBy(() -> assertion.accept(assertThat(blog.database()).vectorizer("blog")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    @Test
    void names_the_vectorizers_that_there_are() {
        assertThat(blog.database()).hasOnlyVectorizers("blog");
        assertThatThrownBy(() -> assertThat(blog.database()).hasOnlyVectorizers("blog", "other"))
                .hasMessageContaining("Expecting the vectorizers to be <[blog, other]>, but they are <[blog]>");
        assertThatThrownBy(() -> assertThat(blog.database()).vectorizer("other"))
                .hasMessageContaining("Expecting a vectorizer named <other>, but there are only <[blog]>");
    }

    /** What is stored of another vectorizer may be anything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "config = jsonb_set(config, '{destination,target_table}', '\"\"')",
                "config = '{}'",
                "source_pk = '[{\"pknum\": 1}]'",
                "source_pk = '{}'",
            })
    void does_not_look_at_the_rows_of_others(String damage) throws SQLException {
        blog.execute(
                "select ai.create_vectorizer('blog'::regclass, name => 'odd', loading => ai.loading_column('title'),"
                        + " embedding => ai.embedding_openai('m', 4), destination => ai.destination_table('odd'))",
                "update ai.vectorizer set " + damage + " where name = 'odd'");

        assertThat(blog.database())
                .vectorizer("blog")
                .hasPending(1)
                .hasEmbeddings(2)
                .hasErrors(1)
                .hasGivenUp(0)
                .isEnabled();
        assertThatThrownBy(() -> assertThat(blog.database()).vectorizer("other"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expecting a vectorizer named <other>, but there ");
    }

    @Test
    void finds_what_has_odd_names() throws SQLException {
        blog.execute(
                "create schema \"S\"\"s\"",
                "create table \"S\"\"s\".\"Po{st?\" (a text, b int, body text, primary key (b, a))",
                "insert into \"S\"\"s\".\"Po{st?\" values ('b', 1, 'second'), ('a', 1, 'first'), ('a', 2, 'third')",
                "select ai.create_vectorizer('\"S\"\"s\".\"Po{st?\"'::regclass, name => 'posts',"
                        + " loading => ai.loading_column('body'), embedding => ai.embedding_openai('m', 4))");
        TestWorker.of(blog.database(), "posts").drain();

        assertThat(blog.database())
                .vectorizer("posts")
                .hasEmbeddings(3)
                .hasGivenUp(0)
                .chunks()
                .containsExactly("first", "second", "third");
    }

    @Test
    void has_no_chunks_in_a_column() throws SQLException {
        blog.execute("select ai.create_vectorizer('blog'::regclass, name => 'col', loading =>"
                + " ai.loading_column('title'), embedding => ai.embedding_openai('m', 4), chunking =>"
                + " ai.chunking_none(), destination => ai.destination_column('vec'))");

        assertThatThrownBy(() -> assertThat(blog.database()).vectorizer("col").chunks())
                .hasMessageContaining("Expecting vectorizer col to keep chunks, but it writes to a column");
    }

    @Test
    void looks_through_a_connection_at_its_transaction() throws SQLException {
        try (Connection connection = blog.database().connection()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("delete from ai._vectorizer_q_1");

            assertThat(connection).vectorizer("blog").hasNothingPending();
            assertThat(blog.database()).vectorizer("blog").hasPending(1);

            connection.rollback();
        }
    }
}
