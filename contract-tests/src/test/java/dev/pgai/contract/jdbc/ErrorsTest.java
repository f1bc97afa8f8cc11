package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.CatalogTooOldException;
import dev.pgai.database.DependentObjectsException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.PgaiNotInstalledException;
import dev.pgai.database.SourceNotFoundException;
import dev.pgai.database.VectorizerExistsException;
import dev.pgai.database.VectorizerNotFoundException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each error provoked for real. */
class ErrorsTest {

    private static final VectorizerDefinition DEFINITION = Blog.definition().build();

    private Blog blog;
    private Pgai pgai;

    @BeforeEach
    void createDatabase() throws SQLException {
        blog = new Blog();
        pgai = Pgai.on(blog.dataSource());
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        blog.close();
    }

    record Operation(String name, Consumer<Pgai> call) {

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Operation> OPERATIONS = List.of(
            new Operation("create", pgai -> pgai.create(DEFINITION)),
            new Operation("createIfAbsent", pgai -> pgai.createIfAbsent(DEFINITION)),
            new Operation("drop", pgai -> pgai.drop("v", Embeddings.KEEP)),
            new Operation("dropIfExists", pgai -> pgai.dropIfExists("v", Embeddings.DROP)),
            new Operation("exists", pgai -> pgai.exists("v")),
            new Operation("find", pgai -> pgai.find("v")),
            new Operation("list", Pgai::list),
            new Operation("enable", pgai -> pgai.enable("v")),
            new Operation("disable", pgai -> pgai.disable("v")),
            new Operation("setScheduling", pgai -> pgai.setScheduling("v", Scheduling.none(), Indexing.none())));

