package dev.pgai.contract.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.CatalogTooOldException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObject.Reason;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.sql.SqlText;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class StoredManagedObjectsTest {

    private TestDatabase database = TestDatabases.standard().create();
    private Connection connection;

    StoredManagedObjectsTest() throws SQLException {
        connection = database.connection();
    }

    @BeforeEach
    void source() throws SQLException {
        run("create table public.blog (id int primary key, content text)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    private static VectorizerDefinition.Builder definition(RelationName source) {
        return VectorizerDefinition.builder(source, Loading.column("content"), Embedding.openai("m", 3))
                .name("v");
    }

    private static VectorizerDefinition.Builder blog() {
        return definition(RelationName.of("public", "blog"));
    }

    private static VectorizerDefinition.Builder blogColumn() {
        return blog().destination(Destination.column("emb")).chunking(Chunking.none());
    }

    private void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void create(VectorizerDefinition.Builder definition) throws SQLException {
        run(VectorizerChange.create(definition.build()).sql().get(0));
    }

    private ManagedObjects read(VectorizerDefinition... declared) {
        return Pgai.on(connection).managedObjects(List.of(declared));
    }

    private List<String> outsideOfTheCatalog() {
        return DatabaseObjects.of(read()).where(object -> !object.isIn("ai")).found().stream()
                .map(DatabaseObjects.Found::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Blog",
                "blog.post",
                "a\"b",
                "bl'og",
                "blög",
                "日本語",
                "a b",
                "x\ny",
                "😀",
                "%I",
                "\\x41",
                "$q$",
                "select",
                "a,b:c#d",
                "tttttttttttttttttttttttttttttttttttttttttttttt",
                "ääääääääääääääääääääää"
            })
    void knows_names_that_need_quotes(String name) throws SQLException {
        RelationName source = RelationName.of(name, name);
        String queue = "q " + name;
        run(
                "create schema " + SqlText.identifier(name),
                "create schema " + SqlText.identifier(queue),
                "create table " + SqlText.relation(source) + " (id int primary key, content text)",
                "create table public." + SqlText.identifier(name + "_embedding_store")
                        + " (embedding_uuid uuid primary key)");
        DatabaseObjects before = DatabaseObjects.take(connection);
        VectorizerDefinition definition =
                definition(source).queueSchema(queue).queueTable(name).build();
        run(VectorizerChange.create(definition).sql().get(0));

        ManagedObjects managed = read();

        DatabaseObjects now = DatabaseObjects.take(connection);
        DatabaseObjects appeared = now.without(before);
        assertThat(appeared.found()).hasSizeGreaterThan(30);
        assertThat(DatabaseObjects.of(managed)
                        .where(object -> !object.isIn("ai"))
                        .found())
                .containsExactlyElementsOf(appeared.found());
        assertThat(now.containedIn(managed).where(object -> !object.isIn("ai")).found())
                .containsExactlyElementsOf(appeared.found());
        assertThat(managed.list())
                .containsAll(ManagedObjects.declared(List.of(definition)).list());
    }

    @Test
    void says_whose_an_object_is_and_why() throws SQLException {
        run("create schema q");
        create(blog().queueSchema("q"));
        create(blogColumn().name("w"));
        assertThat(read().list())
                .contains(
                        new ManagedObject(Kind.SCHEMA, "ai", "ai", null, null, Reason.CATALOG),
                        new ManagedObject(Kind.TABLE, "ai", "vectorizer", null, null, Reason.CATALOG),
                        new ManagedObject(Kind.SEQUENCE, "ai", "vectorizer_id_seq", null, null, Reason.CATALOG),
                        new ManagedObject(Kind.FUNCTION, "ai", "create_vectorizer", null, null, Reason.CATALOG),
                        new ManagedObject(Kind.TABLE, "public", "blog_embedding_store", null, "v", Reason.STORE),
                        new ManagedObject(Kind.COLUMN, "public", "id", "blog_embedding_store", "v", Reason.STORE),
                        new ManagedObject(Kind.VIEW, "public", "blog_embedding", null, "v", Reason.VIEW),
                        new ManagedObject(Kind.TABLE, "q", "_vectorizer_q_1", null, "v", Reason.QUEUE),
                        new ManagedObject(
                                Kind.INDEX, "q", "_vectorizer_q_1_id_idx", "_vectorizer_q_1", "v", Reason.QUEUE),
                        new ManagedObject(Kind.TABLE, "q", "_vectorizer_q_failed_1", null, "v", Reason.FAILED_QUEUE),
                        new ManagedObject(
                                Kind.FUNCTION, "q", "_vectorizer_src_trg_1", null, "v", Reason.TRIGGER_FUNCTION),
                        new ManagedObject(
                                Kind.TRIGGER, "public", "_vectorizer_src_trg_1", "blog", "v", Reason.SOURCE_TRIGGER),
                        new ManagedObject(
                                Kind.TRIGGER,
                                "public",
                                "_vectorizer_src_trg_1_truncate",
                                "blog",
                                "v",
                                Reason.SOURCE_TRIGGER),
                        new ManagedObject(Kind.COLUMN, "public", "emb", "blog", "w", Reason.EMBEDDING_COLUMN),
                        new ManagedObject(Kind.TABLE, "ai", "_vectorizer_q_2", null, "w", Reason.QUEUE));
    }

    /** They were paid for, and no definition names them. */
    @Test
    void takes_embeddings_that_a_drop_kept() throws SQLException {
        run("create schema app");
        create(blog().destination(Destination.table()
                .withTargetSchema("app")
                .withTargetTable("kept")
                .withViewName("shown")));
        run(
                "create view public.mine as select embedding_uuid, chunk_seq, chunk, embedding from app.kept",
                "create index later on app.kept (chunk)");

        Pgai.on(connection).drop("v", Embeddings.KEEP);

        assertThat(read().list())
                .filteredOn(object -> object.reason() == Reason.KEPT)
                .contains(
                        new ManagedObject(Kind.TABLE, "app", "kept", null, null, Reason.KEPT),
                        new ManagedObject(Kind.COLUMN, "app", "id", "kept", null, Reason.KEPT),
                        new ManagedObject(Kind.INDEX, "app", "later", "kept", null, Reason.KEPT),
                        new ManagedObject(Kind.VIEW, "public", "shown", null, null, Reason.KEPT))
                .noneMatch(object -> object.name().equals("mine"));
    }

    @Test
    void takes_what_is_left_of_a_vectorizer_whose_row_is_gone() throws SQLException {
        run("create schema q");
        create(blog().queueSchema("q"));
        run("delete from ai.vectorizer");

        assertThat(read().list())
                .contains(
                        new ManagedObject(Kind.TABLE, "public", "blog_embedding_store", null, null, Reason.KEPT),
                        new ManagedObject(Kind.VIEW, "public", "blog_embedding", null, null, Reason.KEPT),
                        new ManagedObject(Kind.TABLE, "q", "_vectorizer_q_1", null, null, Reason.KEPT),
                        new ManagedObject(Kind.TABLE, "q", "_vectorizer_q_failed_1", null, null, Reason.KEPT),
                        new ManagedObject(Kind.FUNCTION, "q", "_vectorizer_src_trg_1", null, null, Reason.KEPT),
                        new ManagedObject(Kind.TRIGGER, "public", "_vectorizer_src_trg_1", "blog", null, Reason.KEPT));
    }

    /** Each lacks one thing of what makes a store. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "embedding_uuid uuid primary key, chunk_seq int, chunk text, embedding {vector}, id int, unique (id, chunk_seq)",
                "embedding_uuid uuid default gen_random_uuid(), chunk_seq int, chunk text, embedding {vector}, id int,"
                        + " unique (id, chunk_seq)",
                "embedding_uuid uuid default gen_random_uuid() primary key, chunk_seq bigint, chunk text, embedding {vector},"
                        + " id int, unique (id, chunk_seq)",
                "embedding_uuid uuid default gen_random_uuid() primary key, chunk_seq int, chunk text, embedding {vector},"
                        + " id int, unique (chunk_seq, id)",
                "embedding_uuid uuid default gen_random_uuid() primary key, chunk_seq int, chunk text, embedding real[],"
                        + " id int, unique (id, chunk_seq)",
                "embedding_uuid uuid default gen_random_uuid() primary key, chunk_seq int, chunks text, embedding {vector},"
                        + " id int, unique (id, chunk_seq)"
            })
    void leaves_a_table_to_the_user_that_is_not_quite_a_store(String columns) throws SQLException {
        create(blog());
        run("do $$ begin execute format('create table public.mine (" + columns.replace("{vector}", "%1$s")
                + ")', (select format('%I.vector', n.nspname) from pg_type t join pg_namespace n on n.oid = t.typnamespace"
                + " where t.typname = 'vector')); end $$");

        assertThat(read().containsRelation("public", "mine")).isFalse();
    }

    @Test
    void takes_what_came_later_on_a_store_and_nothing_of_the_users_elsewhere() throws SQLException {
        create(blog());
        run(
                "create index later on public.blog_embedding_store using hnsw (embedding vector_cosine_ops)",
                "alter table public.blog_embedding_store add column extra serial",
                "create schema app",
                "create table app.blog_embedding_store (embedding_uuid uuid primary key)",
                "create view app.blog_embedding as select 1 as chunk",
                "create index mine on public.blog (content)",
                "create function public._vectorizer_src_trg_1() returns trigger language plpgsql as $$ begin return new; end $$",
                "create trigger mine after insert on public.blog execute function public._vectorizer_src_trg_1()",
                "create trigger _vectorizer_src_trg_9 after insert on public.blog execute function public._vectorizer_src_trg_1()",
                "create trigger calls_pgais after insert on public.blog for each row execute function ai._vectorizer_src_trg_1()");
        assertThat(outsideOfTheCatalog())
                .contains(
                        "INDEX public blog_embedding_store later",
                        "COLUMN public blog_embedding_store extra",
                        "SEQUENCE public blog_embedding_store_extra_seq",
                        "TRIGGER public blog _vectorizer_src_trg_1")
                .noneMatch(
                        object -> object.contains("mine") || object.contains(" app ") || object.contains("calls_pgais"))
                .doesNotContain("FUNCTION public _vectorizer_src_trg_1", "TRIGGER public blog _vectorizer_src_trg_9");
    }

    @Test
    void takes_the_index_of_an_embedding_column_that_the_configuration_asks_for() throws SQLException {
        create(blogColumn());
        run(
                "create index made on public.blog using hnsw (emb vector_cosine_ops)",
                "create index other on public.blog (content)");
        assertThat(outsideOfTheCatalog())
                .containsExactly(
                        "COLUMN public blog emb",
                        "TRIGGER public blog _vectorizer_src_trg_1",
                        "TRIGGER public blog _vectorizer_src_trg_1_truncate");

        run("update ai.vectorizer set config = jsonb_set(config, '{indexing,implementation}', '\"hnsw\"')");
        assertThat(outsideOfTheCatalog()).contains("INDEX public blog made").doesNotContain("INDEX public blog other");
    }

    @Test
    void leaves_a_column_that_is_no_vector_to_the_user() throws SQLException {
        create(blogColumn().destination(Destination.column("content")));
        assertThat(outsideOfTheCatalog())
                .containsExactly(
                        "TRIGGER public blog _vectorizer_src_trg_1",
                        "TRIGGER public blog _vectorizer_src_trg_1_truncate");
    }

    @Test
    void follows_a_source_to_its_partitions() throws SQLException {
        run(
                "create schema app",
                "create table app.doc (id int primary key, content text) partition by range (id)",
                "create table app.doc_1 partition of app.doc for values from (0) to (100)");
        create(definition(RelationName.of("app", "doc"))
                .destination(Destination.column("emb"))
                .chunking(Chunking.none()));
        assertThat(outsideOfTheCatalog())
                .containsExactly(
                        "COLUMN app doc emb",
                        "COLUMN app doc_1 emb",
                        "TRIGGER app doc _vectorizer_src_trg_1",
                        "TRIGGER app doc _vectorizer_src_trg_1_truncate",
                        "TRIGGER app doc_1 _vectorizer_src_trg_1");
    }

    @Test
    void follows_a_source_that_was_renamed() throws SQLException {
        create(blogColumn());
        run("alter table public.blog rename to post", "create table public.blog (id int, emb int)");
        assertThat(outsideOfTheCatalog())
                .containsExactly(
                        "COLUMN public post emb",
                        "TRIGGER public post _vectorizer_src_trg_1",
                        "TRIGGER public post _vectorizer_src_trg_1_truncate");
    }

    @Test
    void keeps_what_is_left_when_the_source_is_gone() throws SQLException {
        create(blog());
        run("drop table public.blog cascade");
        assertThat(outsideOfTheCatalog())
                .contains(
                        "TABLE public blog_embedding_store",
                        "INDEX public blog_embedding_store blog_embedding_store_pkey")
                .noneMatch(object -> object.startsWith("VIEW") || object.startsWith("TRIGGER"));
        assertThat(read().contains(Kind.FUNCTION, "ai", "_vectorizer_src_trg_1"))
                .isTrue();
    }

    @Test
    void takes_no_table_for_a_view() throws SQLException {
        create(blog());
        run("drop view public.blog_embedding", "create table public.blog_embedding (id int)");
        assertThat(outsideOfTheCatalog())
                .noneMatch(object -> object.contains(" blog_embedding ") || object.endsWith(" blog_embedding"));
    }

    @Test
    void takes_the_current_schema_for_the_default() throws SQLException {
        create(blog());
        assertThat(read().contains(Kind.TABLE, null, "blog_embedding_store")).isTrue();
        run("create schema app", "set search_path = app, public");
        assertThat(read().defaultSchema()).isEqualTo("app");
        assertThat(read().contains(Kind.TABLE, null, "blog_embedding_store")).isFalse();
        run("set search_path = ''");
        assertThat(read().defaultSchema()).isEqualTo("public");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set search_path = evil",
                "set search_path = evil, pg_catalog",
                "set search_path = ''",
                "set standard_conforming_strings = off",
                "set array_nulls = off",
                "set bytea_output = escape"
            })
    void does_not_care_for_the_session(String setting) throws SQLException {
        create(blogColumn());
        create(blog().name("w"));
        List<ManagedObject> before = read().list();
        run(
                "create schema evil",
                "create type evil.name as enum ('no')",
                "create type evil.regclass as enum ('no')",
                "create table evil.pg_class (oid pg_catalog.oid)",
                "create table evil.pg_namespace (oid pg_catalog.oid)",
                "create function evil.ts_stat(pg_catalog.text) returns table (word pg_catalog.text) language sql as $$ select 'evil' $$",
                "create function evil.never(pg_catalog.name, pg_catalog.name) returns bool language sql as 'select false'",
                "create function evil.never(pg_catalog.oid, pg_catalog.oid) returns bool language sql as 'select false'",
                "create function evil.never(pg_catalog.\"char\", pg_catalog.\"char\") returns bool language sql as 'select false'",
                "create operator evil.= (leftarg = pg_catalog.name, rightarg = pg_catalog.name, function = evil.never)",
                "create operator evil.= (leftarg = pg_catalog.oid, rightarg = pg_catalog.oid, function = evil.never)",
                "create operator evil.= (leftarg = pg_catalog.\"char\", rightarg = pg_catalog.\"char\", function = evil.never)",
                setting);
        assertThat(read().list()).isEqualTo(before);
    }

    @Test
    void finds_nothing_where_pgai_is_not_installed() throws SQLException {
        run("drop schema ai cascade");
        assertThat(read().isEmpty()).isTrue();
        assertThat(read(blog().build()).isEmpty()).isTrue();

        run("create schema ai", "create table ai.vectorizer (id int, name text)");
        assertThat(read().isEmpty()).isTrue();
    }

    @Test
    void refuses_a_catalog_whose_vectorizers_have_no_names() throws SQLException {
        run("alter table ai.vectorizer rename column name to title");
        connection.setAutoCommit(false);
        assertThatThrownBy(this::read)
                .isInstanceOf(CatalogTooOldException.class)
                .hasMessageContaining("before 0.10.2");
        assertThatTransactionGoesOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "grant usage on schema ai to ", "grant select on ai.vectorizer to "})
    void falls_back_where_the_catalog_may_not_be_read(String grant) throws SQLException {
        String role = "pgai_test_stranger";
        run("do $$ begin create role " + role
                + "; exception when duplicate_object or unique_violation then null; end $$");
        create(blog());
        run("create table public.mine (id int)");
        if (!grant.isEmpty()) {
            run(grant + role);
        }
        connection.setAutoCommit(false);
        run("set local role " + role);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.pgai.jdbc");
        log.start();
        logger.addAppender(log);
        try {
            ManagedObjects managed = read(blog().build());
            assertThatTransactionGoesOn();

            assertThat(managed.contains(Kind.TABLE, "public", "blog_embedding_store"))
                    .isTrue();
            assertThat(managed.contains(Kind.TABLE, "ai", "_vectorizer_q_1")).isTrue();
            assertThat(managed.contains(Kind.TABLE, "public", "mine")).isFalse();
            assertThat(managed.list())
                    .contains(new ManagedObject(Kind.TABLE, "ai", "_vectorizer_q_1", null, null, Reason.CATALOG));
            assertThat(log.list).singleElement().satisfies(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.WARN);
                assertThat(event.getFormattedMessage())
                        .contains("may not read ai.vectorizer", "1 declared", database.name());
            });
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void leaves_the_callers_transaction_alone() throws SQLException {
        connection.setAutoCommit(false);
        create(blog());
        assertThat(read().contains(Kind.TABLE, "public", "blog_embedding_store"))
                .isTrue();
        connection.rollback();
        assertThat(read().contains(Kind.TABLE, "public", "blog_embedding_store"))
                .isFalse();
        assertThat(connection.getAutoCommit()).isFalse();
        connection.rollback();
        connection.setReadOnly(true);
        assertThat(read().contains(Kind.TABLE, "ai", "vectorizer")).isTrue();
    }

    private void assertThatTransactionGoesOn() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet one = statement.executeQuery("select 1")) {
            assertThat(one.next()).isTrue();
        }
    }
}
