package dev.pgai.contract.worker;

import static dev.pgai.testkit.assertj.PgaiAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgai.database.Damage;
import dev.pgai.testkit.worker.Embedder;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.testkit.worker.UnsupportedVectorizerException;
import dev.pgai.testkit.worker.WorkerFailedException;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is recorded, kept and thrown when a batch fails, and what the worker for tests refuses. */
class WorkerFailureTest {

    private static final String ERRORS = "select message, details from ai.vectorizer_errors order by recorded";

    private BlogDatabase blog;
    private TestWorker worker;

    @BeforeEach
    void setUp() throws SQLException {
        blog = new BlogDatabase();
        blog.execute("insert into blog values (1, 'a', 'first'), (2, 'b', 'second')");
        worker = TestWorker.of(blog.database(), "blog");
    }

    @AfterEach
    void tearDown() {
        blog.close();
    }

    @Test
    void records_a_provider_that_fails() throws Exception {
        blog.vectorizer();
        worker.drain();
        blog.execute("update blog set content = 'new ' || content");
        IOException outage = new IOException("the provider is down");

        WorkerFailedException thrown = catchThrowableOfType(
                WorkerFailedException.class,
                () -> failing(text -> {
                            if (text.equals("new second")) {
                                throw outage;
                            }
                            return Embedder.ofWords(64).embed(text);
                        })
                        .drain());

        assertThat(thrown)
                .hasMessage("The worker for tests failed on vectorizer blog: embedding provider failed: the provider is"
                        + " down. It is recorded in ai.vectorizer_errors, and the rows are queued again.")
                .hasCause(outage);
        assertThat(thrown.recorded()).isEqualTo("embedding provider failed");
        assertThat(thrown.reason()).isEqualTo("the provider is down");
        assertThat(blog.query(ERRORS))
                .containsExactly(
                        "embedding provider failed|{\"provider\": \"openai\", \"error_reason\": \"the provider is"
                                + " down\"}");
        assertThat(blog.database())
                .vectorizer("blog")
                .hasErrorContaining("the provider is down")
                .as("nothing of the batch is left")
                .hasPending(2)
                .chunks()
                .containsExactly("first", "second");
        assertThat(blog.query("select error_count, last_error_message from ai.vectorizer_worker_progress"))
                .containsExactly("2|unexpected error: vectorizer finished with errors (1 sub-exception)");

        assertThat(worker.drain()).as("after the outage").isEqualTo(2);
        assertThat(blog.database()).vectorizer("blog").hasErrors(1).chunks().containsExactly("new first", "new second");
    }

    @Test
    void says_why_when_its_connection_is_lost() throws Exception {
        blog.vectorizer();
        TestWorker cut = failing(text -> {
            blog.query("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
            return Embedder.ofWords(64).embed(text);
        });

        assertThatThrownBy(cut::drain)
                .isInstanceOf(WorkerFailedException.class)
                .hasMessageContaining("terminating connection due to administrator command")
                .hasMessageContaining(
                        "It could not be recorded in ai.vectorizer_errors, and the rows are queued again.");

        assertThat(worker.drain()).isEqualTo(2);
        assertThat(blog.database()).vectorizer("blog").hasNoErrors();
    }

    @Test
    void names_the_exception_of_a_provider_that_says_nothing() throws Exception {
        blog.vectorizer();
        TestWorker failing = failing(text -> {
            throw new IllegalStateException();
        });

        assertThatThrownBy(failing::drain).isInstanceOf(WorkerFailedException.class);

        assertThat(blog.database()).vectorizer("blog").hasErrorContaining("java.lang.IllegalStateException");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '"',
            value = {
                "formatting => ai.formatting_python_template('$chunk $nope') # 'nope'",
                "formatting => ai.formatting_python_template('$chunk costs 5 $') # Invalid placeholder in string: line 1,"
                        + " col 16",
                "chunking => ai.chunking_character_text_splitter(chunk_size => 5, chunk_overlap => 6) # Got a larger chunk"
                        + " overlap (6) than chunk size (5), should be smaller.",
            })
    void records_options_that_do_not_work(String option, String reason) throws Exception {
        blog.vectorizer(option);

        assertThatThrownBy(worker::drain).isInstanceOfSatisfying(WorkerFailedException.class, e -> {
            assertThat(e.recorded()).isEqualTo("vectorizer failed with unexpected error");
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e).hasNoCause();
        });

        assertThat(blog.query("select message, details ->> 'error_reason', (select array_agg(k) from"
                        + " jsonb_object_keys(details) k) from ai.vectorizer_errors"))
                .containsExactly("vectorizer failed with unexpected error|" + reason + "|{error_reason}");
        assertThat(blog.query("select id, (select count(*) from blog_embedding_store) from ai._vectorizer_q_1"
                        + " order by id"))
                .containsExactly("1|0", "2|0");
    }