    private void inATransactionThatGoesOn(Operation operation, Consumer<Runnable> assertion) throws SQLException {
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);
            assertion.accept(() -> operation.call().accept(Pgai.on(connection)));
            assertThat(Blog.query(connection, "select 'still here'")).isEqualTo("still here");
        }
    }

    @ParameterizedTest
    @FieldSource("OPERATIONS")
    void says_that_pgai_is_not_installed(Operation operation) throws SQLException {
        blog.execute("drop schema ai cascade");

        inATransactionThatGoesOn(
                operation,
                run -> assertThatExceptionOfType(PgaiNotInstalledException.class)
                        .isThrownBy(run::run)
                        .withMessageContaining("\"" + blog.name() + "\"")
                        .withMessageContaining("pgai install")
                        .satisfies(e -> assertThat(e.database()).isEqualTo(blog.name())));
    }

    /** The extension ai is in a schema of this name in its newer versions, too, which have no vectorizers. */
    @Test
    void a_schema_ai_without_vectorizers_is_not_an_installation() throws SQLException {
        blog.execute("drop schema ai cascade", "create schema ai", "create table ai.vectorizer (id int)");

        assertThatExceptionOfType(PgaiNotInstalledException.class).isThrownBy(() -> pgai.list());
    }

    @ParameterizedTest
    @FieldSource("OPERATIONS")
    void says_that_the_catalog_is_too_old(Operation operation) throws SQLException {
        // The shape of 0.9: an argument chunk_column, a destination of text, no names.
        blog.execute(
                "drop schema ai cascade",
                "create schema ai",
                "create table ai.vectorizer (id int, source_schema name, source_table name, config jsonb)",
                "create function ai.create_vectorizer(source regclass, destination name default null,"
                        + " embedding jsonb default null, chunking jsonb default null) returns int"
                        + " language sql as 'select 1'",
                "create function ai.drop_vectorizer(vectorizer_id int, drop_all bool default false) returns void"
                        + " language sql as 'select'");

        inATransactionThatGoesOn(
                operation,
                run -> assertThatExceptionOfType(CatalogTooOldException.class)
                        .isThrownBy(run::run)
                        .withMessageContaining("\"" + blog.name() + "\"")
                        .withMessageContaining("unknown version")
                        .withMessageContaining("0.10.2")
                        .satisfies(e -> {
                            assertThat(e.database()).isEqualTo(blog.name());
                            assertThat(e.version()).isNull();
                        }));
    }

    @Test
    void names_the_version_of_the_catalog_that_is_too_old() throws SQLException {
        // 0.10.0 and 0.10.1 differ in the view only.
        blog.execute(
                "drop view ai.vectorizer_status",
                "create view ai.vectorizer_status as select id, source_table from ai.vectorizer",
                "update ai.pgai_lib_version set version = '0.10.1' where name = 'ai'");

        assertThatExceptionOfType(CatalogTooOldException.class)
                .isThrownBy(() -> pgai.create(DEFINITION))
                .withMessageContaining("0.10.1")
                .satisfies(e -> assertThat(e.version()).isEqualTo("0.10.1"));
    }

    @Test
    @SuppressWarnings("NullAway")
    void says_where_in_a_list_null_is() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> pgai.apply(Arrays.asList(VectorizerChange.disable("v"), null)))
                .satisfies(refused -> assertThat(refused.argument()).isEqualTo("changes[1]"));
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> pgai.managedObjects(Collections.singletonList(null)))
                .satisfies(refused -> assertThat(refused.argument()).isEqualTo("declared[0]"));
    }

    @Test
    void says_that_the_source_does_not_exist() throws SQLException {
        for (RelationName source : List.of(
                RelationName.of("public", "Blog"),
                RelationName.of("nope", "blog"),
                RelationName.of("pub\"lic", "x'y"))) {
            VectorizerDefinition definition =
                    DEFINITION.toBuilder().source(source).build();
            try (Connection connection = blog.connect()) {
                connection.setAutoCommit(false);
                for (Consumer<Pgai> create :
                        List.<Consumer<Pgai>>of(p -> p.create(definition), p -> p.createIfAbsent(definition))) {
                    assertThatExceptionOfType(SourceNotFoundException.class)
                            .isThrownBy(() -> create.accept(Pgai.on(connection)))
                            .withMessageContaining("\"v\"")
                            .withMessageContaining(source.toString())
                            .satisfies(e -> assertThat(e.source()).isEqualTo(source));
                }
                assertThat(Blog.query(connection, "select 'still here'")).isEqualTo("still here");
            }
        }
    }

    @Test
    void says_that_the_name_is_taken() {
        pgai.create(DEFINITION);

        assertThatExceptionOfType(VectorizerExistsException.class)
                .isThrownBy(() -> pgai.create(DEFINITION.toBuilder()
                        .destination(Destination.table("other"))
                        .build()))
                .withMessageContaining("vectorizer v (id 1)")
                .withMessageContaining("createIfAbsent")
                .satisfies(e -> assertThat(e.name()).isEqualTo("v"));
    }

    @Test
    void says_that_a_queue_of_the_name_is_there() throws SQLException {
        blog.execute("create table public.q (id int)");

        assertThatExceptionOfType(VectorizerExistsException.class)
                .isThrownBy(() -> pgai.create(DEFINITION.toBuilder()
                        .queueSchema("public")
                        .queueTable("q")
                        .build()))
                .withMessageContaining("There is a table public.q")
                .withMessageContaining("queue_table");
    }

    @Test
    void says_that_the_vectorizer_does_not_exist() {
        pgai.create(DEFINITION);
        Map<String, Consumer<Pgai>> operations = Map.of(
                "\"nope\"", p -> p.drop("nope", Embeddings.KEEP),
                "\"V\"", p -> p.enable("V"),
                "\"v'; --\"", p -> p.disable("v'; --"),
                "\"\"", p -> p.setScheduling("", Scheduling.none(), Indexing.none()));

        operations.forEach((key, operation) -> assertThatExceptionOfType(VectorizerNotFoundException.class)
                .isThrownBy(() -> operation.accept(pgai))
                .withMessageContaining(key)
                .withMessageContaining(blog.name())
                .satisfies(e -> assertThat(key).contains(e.name())));
        assertThat(pgai.exists("v")).isTrue();
    }

    /** PostgreSQL cuts names at 63 bytes, and would find another. */
    @Test
    void a_name_that_is_too_long_is_not_cut() {
        String name = "a".repeat(63);
        pgai.create(DEFINITION.toBuilder().name(name).build());

        assertThat(pgai.exists(name)).isTrue();
        assertThat(pgai.exists(name + "a")).isFalse();
        assertThatExceptionOfType(VectorizerNotFoundException.class)
                .isThrownBy(() -> pgai.drop(name + "a", Embeddings.DROP));
    }

    @Test
    void says_what_depends_on_what_would_be_dropped() throws SQLException {
        pgai.create(DEFINITION);
        blog.execute("create view public.mine as select chunk from public.blog_embeddings");
        String before = blog.traces();

        assertThatExceptionOfType(DependentObjectsException.class)
                .isThrownBy(() -> pgai.drop("v", Embeddings.DROP))
                .withMessageContaining("\"v\"")
                .withMessageContaining("view public.mine depends on view public.blog_embeddings")
                .withMessageContaining("Nothing was dropped")
                .withMessageContaining("keep the embeddings")
                .satisfies(e -> {
                    assertThat(e.name()).isEqualTo("v");
                    assertThat(e.sqlState()).isEqualTo("2BP01");
                    assertThat(e.sql())
                            .isEqualTo(VectorizerChange.drop("v", Embeddings.DROP)
                                    .sql()
                                    .get(0));
                });

        assertThat(blog.traces()).isEqualTo(before);
        pgai.drop("v", Embeddings.KEEP);
        assertThat(pgai.exists("v")).isFalse();
    }

    @Test
    void says_what_set_scheduling_needs() {
        pgai.create(DEFINITION);

        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> pgai.setScheduling("v", Scheduling.none(), Indexing.none()))
                .withMessageContaining("\"v\"")
                .withMessageContaining("TimescaleDB")
                .withMessageContaining("0.12")
                .satisfies(e -> {
                    assertThat(e.sqlState()).isEqualTo("42883");
                    assertThat(e.sql()).contains("perform ai.set_scheduling(");
                });
    }

    @Test
    void all_else_keeps_cause_and_sql() throws SQLException {
        blog.execute(
                "create function public.refuse() returns trigger language plpgsql as"
                        + " 'begin raise exception ''no''; end'",
                "create trigger refuse before insert on ai.vectorizer for each row execute function public.refuse()");

        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> pgai.create(DEFINITION))
                .withMessageStartingWith("Cannot create vectorizer \"v\" on public.blog")
                .isExactlyInstanceOf(PgaiDatabaseException.class)
                .satisfies(e -> {
                    assertThat(e.sqlState()).isEqualTo("P0001");
                    assertThat(e.sql())
                            .isEqualTo(VectorizerChange.create(DEFINITION).sql().get(0));
                    assertThat(e).hasCauseInstanceOf(SQLException.class);
                });
    }

    @Test
    void says_that_a_transaction_is_read_only() throws SQLException {
        try (Connection connection = blog.connect()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> Pgai.on(connection).createIfAbsent(DEFINITION))
                    .withMessageContaining("read-only: use another")
                    .satisfies(e -> assertThat(e.sqlState()).isEqualTo("25006"));
        }
    }

    @Test
    void a_column_destination_can_be_created_and_dropped() throws SQLException {
        pgai.create(DEFINITION.toBuilder()
                .destination(Destination.column("e"))
                .chunking(Chunking.none())
                .build());
        pgai.drop("v", Embeddings.DROP);

        assertThat(blog.traces()).isEqualTo("0 0 0");
    }
}
