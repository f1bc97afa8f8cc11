package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.VectorizerDiffersException;
import dev.pgai.database.VectorizerExistsException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.jdbc.PreferQueryMode;

class CreateIfAbsentTest {

    /** What a statement inside a literal inside a statement could go wrong with. */
    private static final String HOSTILE =
            "it's $chunk $$ $$a$$ ${title} \\ \\' \" ? ?? :x {d} {fn now()} %s ; -- /*\n\t\u2028 \uD83D\uDE00 E'";

    private final VectorizerDefinition definition = Blog.definition().build();
    private Blog blog;

    @BeforeEach
    void createDatabase() throws SQLException {
        blog = new Blog();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        blog.close();
    }

    record Mode(PreferQueryMode query, boolean autoCommit, boolean standardStrings) {}

    static final List<Mode> MODES = Stream.of(PreferQueryMode.values())
            .flatMap(query -> Stream.of(true, false)
                    .flatMap(autoCommit -> Stream.of(true, false).map(strings -> new Mode(query, autoCommit, strings))))
            .toList();

    @ParameterizedTest
    @FieldSource("MODES")
    void creates_once_in_every_mode(Mode mode) throws SQLException {
        VectorizerDefinition hostile =
                Blog.definition().formatting(Formatting.pythonTemplate(HOSTILE)).build();
        try (Connection connection = blog.dataSource(mode.query()).getConnection()) {
            Blog.execute(
                    connection,
                    "set standard_conforming_strings = " + mode.standardStrings(),
                    "set escape_string_warning = on");
            connection.setAutoCommit(mode.autoCommit());
            Pgai pgai = Pgai.on(connection);

            assertThat(pgai.createIfAbsent(hostile)).hasToString(created(1, "v", true));
            assertThat(connection.getAutoCommit()).isEqualTo(mode.autoCommit());
            assertThat(blog.traces()).isEqualTo(mode.autoCommit() ? "1 4 2" : "0 0 0");
            assertThat(pgai.createIfAbsent(hostile)).hasToString(created(1, "v", false));
            assertThat(pgai.find("v").orElseThrow().definition()).isEqualTo(hostile.asStored());

            if (!mode.autoCommit()) {
                connection.commit();
            }
            // The lock is not left behind in the session.
            assertThat(Blog.query(connection, "select count(*) from pg_locks where locktype = 'advisory'"))
                    .isEqualTo("0");
        }
        assertThat(blog.traces()).isEqualTo("1 4 2");
    }

    @Test
    void shows_each_difference_with_both_values() {
        Pgai pgai = Pgai.on(blog.dataSource());
        pgai.create(definition);
        VectorizerDefinition other = Blog.definition()
                .embedding(Embedding.openai("text-embedding-3-large", 1536))
                .chunking(Chunking.characterTextSplitter())
                .destination(Destination.table("other"))
                .queueSchema("public")
                .build();

        assertThatExceptionOfType(VectorizerDiffersException.class)
                .isThrownBy(() -> pgai.createIfAbsent(other))
                .withMessageContaining("\"v\"")
                .withMessageContaining("embedding.dimensions: wanted 1536, stored 768")
                .satisfies(e -> {
                    assertThat(e.name()).isEqualTo("v");
                    assertThat(e.sqlState()).isNull();
                    assertThat(e.differences())
                            .containsExactlyInAnyOrder(
                                    new DefinitionDifference(
                                            "destination.target_table", "other_store", "blog_embeddings_store"),
                                    new DefinitionDifference("destination.view_name", "other", "blog_embeddings"),
                                    new DefinitionDifference("embedding.dimensions", 1536L, 768L),
                                    new DefinitionDifference(
                                            "embedding.model", "text-embedding-3-large", "text-embedding-3-small"),
                                    new DefinitionDifference(
                                            "chunking.implementation",
                                            "character_text_splitter",
                                            "recursive_character_text_splitter"),
                                    new DefinitionDifference("queue_schema", "public", "ai"));
                });
    }

    @Test
    void what_the_definition_leaves_open_may_be_anything() throws SQLException {
        Pgai pgai = Pgai.on(blog.dataSource());
        pgai.create(definition.toBuilder()
                .chunking(Chunking.recursiveCharacterTextSplitter()
                        .withChunkSize(500)
                        .withChunkOverlap(10))
                .formatting(Formatting.pythonTemplate("$title: $chunk"))
                .queueTable("blog_queue")
                .build());

        assertThat(pgai.createIfAbsent(definition).created()).isFalse();
        assertThat(pgai.createIfAbsent(definition.toBuilder()
                                .chunking(Chunking.recursiveCharacterTextSplitter()
                                        .withChunkSize(500)
                                        .withChunkOverlap(10))
                                .indexing(Indexing.byDefault())
                                .scheduling(Scheduling.byDefault())
                                .queueSchema("ai")
                                .queueTable("blog_queue")
                                .grantTo("public")
                                .build())
                        .created())
                .isFalse();
    }

    @Test
    void the_queue_that_the_catalog_names_may_be_asked_for() {
        Pgai pgai = Pgai.on(blog.dataSource());
        pgai.create(definition);

        VectorizerDefinition named =
                definition.toBuilder().queueTable("_vectorizer_q_1").build();

        assertThat(pgai.createIfAbsent(named)).hasToString(created(1, "v", false));
    }

    @Test
    void a_name_that_the_catalog_makes_is_found_again() {
        Pgai pgai = Pgai.on(blog.dataSource());
        VectorizerDefinition nameless = VectorizerDefinition.builder(
                        Blog.SOURCE, definition.loading(), definition.embedding())
                .build();

        assertThat(pgai.createIfAbsent(nameless)).hasToString(created(1, "public_blog_embedding_store", true));
        assertThat(pgai.createIfAbsent(nameless)).hasToString(created(1, "public_blog_embedding_store", false));
    }

    @Test
    void a_left_over_store_is_in_the_way() {
        Pgai pgai = Pgai.on(blog.dataSource());
        pgai.create(definition);
        pgai.drop("v", Embeddings.KEEP);

        assertThatExceptionOfType(VectorizerExistsException.class)
                .isThrownBy(() -> pgai.createIfAbsent(definition))
                .withMessageContaining("a table public.blog_embeddings_store")
                .withMessageContaining("a view public.blog_embeddings")
                .satisfies(e -> assertThat(e.name()).isEqualTo("v"));
    }

    /** With either kind of destination, what is in the way has another SQLSTATE. */
    @ParameterizedTest
    @ValueSource(strings = {"table", "column"})
    void a_snapshot_from_before_does_not_see_what_others_created(String destination) throws SQLException {
        VectorizerDefinition wanted = destination.equals("table")
                ? definition
                : Blog.definition()
                        .destination(Destination.column("e"))
                        .chunking(Chunking.none())
                        .build();
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertThat(Pgai.on(connection).exists("v")).isFalse();
            Pgai.on(blog.dataSource()).createIfAbsent(wanted);

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> Pgai.on(connection).createIfAbsent(wanted))
                    .isInstanceOf(VectorizerExistsException.class)
                    .withMessageContaining("repeatable read")
                    .withMessageContaining("in a new one");

            connection.rollback();
            assertThat(Pgai.on(connection).createIfAbsent(wanted).created()).isFalse();
        }
    }

    private static String created(int id, String name, boolean created) {
        return "Created[id=" + id + ", name=" + name + ", created=" + created + "]";
    }
}
