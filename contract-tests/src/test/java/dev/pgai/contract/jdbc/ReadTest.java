package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.database.CreatedVectorizer;
import dev.pgai.database.RefusedException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.UnknownOption;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadTest {

    private final VectorizerDefinition definition = Blog.definition().build();
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

    @Test
    void finds_by_name() {
        assertThat(pgai.find("v")).isEmpty();
        assertThat(pgai.exists("v")).isFalse();

        CreatedVectorizer created = pgai.create(definition);

        assertThat(created).hasToString("Created[id=1, name=v, created=true]");
        assertThat(pgai.exists("v")).isTrue();
        assertThat(pgai.exists("V")).isFalse();
        assertThat(pgai.find("v")).get().extracting(StoredVectorizer::id).isEqualTo(created.id());
    }

    @Test
    void knows_all_that_is_stored() throws SQLException {
        pgai.create(definition);

        StoredVectorizer stored = pgai.find("v").orElseThrow();

        assertThat(stored.id()).isEqualTo(1);
        assertThat(stored.name()).isEqualTo("v");
        assertThat(stored.definition()).isEqualTo(definition.asStored());
        assertThat(stored.config()).isEqualTo(blog.query("select config::text from ai.vectorizer"));
        assertThat(stored.enabled()).isTrue();
        assertThat(stored.catalogVersion()).isEqualTo(blog.query("select config->>'version' from ai.vectorizer"));
        assertThat(stored.queue()).isEqualTo(RelationName.of("ai", "_vectorizer_q_1"));
        assertThat(stored.failedQueue()).isEqualTo(RelationName.of("ai", "_vectorizer_q_failed_1"));
        assertThat(stored.triggerName()).isEqualTo("_vectorizer_src_trg_1");
        assertThat(stored.primaryKey()).containsExactly("id");
        assertThat(stored)
                .asString()
                .startsWith("vectorizer v (id 1) on public.blog, enabled, pgai ")
                .contains("ai._vectorizer_q_1")
                .endsWith(stored.definition().toString());
    }

    /** In the key's order, which is not the table's. */
    @Test
    void the_primary_key_may_have_several_columns() throws SQLException {
        blog.execute("create table public.doc (no bigint, tenant int, body text, primary key (tenant, no))");
        pgai.create(VectorizerDefinition.builder(
                        RelationName.of("public", "doc"), Loading.column("body"), Embedding.openai("m", 3))
                .name("doc")
                .build());

        assertThat(pgai.find("doc").orElseThrow().primaryKey()).containsExactly("tenant", "no");
    }

    @Test
    void a_queue_that_was_named_is_part_of_the_definition() throws SQLException {
        blog.execute("create schema \"Queues\"");
        VectorizerDefinition named = definition.toBuilder()
                .queueSchema("Queues")
                .queueTable("q.\"1\"")
                .build();
        VectorizerDefinition schemaOnly = Blog.definition()
                .name("w")
                .destination(Destination.column("e"))
                .chunking(Chunking.none())
                .queueSchema("Queues")
                .build();
        pgai.create(named);
        pgai.create(schemaOnly);

        StoredVectorizer stored = pgai.find("v").orElseThrow();
        assertThat(stored.definition()).isEqualTo(named.asStored());
        assertThat(stored.queue()).isEqualTo(RelationName.of("Queues", "q.\"1\""));
        assertThat(stored.failedQueue()).isEqualTo(RelationName.of("Queues", "_vectorizer_q_failed_1"));
        assertThat(pgai.find("w").orElseThrow().definition()).isEqualTo(schemaOnly.asStored());
    }

    @Test
    void what_was_read_can_be_created_again() {
        pgai.create(definition);
        VectorizerDefinition stored = pgai.find("v").orElseThrow().definition();
        pgai.drop("v", Embeddings.DROP);

        assertThat(pgai.createIfAbsent(stored).created()).isTrue();
        assertThat(pgai.find("v").orElseThrow().definition()).isEqualTo(stored);
        assertThat(pgai.find("v").orElseThrow().differencesFrom(stored)).isEmpty();
    }

    @Test
    void lists_in_the_order_of_ids() {
        assertThat(pgai.list()).isEmpty();
        pgai.create(definition);
        pgai.create(Blog.definition()
                .name("a")
                .destination(Destination.column("e"))
                .chunking(Chunking.none())
                .build());

        assertThat(pgai.list()).extracting(StoredVectorizer::name).containsExactly("v", "a");
        assertThat(pgai.list())
                .containsExactly(pgai.find("v").orElseThrow(), pgai.find("a").orElseThrow());
    }

    @Test
    void what_a_newer_catalog_stores_is_kept() throws SQLException {
        pgai.create(definition);
        blog.execute("update ai.vectorizer set config = jsonb_set(config, '{embedding,new_key}', '1')"
                + " || '{\"new_part\": {\"x\": null}}'");

        StoredVectorizer stored = pgai.find("v").orElseThrow();

        assertThat(stored.definition().embedding())
                .isInstanceOfSatisfying(
                        UnknownOption.class,
                        unknown -> assertThat(unknown.config())
                                .containsEntry("model", "text-embedding-3-small")
                                .containsEntry("new_key", 1L));
        assertThat(stored.config()).contains("\"new_part\": {\"x\": null}");
        assertThat(pgai.createIfAbsent(definition).created()).isFalse();
    }

    @Test
    void a_config_that_nobody_understands_is_named_and_can_be_dropped() throws SQLException {
        pgai.create(definition);
        blog.execute("update ai.vectorizer set config = config - 'loading'");

        pgai.create(Blog.definition()
                .name("a")
                .destination(Destination.column("e"))
                .chunking(Chunking.none())
                .build());

        assertThat(pgai.list()).extracting(StoredVectorizer::name).containsExactly("v", "a");
        StoredVectorizer odd = pgai.find("v").orElseThrow();
        assertThat(odd.unreadable()).get().asString().contains("config.loading is not set");
        assertThat(odd)
                .asString()
                .contains("vectorizer v (id 1) on public.blog")
                .contains("not readable");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(odd::definition)
                .withMessageContaining("vectorizer v (id 1)")
                .withMessageContaining("loading")
                .withMessageContaining("can be dropped");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> pgai.createIfAbsent(definition))
                .withMessageContaining("vectorizer v (id 1)");
        assertThat(pgai.find("a").orElseThrow().unreadable()).isEmpty();
        pgai.drop("a", Embeddings.KEEP);
        blog.execute("alter table public.blog drop column e");
        assertThat(pgai.exists("v")).as("a vectorizer that no worker can read").isFalse();
        pgai.drop("v", Embeddings.DROP);
        assertThat(blog.traces()).isEqualTo("0 0 0");
    }

    @Test
    void shows_what_differs_from_a_definition() {
        pgai.create(definition);

        assertThat(pgai.find("v")
                        .orElseThrow()
                        .differencesFrom(definition.toBuilder()
                                .loading(Loading.column("title"))
                                .build()))
                .extracting(Object::toString)
                .containsExactly("loading.column_name: wanted \"title\", stored \"content\"");
    }

    @Test
    void the_options_of_an_unknown_implementation_are_rendered_as_they_are() throws SQLException {
        Embedding openai = new Embedding.Unknown(Map.of(
                "config_type", "embedding", "implementation", "openai", "model", "it's \\ {d} ?", "dimensions", 3));

        pgai.create(definition.toBuilder().embedding(openai).build());

        assertThat(pgai.find("v").orElseThrow().definition().embedding())
                .isEqualTo(Embedding.openai("it's \\ {d} ?", 3));
    }
}
