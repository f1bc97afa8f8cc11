package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Problem;
import dev.pgai.database.QueueWait;
import dev.pgai.database.RowCount;
import dev.pgai.database.SourceNotFoundException;
import dev.pgai.database.VectorizerNotFoundException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Interval;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session may be set to, and what others may put on its search path. */
class HostileSessionTest {

    private static final VectorizerDefinition DEFINITION = Blog.definition()
            .embedding(Embedding.ollama("nomic-embed-text", 768).withOptions(Map.of("num_ctx", 1024)))
            .chunking(Chunking.recursiveCharacterTextSplitter().withSeparators(List.of("\\n", "it's")))
            .formatting(Formatting.pythonTemplate("{d} ? \\ it's $chunk"))
            .grantTo(List.of())
            .build();

    private static Blog blog;

    @BeforeAll
    static void createDatabase() throws SQLException {
        blog = new Blog();
        try (Connection connection = blog.connect()) {
            HostileSchema.fill(connection, "evil");
            HostileSchema.fill(connection, "public");
        }
        blog.execute("create table evil.blog (id pg_catalog.int4)");
    }

    @AfterAll
    static void dropDatabase() throws SQLException {
        blog.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set search_path = ''",
                "set search_path = evil",
                "set search_path = evil, pg_catalog",
                "set search_path = public",
                "set search_path = public, pg_catalog",
                "set standard_conforming_strings = off",
                "set session characteristics as transaction isolation level serializable",
                "set intervalstyle = 'postgres_verbose'",
                "set client_min_messages = error",
                "set array_nulls = off"
            })
    void every_operation_works(String setting) throws SQLException {
        try (Connection connection = blog.connect()) {
            Blog.execute(connection, setting);
            Pgai pgai = Pgai.on(connection);

            assertThat(pgai.check(DEFINITION)).isEmpty();
            assertThat(pgai.createIfAbsent(DEFINITION).created()).isTrue();
            assertThat(pgai.check(DEFINITION))
                    .extracting(Problem::code)
                    .containsExactly(Problem.Code.VECTORIZER_EXISTS, Problem.Code.NAME_TAKEN, Problem.Code.NAME_TAKEN);
            assertThat(pgai.createIfAbsent(DEFINITION).created()).isFalse();
            assertThat(pgai.exists("v")).isTrue();
            assertThat(pgai.find("v").orElseThrow().definition()).isEqualTo(DEFINITION.asStored());
            assertThat(pgai.list())
                    .extracting(vectorizer -> vectorizer.status().pending())
                    .containsExactly(new RowCount.Exact(3));
            assertThat(pgai.countPending("v")).isEqualTo(3);
            assertThat(pgai.errors("v", 1)).isEmpty();
            pgai.disable("v");
            assertThat(pgai.find("v").orElseThrow().enabled()).isFalse();
            pgai.enable("v");
            pgai.drop("v", Embeddings.DROP);
            assertThat(pgai.create(DEFINITION).name()).isEqualTo("v");
            assertThat(pgai.inspect("v").damages()).isEmpty();
            assertThat(pgai.inspect()).hasSize(1);
            assertThat(pgai.managedObjects().containsRelation("public", "blog_embeddings_store"))
                    .isTrue();
            Blog.execute(
                    connection,
                    "delete from ai._vectorizer_q_" + pgai.inspect("v").id());
            assertThat(pgai.awaitEmptyQueue("v", QueueWait.upTo(Duration.ofSeconds(9)))
                            .isWhole())
                    .isTrue();
            Blog.execute(
                    connection,
                    "drop function ai._vectorizer_src_trg_" + pgai.inspect("v").id() + "() cascade");
            assertThat(pgai.check(VectorizerChange.repair("v"))).isEmpty();
            assertThat(pgai.repair("v")).isTrue();
            Blog.execute(connection, "alter table public.blog add column author pg_catalog.text");
            assertThat(pgai.refreshView("v")).isTrue();
            pgai.apply(VectorizerChange.refreshView("v")
                    .around("alter table public.blog alter column author type pg_catalog.varchar"));
            Blog.execute(connection, "alter table public.blog drop column author cascade");
            assertThat(pgai.repair("v")).isTrue();
            pgai.drop("v", Embeddings.KEEP);
            assertThat(pgai.adopt(DEFINITION).created()).isTrue();
            Blog.execute(connection, "alter table public.blog rename to renamed");
            assertThat(pgai.repair("v")).isTrue();
            Blog.execute(connection, "alter table public.renamed rename to blog");
            assertThat(pgai.repair("v")).isTrue();
            assertThat(pgai.dropIfExists("v", Embeddings.DROP)).isTrue();
            assertThat(pgai.dropIfExists("v", Embeddings.DROP)).isFalse();

            Blog.execute(
                    connection, "create table public.gone (id pg_catalog.int4 primary key, content pg_catalog.text)");
            VectorizerDefinition gone = DEFINITION.toBuilder()
                    .source(RelationName.of("public", "gone"))
                    .build();
            assertThat(pgai.create(gone).name()).isEqualTo("v");
            Blog.execute(connection, "drop table public.gone cascade");
            pgai.forget("v");
            Blog.execute(connection, "drop table public.blog_embeddings_store");

            assertThatExceptionOfType(SourceNotFoundException.class)
                    .isThrownBy(() -> pgai.create(DEFINITION.toBuilder()
                            .source(RelationName.of("public", "nope"))
                            .build()))
                    .withMessageContaining(blog.name());
            assertThatExceptionOfType(VectorizerNotFoundException.class)
                    .isThrownBy(() -> pgai.drop("v", Embeddings.DROP));
        }
        assertThat(blog.traces()).isEqualTo("0 0 0");
    }

    /** No operation here runs these: they need TimescaleDB. Their types must be found all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"set search_path = evil", "set search_path = evil, pg_catalog"})
    void rendered_options_mean_the_same(String setting) throws SQLException {
        Scheduling scheduling = Scheduling.timescaledb()
                .withScheduleInterval(Interval.of(Period.ofDays(1)))
                .withInitialStart(Instant.parse("2026-01-02T03:04:05Z"));
        String rendered = VectorizerChange.setScheduling("v", scheduling, Indexing.none())
                .sql()
                .get(0);
        // The statement with the function under test in place of the one that needs TimescaleDB.
        blog.execute(
                "create table public.captured (id int, schedule_interval text)",
                "create function public.capture(pg_catalog.int4, scheduling pg_catalog.jsonb,"
                        + " indexing pg_catalog.jsonb) returns void language sql set search_path = pg_catalog"
                        + " as 'insert into public.captured values ($1, $2->>''schedule_interval'')'");
        Pgai.on(blog.dataSource()).create(DEFINITION);
        int id = Pgai.on(blog.dataSource()).inspect("v").id();
        try (Connection connection = blog.connect()) {
            Blog.execute(connection, setting, "set intervalstyle = 'postgres'");

            Blog.execute(connection, rendered.replace("ai.set_scheduling(", "public.capture("));

            assertThat(
                            blog.query(
                                    "select pg_catalog.concat(id, ' '::pg_catalog.text, schedule_interval) from public.captured"))
                    .isEqualTo(id + " 1 day");
        }
        Pgai.on(blog.dataSource()).drop("v", Embeddings.DROP);
        blog.execute("drop function public.capture", "drop table public.captured");
    }
}