    @Test
    void records_a_vector_of_the_wrong_length() throws Exception {
        blog.vectorizer();

        assertThatThrownBy(() -> failing(Embedder.ofWords(3)).drain())
                .isInstanceOf(WorkerFailedException.class)
                .hasRootCauseInstanceOf(SQLException.class);

        assertThat(blog.database()).vectorizer("blog").hasErrorContaining("expected 64 dimensions, not 3");
    }

    @Test
    void tries_to_load_again_and_gives_up() throws Exception {
        blog.vectorizer("loading => ai.loading_column('content', retries => 2)")
                .execute("delete from blog where id = 2", "alter table blog rename column content to body");

        assertThat(worker.drain()).isEqualTo(1);

        assertThat(blog.query(
                        "select id, loading_retries, loading_retry_after - now() between interval '2 min 30 s' and"
                                + " interval '3 min' from ai._vectorizer_q_1"))
                .containsExactly("1|1|t");
        assertThat(blog.query(ERRORS))
                .containsExactly("loading failed|{\"loader\": \"column\", \"error_reason\": \"'content'\","
                        + " \"is_retryable\": true}");
        assertThat(worker.drain()).as("not due").isZero();

        blog.execute("update ai._vectorizer_q_1 set loading_retry_after = now() - interval '1 s'");
        assertThat(worker.drain()).isEqualTo(1);
        assertThat(blog.query(
                        "select id, loading_retries, loading_retry_after - now() between interval '5 min 30 s' and"
                                + " interval '6 min' from ai._vectorizer_q_1"))
                .containsExactly("1|2|t");

        blog.execute("update ai._vectorizer_q_1 set loading_retry_after = now() - interval '1 s'");
        assertThat(worker.drain()).isEqualTo(1);
        assertThat(blog.database())
                .damagedVectorizer("blog", Damage.Code.COLUMN_MISSING)
                .hasNothingPending()
                .hasGivenUp(1)
                .hasErrors(3)
                .hasErrorContaining("\"is_retryable\": false");
        assertThat(blog.query("select id, failure_step from ai._vectorizer_q_failed_1"))
                .containsExactly("1|loading");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '"',
            value = {
                "loading => ai.loading_uri('content') # ai.loading_uri. It reads no files",
                "chunking => ai.chunking_character_text_splitter(separator => '(?x) a', is_separator_regex => true) #"
                        + " The separator (?x) a is no regular expression",
                "formatting => ai.formatting_python_template('$chunk $span') # what Python makes of column span",
                "loading => ai.loading_column('file') # of bytea",
            })
    void refuses_what_it_cannot_do(String option, String problem) throws Exception {
        blog.execute("alter table blog add span int4range default '[1,2)', add file bytea default '\\x00'")
                .vectorizer(option);

        assertThatThrownBy(worker::drain)
                .isInstanceOf(UnsupportedVectorizerException.class)
                .hasMessageContaining(problem);

        assertThat(blog.database()).vectorizer("blog").hasPending(2).hasNoErrors();
    }

    @Test
    void records_what_the_database_refuses() throws Exception {
        blog.vectorizer().execute("alter table blog_embedding_store add check (chunk <> 'second')");

        assertThatThrownBy(worker::drain).hasMessageContaining("violates check constraint");

        assertThat(blog.database())
                .vectorizer("blog")
                .hasErrorContaining("violates check constraint")
                .hasErrorContaining("DETAIL:  Failing row contains")
                .hasPending(2)
                .hasEmbeddings(0);
    }

    private TestWorker failing(Embedder embedder) {
        return TestWorker.builder(blog.database().dataSource(), "blog")
                .embedder(embedder)
                .build();
    }
}
