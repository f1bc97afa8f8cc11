package dev.pgai.contract.worker;

import static dev.pgai.testkit.assertj.PgaiAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pgai.database.Damage.Code;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.assertj.PgaiAssert;
import dev.pgai.testkit.assertj.VectorizerAssert;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.testkit.worker.WorkerFailedException;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A vectorizer that does not work is not there, whatever is asked about it. */
class DamagedVectorizerTest {

    private static final String TRIGGER = "drop trigger _vectorizer_src_trg_1 on blog";
    private static final String REPAIR = "VectorizerChange.repair(\"blog\")";

    private BlogDatabase blog;

    @BeforeEach
    void setUp() throws SQLException {
        blog = new BlogDatabase();
        blog.execute("insert into blog values (1, 'a', 'first'), (2, 'b', 'second')")
                .vectorizer();
        TestWorker.of(blog.database(), "blog").drain();
    }

    @AfterEach
    void tearDown() {
        blog.close();
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                arguments(TRIGGER, Code.TRIGGER_MISSING, REPAIR),
                arguments("alter table blog disable trigger _vectorizer_src_trg_1", Code.TRIGGER_DISABLED, REPAIR),
                arguments("drop table ai._vectorizer_q_1", Code.QUEUE_MISSING, REPAIR),
                arguments("drop table ai._vectorizer_q_failed_1", Code.FAILED_QUEUE_MISSING, REPAIR),
                arguments("drop view blog_embedding", Code.VIEW_MISSING, REPAIR),
                arguments("alter table blog rename to posts", Code.SOURCE_RENAMED, REPAIR),
                arguments("alter table blog rename content to body", Code.COLUMN_MISSING, "content"),
                arguments("drop table blog cascade", Code.SOURCE_MISSING, "VectorizerChange.forget(\"blog\")"),
                arguments("update ai.vectorizer set config = '{}'", Code.ROW_UNREADABLE, "drop"));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void is_not_there(String damage, Code code, String hint) throws SQLException {
        VectorizerAssert before = assertThat(blog.database()).vectorizer("blog");
        blog.execute(damage);

        fails(code, hint, () -> assertThat(blog.database()).vectorizer("blog"));
        fails(code, hint, () -> assertThat(blog.database()).hasOnlyVectorizers("blog"));
        Stream.<Consumer<VectorizerAssert>>of(
                        vectorizer -> vectorizer.hasPending(0),
                        VectorizerAssert::hasNothingPending,
                        vectorizer -> vectorizer.hasEmbeddings(2),
                        VectorizerAssert::chunks,
                        vectorizer -> vectorizer.hasGivenUp(0),
                        VectorizerAssert::hasNoErrors,
                        vectorizer -> vectorizer.hasErrorContaining("any"),
                        VectorizerAssert::isEnabled)
                .forEach(assertion -> fails(code, hint, () -> assertion.accept(before)));
    }

    private static void fails(Code code, String hint, Runnable assertion) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(assertion::run)
                .withMessageContaining("damaged: " + code)
                .withMessageContaining(hint);
    }

    @Test
    void is_found_by_its_damage() throws SQLException {
        PgaiAssert database = assertThat(blog.database());
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> database.damagedVectorizer("blog", Code.VIEW_MISSING))
                .withMessageContaining("to be damaged by [VIEW_MISSING], but it is whole");

        blog.execute("drop view blog_embedding");

        database.damagedVectorizer("blog", Code.VIEW_MISSING)
                .hasNothingPending()
                .hasEmbeddings(2);
        fails(Code.VIEW_MISSING, REPAIR, () -> database.damagedVectorizer("blog", Code.QUEUE_MISSING));
        fails(
                Code.VIEW_MISSING,
                REPAIR,
                () -> database.damagedVectorizer("blog", Code.VIEW_MISSING, Code.QUEUE_MISSING));

        Pgai.on(blog.database().dataSource()).repair("blog");
        database.vectorizer("blog").hasNothingPending();
    }

    @Test
    void has_never_nothing_pending_without_a_trigger() throws SQLException {
        blog.execute(TRIGGER, "update blog set content = 'new' where id = 1");

        VectorizerAssert damaged = assertThat(blog.database()).damagedVectorizer("blog", Code.TRIGGER_MISSING);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(damaged::hasNothingPending)
                .withMessageContaining("what is pending is not known")
                .withMessageContaining(REPAIR);
    }

    @Test
    void a_warning_keeps_nothing_from_being_there() throws SQLException {
        blog.execute("alter table blog add author text");

        assertThat(Pgai.on(blog.database().dataSource()).inspect("blog").damages())
                .extracting(damage -> damage.code())
                .containsExactly(Code.VIEW_STALE);
        assertThat(blog.database())
                .hasOnlyVectorizers("blog")
                .vectorizer("blog")
                .hasNothingPending();
    }

    /** The trigger has the columns in the order of the table. */
    @Test
    void a_key_whose_columns_are_in_another_order_than_the_table_is_no_damage() throws SQLException {
        blog.execute(
                "create table page (line int, chapter text, body text, book int, primary key (book, chapter, line))",
                "select ai.create_vectorizer('page'::regclass, name => 'pages', loading => ai.loading_column('body'),"
                        + " embedding => ai.embedding_openai('m', 4), destination => ai.destination_table('pages'))");

        assertThat(blog.database())
                .hasOnlyVectorizers("blog", "pages")
                .vectorizer("pages")
                .hasNothingPending();
        blog.execute("insert into page values (1, 'one', 'text', 2)");
        assertThat(blog.database()).vectorizer("pages").hasPending(1);
    }

    @Test
    void a_worker_that_finds_nothing_says_that_no_trigger_fills_the_queue() throws SQLException {
        blog.execute(TRIGGER, "update blog set content = 'new' where id = 1");
        Logger logger = (Logger) LoggerFactory.getLogger("dev.pgai.testkit.worker");
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        try {
            assertThat(TestWorker.of(blog.database(), "blog").drain()).isZero();
        } finally {
            logger.detachAppender(logged);
        }
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("TRIGGER_MISSING", REPAIR);
    }

    @Test
    void a_worker_that_fails_names_the_damage() throws SQLException {
        blog.execute("update blog set content = 'new'", "drop table blog_embedding_store cascade");

        assertThatExceptionOfType(WorkerFailedException.class)
                .isThrownBy(() -> TestWorker.of(blog.database(), "blog").drain())
                .withMessageContaining("The vectorizer is damaged: ")
                .withMessageContaining("STORE_MISSING")
                .withMessageContaining(REPAIR);
    }

    @Test
    void one_that_cannot_be_read_does_not_keep_the_others_from_their_turn() throws SQLException {
        blog.execute(
                "select ai.create_vectorizer('blog'::regclass, name => 'titles', loading => ai.loading_column('title'),"
                        + " embedding => ai.embedding_openai('m', 4), destination => ai.destination_table('titles'))",
                "update ai.vectorizer set config = '{}' where name = 'blog'");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> TestWorker.of(blog.database()).drain())
                .withMessageContaining("blog");

        assertThat(blog.database()).vectorizer("titles").hasEmbeddings(2);
    }
}
