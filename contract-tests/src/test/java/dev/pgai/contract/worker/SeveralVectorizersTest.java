package dev.pgai.contract.worker;

import static dev.pgai.testkit.assertj.PgaiAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgai.PgaiException;
import dev.pgai.database.Damage;
import dev.pgai.testkit.worker.Embedder;
import dev.pgai.testkit.worker.RecordingEmbedder;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.testkit.worker.UnsupportedVectorizerException;
import dev.pgai.testkit.worker.WorkerFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker for all vectorizers, its bound, its time, and what it embeds with. */
class SeveralVectorizersTest {

    private BlogDatabase blog;

    @BeforeEach
    void setUp() throws SQLException {
        blog = new BlogDatabase();
        blog.execute("insert into blog values (1, 'One', 'alpha'), (2, 'Two', 'beta')");
    }

    @AfterEach
    void tearDown() {
        blog.close();
    }

    private void vectorizer(String name, String source, String column, int dimensions) throws SQLException {
        blog.execute("select ai.create_vectorizer('" + source + "'::regclass, name => '" + name
                + "', loading => ai.loading_column('" + column + "'), embedding => ai.embedding_openai('m', "
                + dimensions
                + "), destination => ai.destination_table('" + name + "'))");
    }

    @Test
    void all_are_worked_on() throws Exception {
        vectorizer("titles", "blog", "title", 8);
        vectorizer("contents", "blog", "content", 16);
        TestWorker worker = TestWorker.of(blog.database());

        assertThat(worker.drain()).isEqualTo(4);

        assertThat(blog.database()).vectorizer("titles").chunks().containsExactly("One", "Two");
        assertThat(blog.database()).vectorizer("contents").chunks().containsExactly("alpha", "beta");
        assertThat(worker.embedder("titles").embed("x")).hasSize(8);
        assertThat(worker.embedder("contents").embed("x")).hasSize(16);
        assertThatThrownBy(worker::embedder).hasMessageContaining("Ask for embedder(name)");

        // One that was not there when the worker was made.
        vectorizer("more", "blog", "title", 8);
        assertThat(worker.step()).isEqualTo(2);
        assertThat(blog.query("select count(*) from ai.vectorizer_worker_process"))
                .containsExactly("1");
    }

    @Test
    void some_are_worked_on() throws SQLException {
        vectorizer("titles", "blog", "title", 8);
        vectorizer("contents", "blog", "content", 16);
        vectorizer("more", "blog", "title", 8);
        assertThat(TestWorker.of(blog.database(), "titles", "more").drain()).isEqualTo(4);
        assertThat(blog.database()).vectorizer("contents").hasPending(2);
        assertThat(TestWorker.of(new BlogDatabase().database()).drain()).isZero();
    }

    @Test
    void what_one_writes_may_be_the_source_of_another() throws SQLException {
        blog.execute("create table summary (id int primary key, body text)");
        vectorizer("summaries", "summary", "body", 8);
        vectorizer("titles", "blog", "title", 8);
        blog.execute(
                "create function sum_up() returns trigger language plpgsql as"
                        + " $$ begin insert into summary values (new.id, new.chunk || '.'); return null; end $$",
                "create trigger sum_up after insert on titles_store for each row execute function sum_up()");
        assertThat(TestWorker.of(blog.database()).drain()).isEqualTo(4);
        assertThat(blog.database())
                .vectorizer("summaries")
                .hasNothingPending()
                .chunks()
                .containsExactly("One.", "Two.");
    }

    @Test
    void one_that_fails_does_not_keep_the_others_from_their_turn() throws SQLException {
        vectorizer("a", "blog", "title", 8);
        vectorizer("b", "blog", "content", 8);
        vectorizer("c", "blog", "title", 8);
        blog.execute(
                "alter table a_store add check (chunk <> 'Two')",
                "update ai.vectorizer set config = jsonb_set(config, '{loading,implementation}', '\"uri\"')"
                        + " where name = 'b'");
        WorkerFailedException failure = catchThrowableOfType(
                WorkerFailedException.class,
                () -> TestWorker.of(blog.database()).drain());
        assertThat(failure).hasMessageContaining("vectorizer a: ");
        assertThat(failure.getSuppressed()).hasOnlyElementsOfType(UnsupportedVectorizerException.class);
        assertThat(blog.database()).vectorizer("c").hasNothingPending().hasEmbeddings(2);
    }

