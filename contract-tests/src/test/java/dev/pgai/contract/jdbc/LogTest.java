package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One line at info for each change, none for anything else. */
class LogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.pgai.jdbc");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final VectorizerDefinition definition = Blog.definition().build();
    private Blog blog;
    private Pgai pgai;

    @BeforeEach
    void createDatabase() throws SQLException {
        blog = new Blog();
        pgai = Pgai.on(blog.dataSource());
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        logger.detachAppender(log);
        blog.close();
    }

    private List<String> lines() {
        List<String> lines = log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
        log.list.clear();
        return lines;
    }

    @Test
    void says_what_was_done() {
        pgai.create(definition);
        assertThat(lines()).containsExactly("INFO Created vectorizer v (id 1) on public.blog");

        pgai.disable("v");
        assertThat(lines()).containsExactly("INFO Disabled vectorizer v (id 1) on public.blog");

        pgai.enable("v");
        assertThat(lines()).containsExactly("INFO Enabled vectorizer v (id 1) on public.blog");

        pgai.drop("v", Embeddings.KEEP);
        assertThat(lines())
                .containsExactly("INFO Dropped vectorizer v (id 1) on public.blog;"
                        + " embeddings kept in public.blog_embeddings_store");
    }

    @Test
    void says_what_became_of_the_embeddings() {
        pgai.createIfAbsent(definition);
        assertThat(lines()).containsExactly("INFO Created vectorizer v (id 1) on public.blog");

        pgai.dropIfExists("v", Embeddings.DROP);
        assertThat(lines())
                .containsExactly("INFO Dropped vectorizer v (id 1) on public.blog; embeddings dropped with table"
                        + " public.blog_embeddings_store and view public.blog_embeddings");
    }

    /** The catalog never drops the column, whatever is asked. */
    @Test
    void does_not_say_that_a_column_was_dropped() throws SQLException {
        pgai.create(Blog.definition()
                .destination(Destination.column("e"))
                .chunking(Chunking.none())
                .build());
        lines();

        pgai.drop("v", Embeddings.DROP);

        assertThat(lines())
                .containsExactly("INFO Dropped vectorizer v (id 1) on public.blog;"
                        + " embeddings stay in column e of public.blog");
        assertThat(blog.query("select count(e) from public.blog")).isEqualTo("0");
    }

    @Test
    void says_nothing_when_nothing_changed() {
        pgai.create(definition);
        lines();

        pgai.list();
        pgai.find("v");
        pgai.exists("v");
        pgai.createIfAbsent(definition);
        pgai.dropIfExists("w", Embeddings.DROP);
        assertThatExceptionOfType(PgaiDatabaseException.class).isThrownBy(() -> pgai.create(definition));
        assertThatExceptionOfType(PgaiDatabaseException.class).isThrownBy(() -> pgai.drop("w", Embeddings.DROP));

        assertThat(lines()).isEmpty();
    }

    @Test
    void says_nothing_before_the_commit() throws SQLException {
        blog.execute(
                "create function public.refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'",
                "create constraint trigger refuse after insert on ai.vectorizer deferrable initially deferred"
                        + " for each row execute function public.refuse()");

        assertThatExceptionOfType(PgaiDatabaseException.class).isThrownBy(() -> pgai.create(definition));

        assertThat(lines()).isEmpty();
    }

    @Test
    void create_if_absent_is_logged_when_it_creates() {
        pgai.createIfAbsent(definition);

        assertThat(lines()).containsExactly("INFO Created vectorizer v (id 1) on public.blog");
    }

    @Test
    void a_change_is_one_line_whatever_the_names() throws SQLException {
        blog.execute("alter table public.blog rename to \"bl\nog\t\u2028\"");

        pgai.create(definition.toBuilder()
                .source(RelationName.of("public", "bl\nog\t\u2028"))
                .build());

        assertThat(lines()).containsExactly("INFO Created vectorizer v (id 1) on public.bl?og??");
    }

    @Test
    void warns_of_what_the_check_finds() {
        pgai.create(definition.toBuilder()
                .destination(Destination.table("blog_embeddings").withViewSchema("no\npe"))
                .build());

        assertThat(lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("WARN vectorizer \"v\" on public.blog: destination.view_schema: ")
                .doesNotContain("\n");
    }

    /** The catalog leaves roles out that do not exist, and only the server's warning says so. */
    @Test
    void passes_warnings_of_the_server_on() {
        VectorizerDefinition granted =
                definition.toBuilder().grantTo("public", "no_such_role").build();
        pgai.create(granted);

        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
        assertThat(lines()).first().asString().contains("no_such_role").contains("\"v\"");

        pgai.drop("v", Embeddings.DROP);
        lines();
        pgai.createIfAbsent(granted);
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
    }

    /** Before PostgreSQL 16 the catalog cannot take such a role, so that it is refused before the server could warn. */
    @Test
    void a_warning_of_the_server_stays_one_line() throws SQLException {
        VectorizerDefinition forged =
                definition.toBuilder().grantTo("nobody\nERROR forged").build();
        if (Integer.parseInt(blog.query("show server_version_num")) < 16_00_00) {
            assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> pgai.create(forged));
            assertThat(log.list).isEmpty();
        } else {
            pgai.create(forged);
            assertThat(lines()).isNotEmpty().allSatisfy(line -> assertThat(line).doesNotContain("\n"));
        }
    }
}
