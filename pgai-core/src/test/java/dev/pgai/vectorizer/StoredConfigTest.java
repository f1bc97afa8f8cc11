package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonText;
import dev.pgai.sql.VectorizerSql;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the functions of the catalog 0.12.1 return, and what this version makes of it and of newer ones. */
class StoredConfigTest {

    private static final RelationName BLOG = RelationName.of("public", "blog");

    /** Recorded; the recorded cases hold the others. */
    static Stream<Arguments> as_stored_fills_in_the_defaults() {
        return Stream.of(
                arguments(Indexing.hnsw(), """
                        {"opclass": "vector_cosine_ops", "min_rows": 100000, "config_type": "indexing",
                         "implementation": "hnsw", "create_when_queue_empty": true}"""),
                arguments(Indexing.diskann().withMaxAlpha(1.1).withStorageLayout(Indexing.StorageLayout.PLAIN), """
                        {"min_rows": 100000, "max_alpha": 1.1, "config_type": "indexing", "implementation": "diskann",
                         "storage_layout": "plain", "create_when_queue_empty": true}"""),
                arguments(Scheduling.timescaledb(), """
                        {"config_type": "scheduling", "implementation": "timescaledb", "schedule_interval": "00:05:00",
                         "job_id": 1001}"""),
                arguments(SampleOptions.TIMESCALEDB, """
                        {"timezone": "Europe/Berlin", "config_type": "scheduling",
                         "initial_start": "2026-01-31T13:00:00.000001+01:00", "fixed_schedule": true,
                         "implementation": "timescaledb", "schedule_interval": "+0-1 +2 +1:30:00"}"""));
    }

    @ParameterizedTest
    @MethodSource
    void as_stored_fills_in_the_defaults(Option option, String stored) {
        VectorizerDefinition.Builder builder = vectorizer().scheduling(Scheduling.byDefault());
        if (option instanceof Indexing indexing) {
            builder.indexing(indexing);
        } else {
            builder.scheduling((Scheduling) option);
        }

        assertThat(builder.build().asStored().options())
                .contains(read(option.configType(), stored).options().get(2));
    }

    @Test
    void as_stored_drops_null_members_at_every_depth_and_keeps_null_elements() {
        Map<String, Object> inner = new HashMap<>();
        inner.put("c", null);
        Map<String, Object> options = new HashMap<>();
        options.put("a", null);
        options.put("b", Arrays.asList(null, inner));
        options.put("d", 1.50);
        options.put("e", 1e3);
        Embedding embedding = Embedding.ollama("m", 1).withOptions(options);

        assertThat(vectorizer().embedding(embedding).build().asStored().embedding())
                .isEqualTo(read("embedding", """
                                {"model": "m", "options": {"b": [null, {}], "d": 1.50, "e": 1000}, "dimensions": 1,
                                 "config_type": "embedding", "implementation": "ollama"}""").embedding());
    }

    @Test
    void as_stored_is_stored_as_it_is() {
        VectorizerDefinition stored = CatalogSignatureTest.withEverything().asStored();

        assertThat(stored.asStored()).isEqualTo(stored);
        assertThat(stored.grantTo()).isNull();
        assertThat(stored.queueTable()).isEqualTo("doc_queue");
    }

    @Test
    void an_implementation_of_a_newer_catalog_survives() {
        survives(
                "embedding",
                "{\"config_type\":\"embedding\",\"dimensions\":3,\"implementation\":\"new_ai\",\"temperature\":0.10}");
        survives("destination", "{\"config_type\":\"destination\",\"implementation\":\"bucket\",\"url\":\"s3://x\"}");
    }

    @Test
    void a_key_of_a_newer_catalog_survives() {
        survives(
                "loading",
                "{\"column_name\":\"c\",\"config_type\":\"loading\",\"implementation\":\"column\",\"retries\":6,"
                        + "\"timeout\":[null,{\"s\":5}]}");
    }

    @Test
    void a_value_that_this_version_would_refuse_survives() {
        survives("processing", "{\"batch_size\":4096,\"config_type\":\"processing\",\"implementation\":\"default\"}");
        survives(
                "indexing", "{\"config_type\":\"indexing\",\"implementation\":\"hnsw\",\"opclass\":\"vector_l2_ops\"}");
    }

    /** Read, written as JSON, read again, rendered: the same config all the way. */
    private static void survives(String configType, String config) {
        VectorizerDefinition stored = read(configType, config);
        UnknownOption option = (UnknownOption) stored.options().stream()
                .filter(UnknownOption.class::isInstance)
                .findFirst()
                .orElseThrow();

        assertThat(option.configType()).isEqualTo(configType);
        assertThat(JsonText.write(option.config())).isEqualTo(config.replace("0.10", "0.1"));
        assertThat(option.arguments()).doesNotContainKeys("config_type", "implementation");
        assertThat(VectorizerJson.read(VectorizerJson.write(stored))).isEqualTo(stored);
        assertThat(VectorizerSql.create(stored, null))
                .contains(configType + " => '" + JsonText.write(option.config()) + "'::pg_catalog.jsonb");
        assertThat(stored.asStored().options()).contains(option);
    }

    private static VectorizerDefinition read(String configType, String config) {
        String required = configType.equals("loading")
                ? ""
                : ", \"loading\": {\"implementation\": \"column\", \"config_type\": \"loading\", \"column_name\": \"c\"}";
        required += configType.equals("embedding")
                ? ""
                : ", \"embedding\": {\"implementation\": \"openai\", \"config_type\": \"embedding\", \"model\": \"m\","
                        + " \"dimensions\": 1, \"user\": \"u\"}";
        return DefinitionForm.readStored(
                BLOG,
                "v",
                null,
                null,
                JsonObject.of(
                        "config", "{\"version\": \"0.12.1\", \"" + configType + "\": " + config + required + "}"));
    }

    private static VectorizerDefinition.Builder vectorizer() {
        return VectorizerDefinition.builder(BLOG, Loading.column("c"), Embedding.openai("m", 1));
    }
}
