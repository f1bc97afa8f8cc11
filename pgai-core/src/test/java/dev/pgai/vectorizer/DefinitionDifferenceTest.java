package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DefinitionDifferenceTest {

    private static final RelationName SOURCE = RelationName.of("public", "blog");

    /** A config as pgai 0.12.1 stores it for a definition that sets nothing but the destination. */
    private static final String STORED = """
            {"version": "0.12.1",
             "loading": {"retries": 6, "config_type": "loading", "column_name": "content", "implementation": "column"},
             "parsing": {"config_type": "parsing", "implementation": "auto"},
             "chunking": {"separators": ["\\n\\n", "\\n", ".", "?", "!", " ", ""], "chunk_size": 800,
                "config_type": "chunking", "chunk_overlap": 400,
                "implementation": "recursive_character_text_splitter", "is_separator_regex": false},
             "indexing": {"config_type": "indexing", "implementation": "none"},
             "embedding": {"model": "text-embedding-3-small", "dimensions": 768, "config_type": "embedding",
                "api_key_name": "OPENAI_API_KEY", "implementation": "openai"},
             "formatting": {"template": "$chunk", "config_type": "formatting", "implementation": "python_template"},
             "processing": {"config_type": "processing", "implementation": "default"},
             "scheduling": {"config_type": "scheduling", "implementation": "none"},
             "destination": {"view_name": "blog_embeddings", "config_type": "destination", "view_schema": "public",
                "target_table": "blog_embeddings_store", "target_schema": "public", "implementation": "table"}}
            """;

    private static VectorizerDefinition stored(String config) {
        return DefinitionForm.readStored(SOURCE, "v", null, null, JsonObject.of("config", config));
    }

    private static VectorizerDefinition.Builder wanted() {
        return VectorizerDefinition.builder(
                        SOURCE, Loading.column("content"), Embedding.openai("text-embedding-3-small", 768))
                .name("v");
    }

    private static List<DefinitionDifference> differences(VectorizerDefinition.Builder wanted) {
        return DefinitionDifference.between(wanted.build(), stored(STORED));
    }

    private static DefinitionDifference difference(String path, @Nullable Object wanted, @Nullable Object stored) {
        return new DefinitionDifference(path, wanted, stored);
    }

    @Test
    void what_is_not_set_is_not_compared() {
        assertThat(differences(wanted())).isEmpty();
        assertThat(DefinitionDifference.between(
                        wanted().build(),
                        stored(STORED.replace("$chunk", "$title $chunk")
                                .replace("\"processing\": {", "\"processing\": {\"batch_size\": 7, ")
                                .replace("800", "900"))))
                .isEmpty();
    }

    @Test
    void what_is_set_to_what_is_stored_does_not_differ() {
        assertThat(differences(wanted().destination(Destination.table("blog_embeddings"))
                        .loading(Loading.column("content").withRetries(6))
                        .parsing(Parsing.auto())
                        .embedding(
                                Embedding.openai("text-embedding-3-small", 768).withApiKeyName("OPENAI_API_KEY"))
                        .chunking(Chunking.recursiveCharacterTextSplitter())
                        .indexing(Indexing.none())
                        .formatting(Formatting.pythonTemplate("$chunk"))
                        .scheduling(Scheduling.none())
                        .processing(Processing.byDefault())
                        .queueSchema("ai")
                        .grantTo("public")))
                .isEmpty();
    }

    @Test
    void what_is_stored_reads_back_without_a_difference() {
        assertThat(DefinitionDifference.between(stored(STORED), stored(STORED))).isEmpty();
    }

    @Test
    void each_value_that_is_set_and_differs_is_shown() {
        assertThat(differences(VectorizerDefinition.builder(
                                RelationName.of("app", "post"),
                                Loading.column("body").withRetries(1),
                                Embedding.openai("text-embedding-3-large", 1536)
                                        .withChatUser("bob")
                                        .withBaseUrl("http://localhost"))
                        .name("w")
                        .chunking(Chunking.recursiveCharacterTextSplitter()
                                .withChunkSize(900)
                                .withSeparators(List.of("a")))
                        .processing(Processing.byDefault().withBatchSize(3))
                        .queueSchema("queues")
                        .queueTable("q")))
                .containsExactlyInAnyOrder(
                        difference("source.schema", "app", "public"),
                        difference("source.table", "post", "blog"),
                        difference("name", "w", "v"),
                        difference("loading.column_name", "body", "content"),
                        difference("loading.retries", 1L, 6L),
                        difference("embedding.model", "text-embedding-3-large", "text-embedding-3-small"),
                        difference("embedding.dimensions", 1536L, 768L),
                        difference("embedding.user", "bob", null),
                        difference("embedding.base_url", "http://localhost", null),
                        difference("chunking.chunk_size", 900L, 800L),
                        difference("chunking.separators", List.of("a"), List.of("\n\n", "\n", ".", "?", "!", " ", "")),
                        difference("processing.batch_size", 3L, null),
                        difference("queue_schema", "queues", "ai"),
                        difference("queue_table", "q", null));
    }

    @Test
    void another_implementation_is_one_difference() {
        assertThat(differences(wanted().chunking(Chunking.none())))
                .containsExactly(difference("chunking.implementation", "none", "recursive_character_text_splitter"));
        assertThat(differences(wanted().embedding(Embedding.ollama("nomic-embed-text", 768))))
                .containsExactly(difference("embedding.implementation", "ollama", "openai"));
    }

    @Test
    void an_option_that_the_catalog_does_not_hold_differs() {
        VectorizerDefinition old = stored(STORED.replaceFirst("(?m)^ \"parsing\": .*$", ""));
        assertThat(old.parsing()).isNull();

        assertThat(DefinitionDifference.between(wanted().parsing(Parsing.auto()).build(), old))
                .containsExactly(difference("parsing.implementation", "auto", null));
    }

    @Test
    void the_databases_own_default_matches_whatever_is_stored() {
        String indexed = STORED.replace(
                        "\"indexing\": {\"config_type\": \"indexing\", \"implementation\": \"none\"}",
                        "\"indexing\": {\"config_type\": \"indexing\", \"implementation\": \"hnsw\", \"min_rows\": 10}")
                .replace(
                        "\"scheduling\": {\"config_type\": \"scheduling\", \"implementation\": \"none\"}",
                        "\"scheduling\": {\"config_type\": \"scheduling\", \"implementation\": \"timescaledb\","
                                + " \"schedule_interval\": \"00:10:00\", \"job_id\": 1000}");
        VectorizerDefinition.Builder wanted =
                wanted().indexing(Indexing.byDefault()).scheduling(Scheduling.byDefault());

        assertThat(DefinitionDifference.between(wanted.build(), stored(indexed)))
                .isEmpty();
        assertThat(DefinitionDifference.between(
                        wanted.scheduling(Scheduling.timescaledb()
                                        .withScheduleInterval(Interval.of(Duration.ofMinutes(10))))
                                .indexing(Indexing.hnsw())
                                .build(),
                        stored(indexed)))
                .as("an interval in another style, and what is not set")
                .isEmpty();
        assertThat(DefinitionDifference.between(
                        wanted.scheduling(Scheduling.timescaledb()
                                        .withScheduleInterval(Interval.of(Duration.ofMinutes(5))))
                                .build(),
                        stored(indexed)))
                .containsExactly(difference("scheduling.schedule_interval", "PT5M", "PT10M"));
    }

    @Test
    void the_shorthand_of_a_table_destination_is_two_names() {
        assertThat(differences(wanted().destination(Destination.table("other"))))
                .containsExactlyInAnyOrder(
                        difference("destination.target_table", "other_store", "blog_embeddings_store"),
                        difference("destination.view_name", "other", "blog_embeddings"));
        assertThat(differences(wanted().destination(Destination.table("other")
                        .withTargetTable("blog_embeddings_store")
                        .withViewName("blog_embeddings"))))
                .isEmpty();
        assertThat(differences(wanted().destination(Destination.table().withViewSchema("ignored"))))
                .as("the catalog puts the view beside the source, whatever is asked")
                .isEmpty();
    }

    @Test
    void members_that_are_null_do_not_count() {
        Map<String, Object> options = new HashMap<>(Map.of("num_ctx", 1024));
        options.put("seed", null);
        String ollama = STORED.replaceFirst(
                "(?s)\"embedding\": \\{.*?\\}",
                "\"embedding\": {\"model\": \"m\", \"dimensions\": 3, \"config_type\": \"embedding\","
                        + " \"implementation\": \"ollama\", \"options\": {\"num_ctx\": 1024.0}}");

        assertThat(DefinitionDifference.between(
                        wanted().embedding(Embedding.ollama("m", 3).withOptions(options))
                                .build(),
                        stored(ollama)))
                .isEmpty();
    }

    @Test
    void an_option_written_by_hand_equals_the_known_one() {
        Map<String, Object> openai = Map.of(
                "config_type", "embedding",
                "implementation", "openai",
                "model", "text-embedding-3-small",
                "dimensions", 768,
                "user", "bob");
        String withUser = STORED.replace("\"model\"", "\"user\": \"bob\", \"model\"");

        assertThat(DefinitionDifference.between(
                        wanted().embedding(new Embedding.Unknown(openai)).build(), stored(withUser)))
                .isEmpty();
        assertThat(differences(wanted().embedding(new Embedding.Unknown(openai))))
                .containsExactly(difference("embedding.user", "bob", null));
    }

    @Test
    void a_key_of_a_newer_catalog_does_not_hide_the_others() {
        String newer = STORED.replace("\"model\"", "\"new_key\": 1, \"model\"");
        assertThat(stored(newer).embedding()).isInstanceOf(UnknownOption.class);

        assertThat(DefinitionDifference.between(wanted().build(), stored(newer)))
                .isEmpty();
        assertThat(DefinitionDifference.between(
                        wanted().embedding(Embedding.openai("text-embedding-3-small", 3))
                                .build(),
                        stored(newer)))
                .containsExactly(difference("embedding.dimensions", 3L, 768L));
    }

    @Test
    void reads_well() {
        assertThat(List.of(
                        difference("embedding.dimensions", 1536L, 768L).toString(),
                        difference("embedding.user", "b\"ob", null).toString(),
                        difference("chunking.separators", Arrays.asList("\n", "."), List.of())
                                .toString()))
                .containsExactly(
                        "embedding.dimensions: wanted 1536, stored 768",
                        "embedding.user: wanted \"b\\\"ob\", stored nothing",
                        "chunking.separators: wanted [\"\\n\",\".\"], stored []");
    }
}