    /** A trigger that changes the source with each embedding queues the row again, for ever. */
    @Test
    void what_never_ends_is_given_up() throws SQLException {
        vectorizer("titles", "blog", "title", 8);
        blog.execute(
                "create function again() returns trigger language plpgsql as"
                        + " $$ begin update blog set title = title || '!' where id = new.id; return null; end $$",
                "create trigger again after insert on titles_store for each row execute function again()");
        TestWorker worker = TestWorker.builder(blog.database().dataSource(), "titles")
                .mostBatches(5)
                .build();
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(worker::drain)
                .withMessageStartingWith("The worker for tests gave up after 5 batches, at vectorizer titles.");
        assertThat(blog.database()).vectorizer("titles").hasEmbeddings(2).hasPending(2);
        assertThat(worker.step()).isEqualTo(2);
    }

    @Test
    void time_can_pass_without_waiting() throws SQLException {
        vectorizer("contents", "blog", "content", 8);
        blog.execute("alter table blog rename column content to body");
        TestWorker worker = TestWorker.of(blog.database(), "contents");
        assertThat(worker.drain()).isEqualTo(2);
        worker.advance(Duration.ofMinutes(2));
        assertThat(worker.drain()).isZero();
        blog.execute("alter table blog rename column body to content");
        worker.advance(Duration.ofSeconds(61));
        assertThat(worker.drain()).isEqualTo(2);
        assertThat(blog.database()).vectorizer("contents").hasNothingPending().hasEmbeddings(2);
        assertThatThrownBy(() -> worker.advance(Duration.ofMillis(-1))).hasMessageContaining("must not be negative");
    }

    @Test
    void the_second_retry_comes_after_six_minutes_more() throws SQLException {
        vectorizer("contents", "blog", "content", 8);
        blog.execute("alter table blog rename column content to body");
        TestWorker worker = TestWorker.of(blog.database(), "contents");
        worker.drain();
        for (int minutes = 3; minutes <= 18; minutes += 3) {
            worker.advance(Duration.ofMinutes(minutes).plusSeconds(-1));
            assertThat(worker.drain()).as("before %s minutes", minutes).isZero();
            worker.advance(Duration.ofSeconds(2));
            assertThat(worker.drain()).as("after %s minutes", minutes).isEqualTo(2);
        }
        assertThat(blog.database())
                .damagedVectorizer("contents", Damage.Code.COLUMN_MISSING)
                .hasNothingPending()
                .hasGivenUp(2);
    }

    @Test
    void an_embedder_can_be_asked_what_it_was_given() throws SQLException {
        vectorizer("titles", "blog", "title", 8);
        RecordingEmbedder recording = new RecordingEmbedder(Embedder.ofWords(8));
        TestWorker worker = TestWorker.builder(blog.database().dataSource())
                .embedder(recording)
                .build();
        worker.drain();
        assertThat(recording.texts()).containsExactly("One", "Two");
        recording.clear();
        blog.execute("update blog set title = 'Three' where id = 1");
        worker.drain();
        assertThat(recording.texts()).containsExactly("Three");
        assertThat(worker.embedder()).isSameAs(recording);
    }

    @Test
    void an_embedder_can_fail_for_a_while() throws SQLException {
        vectorizer("titles", "blog", "title", 8);
        TestWorker worker = TestWorker.builder(blog.database().dataSource(), "titles")
                .embedder(Embedder.ofWords(8).failingFirst(2, new IOException("too many requests")))
                .build();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(worker::drain).hasMessageContaining("too many requests");
        }
        assertThat(worker.drain()).isEqualTo(2);
        assertThat(blog.database()).vectorizer("titles").hasErrors(2).hasEmbeddings(2);
    }

    @Test
    void an_embedder_can_have_a_table(@TempDir Path directory) throws Exception {
        vectorizer("titles", "blog", "title", 2);
        Path file =
                Files.writeString(directory.resolve("vectors.json"), "\ufeff{\"One\": [1, 0.5], \"Two\": [-1e-3, 0]}");
        TestWorker.builder(blog.database().dataSource(), "titles")
                .embedder(Embedder.ofTable(file.toString()))
                .build()
                .drain();
        assertThat(blog.query("select embedding from titles_store order by id"))
                .containsExactly("[1,0.5]", "[-0.001,0]");

        Embedder table = Embedder.ofTable(Map.of("One", new float[] {1, 0}));
        assertThat(table.embed("One")).containsExactly(1, 0);
        assertThatThrownBy(() -> table.embed("Two"))
                .hasMessage("There is no vector for \"Two\" in the table, which has 1 texts. Add it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "{\"a\": 1}", "{\"a\": null}", "{\"a\": [\"x\"]}", "{\"a\": [1]"})
    void a_file_of_vectors_that_is_none_is_named(String json, @TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("vectors.json"), json);
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> Embedder.ofTable(file.toString()))
                .withMessageStartingWith(file + ": ")
                .withMessageEndingWith("Write texts and arrays of numbers, such as {\"a text\": [0.1, 0.2]}.");
    }
}
