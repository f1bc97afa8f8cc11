package dev.pgai.contract.jdbc;

import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Parsing;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A definition that does not work on a database.
 *
 * @param setup statements beside those of {@link Blog}
 * @param expected code, option and value of each problem
 * @param refusedByTheCatalog whether the catalog finds it, too
 */
record ProblemCase(
        String name,
        List<String> setup,
        VectorizerDefinition definition,
        List<String> expected,
        boolean refusedByTheCatalog) {

    private static final String SET =
            "do $$ begin execute format('alter database %%I set %s', current_database()); end $$";

    static Stream<ProblemCase> all() {
        return Stream.of(sources(), columns(), loadings(), names(), destinations(), states(), schedules(), others())
                .flatMap(cases -> cases);
    }

    private static Stream<ProblemCase> sources() {
        return Stream.of(
                refused("no source", b -> b.source(table("nope")), "SOURCE_MISSING source public.nope"),
                refused("no schema", b -> b.source(RelationName.of("No", "b")), "SOURCE_MISSING source No.b"),
                refused("view", b -> b.source(table("w")), "SOURCE_NOT_A_TABLE source public.w")
                        .on("create view public.w as select * from public.blog"),
                refused(
                                "sequence",
                                b -> b.source(table("w")),
                                "SOURCE_NOT_A_TABLE source public.w",
                                "LOADING_COLUMN_MISSING loading.column_name content")
                        .on("create sequence public.w"),
                refused("no key", b -> b.source(table("w")), "KEY_MISSING source public.w")
                        .on("create table public.w (id int unique not null, content text)"),
                refused("quoted key", b -> b.source(table("w")), "KEY_NEEDS_QUOTES source Id")
                        .on("create table public.w (\"Id\" int primary key, content text)"),
                accepted("key with a domain", b -> b.source(table("w")), "KEY_TYPE source d")
                        .on(
                                "create domain public.d as int",
                                "create table public.w (id public.d primary key, content text)"),
                accepted("key of char", b -> b.source(table("w")), "KEY_TYPE source character(3)")
                        .on("create table public.w (id char(3) primary key, content text)"));
    }

    private static Stream<ProblemCase> columns() {
        return Stream.of(
                refused("column of the store", b -> b, "COLUMN_RESERVED source chunk_seq")
                        .on("alter table public.blog add chunk_seq int"),
                refused("column chunk", b -> toColumn(b, "e"), "COLUMN_RESERVED source chunk")
                        .on("alter table public.blog add chunk text"),
                refused(
                                "key of the queue",
                                b -> toColumn(b, "e").source(table("w")),
                                "COLUMN_RESERVED source queued_at")
                        .on("create table public.w (queued_at int primary key, content text)"),
                accepted("column of the worker", b -> b, "COLUMN_RESERVED source loading_retries")
                        .on("alter table public.blog add loading_retries int"),
                accepted(
                        "what the worker adds",
                        b -> b.formatting(Formatting.pythonTemplate("$loading_retries $chunk"))),
                accepted("key of the worker", b -> b.source(table("w")), "COLUMN_RESERVED source locked")
                        .on("create table public.w (locked int primary key, content text)"),
                accepted(
                        "template",
                        b -> b.formatting(Formatting.pythonTemplate("$id ${Title} $chunk")),
                        "TEMPLATE_COLUMN_MISSING formatting.template Title"));
    }

    private static Stream<ProblemCase> loadings() {
        return Stream.of(
                refused(
                        "no column",
                        b -> b.loading(Loading.column("Content")),
                        "LOADING_COLUMN_MISSING loading.column_name Content"),
                refused(
                        "number",
                        b -> b.loading(Loading.column("id")),
                        "LOADING_COLUMN_TYPE loading.column_name integer"),
                refused(
                                "uri of bytes",
                                b -> b.loading(Loading.uri("data")),
                                "LOADING_COLUMN_TYPE loading.column_name bytea")
                        .on("alter table public.blog add data bytea"),
                refused(
                                "bytes not parsed",
                                b -> b.loading(Loading.column("data")).parsing(Parsing.none()),
                                "PARSING_MISMATCH parsing.implementation none")
                        .on("alter table public.blog add data bytea"),
                refused(
                        "text parsed",
                        b -> b.parsing(Parsing.pymupdf()),
                        "PARSING_MISMATCH parsing.implementation pymupdf"),
                accepted(
                        "file not parsed",
                        b -> b.loading(Loading.uri("content")).parsing(Parsing.none()),
                        "PARSING_MISMATCH parsing.implementation none"));
    }

    private static Stream<ProblemCase> names() {
        String vectorizer =
                "select ai.create_vectorizer('public.blog', name => 'v', loading => ai.loading_column('title'),"
                        + " embedding => ai.embedding_openai('m', 3), destination => ai.destination_table('other'))";
        return Stream.of(
                refused("vectorizer", b -> b, "VECTORIZER_EXISTS name v").on(vectorizer),
                refused("store", b -> b, "NAME_TAKEN destination.target_table public.blog_embeddings_store")
                        .on("create sequence public.blog_embeddings_store"),
                refused("view", b -> b, "NAME_TAKEN destination.view_name public.blog_embeddings")
                        .on("create view public.blog_embeddings as select 1"),
                refused("type", b -> b, "NAME_TAKEN destination.view_name public.blog_embeddings")
                        .on("create type public.blog_embeddings as enum ('a')"),
                refused("queue", b -> b.queueSchema("public").queueTable("blog"), "NAME_TAKEN queue_table public.blog"),
                refused("queue of the id", b -> b, "NAME_TAKEN queue_table ai._vectorizer_q_1")
                        .on("create table ai._vectorizer_q_1 (a int)"),
                refused("failed queue", b -> b, "NAME_TAKEN queue_schema ai._vectorizer_q_failed_1")
                        .on("create table ai._vectorizer_q_failed_1 (a int)"),
                refused("function", b -> b, "NAME_TAKEN source ai._vectorizer_src_trg_1")
                        .on("create function ai._vectorizer_src_trg_1() returns int language sql as 'select 1'"),
                refused("trigger", b -> b, "NAME_TAKEN source public._vectorizer_src_trg_1_truncate")
                        .on(
                                "create function public.f() returns trigger language plpgsql as 'begin return null; end'",
                                "create trigger _vectorizer_src_trg_1_truncate after truncate on public.blog"
                                        + " execute function public.f()"),
                refused(
                        "queue as store",
                        b -> b.queueSchema("public").queueTable("blog_embeddings_store"),
                        "NAME_TAKEN queue_table public.blog_embeddings_store"));
    }

    private static Stream<ProblemCase> destinations() {
        String other =
                "select ai.create_vectorizer('public.blog', name => 'other', loading => ai.loading_column('title'),"
                        + " embedding => ai.embedding_openai('m', 768), destination => ai.destination_column('e'),"
                        + " chunking => ai.chunking_none())";
        return Stream.of(
                refused(
                        "target schema",
                        b -> b.destination(Destination.table("blog_embeddings").withTargetSchema("Nope")),
                        "SCHEMA_MISSING destination.target_schema Nope"),
                refused("queue schema", b -> b.queueSchema("nope"), "SCHEMA_MISSING queue_schema nope"),
                accepted(
                        "view schema",
                        b -> b.destination(Destination.table("blog_embeddings").withViewSchema("nope")),
                        "VIEW_SCHEMA_IGNORED destination.view_schema nope"),
                accepted(
                        "column of text",
                        b -> toColumn(b, "title"),
                        "DESTINATION_COLUMN_TYPE destination.embedding_column text"),
                accepted(
                                "column of other dimensions",
                                b -> toColumn(b, "e"),
                                "DESTINATION_COLUMN_TYPE destination.embedding_column vector(3)")
                        .on("alter table public.blog add e vector(3)"),
                accepted(
                                "column that is generated",
                                b -> toColumn(b, "e"),
                                "DESTINATION_COLUMN_TYPE destination.embedding_column real[]")
                        .on("alter table public.blog add e real[] generated always as (array[id::real]) stored"),
                accepted(
                                "column of another",
                                b -> toColumn(b, "e"),
                                "DESTINATION_COLUMN_SHARED destination.embedding_column e")
                        .on(other));
    }

    private static Stream<ProblemCase> states() {
        return Stream.of(
                accepted("row-level security", b -> b, "ROW_SECURITY_BYPASSED source public.blog")
                        .on("alter table public.blog enable row level security"),
                refused("id of another", b -> b, "ID_TAKEN null 1")
                        .on(
                                "create table public.other (id int primary key, content text)",
                                "select ai.create_vectorizer('public.other', loading => ai.loading_column('content'),"
                                        + " embedding => ai.embedding_openai('m', 3))",
                                "select setval('ai.vectorizer_id_seq', 1, false)"),
                refused("no vectors", b -> b, "VECTOR_MISSING null ").on("drop extension vector cascade"));
    }

    private static Stream<ProblemCase> schedules() {
        return Stream.of(
                refused("index by a setting", b -> b, "INDEXING_WITHOUT_SCHEDULING scheduling none")
                        .on(SET.formatted("ai.indexing_default = ''indexing_hnsw''")),
                refused(
                        "schedule",
                        b -> b.scheduling(Scheduling.timescaledb()),
                        "SCHEDULING_EXTENSION_MISSING scheduling ai",
                        "SCHEDULING_EXTENSION_MISSING scheduling timescaledb"),
                refused(
                                "schedule by a setting",
                                b -> b,
                                "SCHEDULING_EXTENSION_MISSING scheduling ai",
                                "SCHEDULING_EXTENSION_MISSING scheduling timescaledb")
                        .on(SET.formatted("ai.scheduling_default = ''scheduling_timescaledb''")),
                refused(
                        "diskann",
                        b -> b.scheduling(Scheduling.timescaledb()).indexing(Indexing.diskann()),
                        "SCHEDULING_EXTENSION_MISSING scheduling ai",
                        "SCHEDULING_EXTENSION_MISSING scheduling timescaledb",
                        "INDEXING_EXTENSION_MISSING indexing vectorscale"));
    }

    private static Stream<ProblemCase> others() {
        return Stream.of(
                refused(
                        "embedding of a newer catalog",
                        b -> b.embedding(new Embedding.Unknown(
                                Map.of("config_type", "embedding", "implementation", "newer", "dimensions", 3))),
                        "OPTION_UNKNOWN embedding.implementation newer"),
                accepted(
                        "concurrency",
                        b -> b.processing(Processing.byDefault().withConcurrency(11)),
                        "WORKER_LIMIT processing.concurrency 11"),
                accepted(
                        "docling",
                        b -> b.loading(Loading.uri("content")).parsing(Parsing.docling()),
                        "WORKER_LIMIT parsing.implementation docling"),
                accepted(
                        "ada",
                        b -> b.embedding(Embedding.openai("text-embedding-ada-002", 768)),
                        "WORKER_LIMIT embedding.dimensions 768"),
                accepted("no role", b -> b.grantTo("public", "no_such_role"), "GRANTEE_MISSING grant_to no_such_role"),
                accepted("no role of the setting", b -> b, "GRANTEE_MISSING grant_to no_such_role")
                        .on(SET.formatted("ai.grant_to_default = ''public, no_such_role''")),
                // Every server has the role pg_monitor, and the catalog finds it in upper case.
                refused(
                        "role in upper case",
                        b -> b.grantTo("PG_MONITOR"),
                        "GRANTEE_NEEDS_QUOTES grant_to PG_MONITOR"));
    }

    private static RelationName table(String name) {
        return RelationName.of("public", name);
    }

    private static VectorizerDefinition.Builder toColumn(VectorizerDefinition.Builder builder, String column) {
        return builder.destination(Destination.column(column)).chunking(Chunking.none());
    }

    private static ProblemCase refused(
            String name, UnaryOperator<VectorizerDefinition.Builder> change, String... expected) {
        return new ProblemCase(name, List.of(), change.apply(Blog.definition()).build(), List.of(expected), true);
    }

    private static ProblemCase accepted(
            String name, UnaryOperator<VectorizerDefinition.Builder> change, String... expected) {
        return new ProblemCase(name, List.of(), change.apply(Blog.definition()).build(), List.of(expected), false);
    }

    private ProblemCase on(String... statements) {
        return new ProblemCase(name, List.of(statements), definition, expected, refusedByTheCatalog);
    }

    @Override
    public String toString() {
        return name;
    }
}
