package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Problem;
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
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session may be set to, and what others may put on its search path. */
class HostileSessionTest {

    /** Types, operators, functions and tables of the names that SQL without a schema would take for PostgreSQL's. */
    private static final String[] EVIL = {
        "create schema evil",
        "create type evil.regclass as enum ('no')",
        "create type evil.jsonb as enum ('no')",
        "create type evil.text as enum ('no')",
        "create type evil.name as enum ('no')",
        "create type evil.int4 as enum ('no')",
        "create type evil.timestamptz as enum ('no')",
        "create type evil.interval as enum ('no')",
        "create function evil.never(pg_catalog.name, pg_catalog.name) returns bool language sql as 'select false'",
        "create function evil.never(pg_catalog.name, pg_catalog.text) returns bool language sql as 'select false'",
        "create function evil.never(pg_catalog.oid, pg_catalog.oid) returns bool language sql as 'select false'",
        "create function evil.never(pg_catalog.int4, pg_catalog.int4) returns bool language sql as 'select false'",
        "create operator evil.= (leftarg = pg_catalog.name, rightarg = pg_catalog.name, function = evil.never)",
        "create operator evil.= (leftarg = pg_catalog.name, rightarg = pg_catalog.text, function = evil.never)",
        "create operator evil.= (leftarg = pg_catalog.oid, rightarg = pg_catalog.oid, function = evil.never)",
        "create operator evil.= (leftarg = pg_catalog.int4, rightarg = pg_catalog.int4, function = evil.never)",
        "create function evil.current_setting(pg_catalog.text) returns pg_catalog.text language sql as 'select ''evil'''",
        "create function evil.current_database() returns pg_catalog.name language sql as 'select ''evil''::pg_catalog.name'",
        "create function evil.create_vectorizer(pg_catalog.regclass) returns pg_catalog.int4 language sql as 'select 13'",
        "create function evil.ts_stat(pg_catalog.text) returns table (word pg_catalog.text) language sql as 'select null'",
        "create function evil.format(pg_catalog.text, pg_catalog.name, pg_catalog.name) returns pg_catalog.text language sql as 'select null'",
        "create function evil.pg_relation_size(pg_catalog.oid) returns pg_catalog.int8 language sql as 'select 0::pg_catalog.int8'",
        "create function evil.never(pg_catalog.int8, pg_catalog.int8) returns bool language sql as 'select false'",
        "create operator evil.> (leftarg = pg_catalog.int8, rightarg = pg_catalog.int8, function = evil.never)",
        "create table evil.vectorizer (id pg_catalog.int4)",
        "create table evil.blog (id pg_catalog.int4)",
        "create table evil.pg_namespace (nspname pg_catalog.name)"
    };

    private static final VectorizerDefinition DEFINITION = Blog.definition()
            .embedding(Embedding.ollama("nomic-embed-text", 768).withOptions(Map.of("num_ctx", 1024)))
            .chunking(Chunking.recursiveCharacterTextSplitter().withSeparators(List.of("\\n", "it's")))
            .formatting(Formatting.pythonTemplate("{d} ? \\ it's $chunk"))
            .grantTo(List.of())
            .build();

    private Blog blog;

    @BeforeEach
    void createDatabase() throws SQLException {
        blog = new Blog();
        blog.execute(EVIL);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        blog.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set search_path = ''",
                "set search_path = evil",
                "set search_path = evil, pg_catalog",
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
            assertThat(pgai.dropIfExists("v", Embeddings.DROP)).isTrue();
            assertThat(pgai.dropIfExists("v", Embeddings.DROP)).isFalse();

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
        try (Connection connection = blog.connect()) {
            Blog.execute(connection, setting, "set intervalstyle = 'postgres'");

            Blog.execute(connection, rendered.replace("ai.set_scheduling(", "public.capture("));

            assertThat(blog.query("select id || ' ' || schedule_interval from public.captured"))
                    .isEqualTo("1 1 day");
        }
    }
}
