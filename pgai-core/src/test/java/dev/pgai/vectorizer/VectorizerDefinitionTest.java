package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorizerDefinitionTest {

    @Test
    void equal_by_value() {
        VectorizerDefinition one = CatalogSignatureTest.withEverything();
        VectorizerDefinition other = CatalogSignatureTest.withEverything();

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo("one");
        assertThat(one.toBuilder().build()).isEqualTo(one).isNotSameAs(one);
    }

    /** Each changes one value of {@link CatalogSignatureTest#withEverything()}. */
    static Stream<UnaryOperator<VectorizerDefinition.Builder>> every_value_counts() {
        return Stream.of(
                builder -> builder.source(RelationName.of("app", "other")),
                builder -> builder.name("w"),
                builder -> builder.destination(SampleOptions.TABLE.withViewName("w")),
                builder -> builder.loading(SampleOptions.URI.withRetries(9)),
                builder -> builder.parsing(Parsing.docling()),
                builder -> builder.embedding(SampleOptions.OPENAI.withChatUser("team-b")),
                builder -> builder.chunking(Chunking.characterTextSplitter()),
                builder -> builder.indexing(Indexing.none()),
                builder -> builder.formatting(Formatting.pythonTemplate("$chunk")),
                builder -> builder.scheduling(SampleOptions.TIMESCALEDB.withFixedSchedule(false)),
                builder -> builder.processing(Processing.byDefault().withBatchSize(1)),
                builder -> builder.queueSchema("r"),
                builder -> builder.queueTable("r"),
                builder -> builder.grantTo("lab_bob"));
    }

    @ParameterizedTest
    @MethodSource
    void every_value_counts(UnaryOperator<VectorizerDefinition.Builder> change) {
        VectorizerDefinition original = CatalogSignatureTest.withEverything();
        VectorizerDefinition changed = change.apply(original.toBuilder()).build();

        assertThat(changed).isNotEqualTo(original);
        assertThat(changed.toString()).isNotEqualTo(original.toString());
        assertThat(original).isEqualTo(CatalogSignatureTest.withEverything());
        assertThat(every_value_counts()).hasSize(VectorizerDefinition.class.getDeclaredFields().length);
    }

    @Test
    void reads_like_its_json() {
        assertThat(minimal().build())
                .hasToString("VectorizerDefinition{\"source\":{\"schema\":\"public\",\"table\":\"blog\"},"
                        + "\"loading\":{\"implementation\":\"column\",\"column_name\":\"content\"},"
                        + "\"embedding\":{\"implementation\":\"openai\",\"model\":\"m\",\"dimensions\":768}}");
        assertThat(RelationName.of("public", "Blog Post")).hasToString("public.Blog Post");
    }

    @Test
    void what_was_not_set_is_null() {
        VectorizerDefinition definition = minimal().build();

        assertThat(definition.options()).containsExactly(definition.loading(), definition.embedding());
        assertThat(Stream.of(
                        definition.name(),
                        definition.destination(),
                        definition.parsing(),
                        definition.chunking(),
                        definition.indexing(),
                        definition.formatting(),
                        definition.scheduling(),
                        definition.processing(),
                        definition.queueSchema(),
                        definition.queueTable(),
                        definition.grantTo()))
                .containsOnlyNulls();
    }

    @Test
    void later_changes_of_the_callers_collections_do_not_show() {
        List<String> roles = new ArrayList<>(List.of("lab_bob"));
        List<String> separators = new ArrayList<>(List.of("."));
        List<Object> stop = new ArrayList<>(List.of("x"));
        Map<String, Object> nested = new HashMap<>(Map.of("stop", stop));
        Map<String, Object> options = new HashMap<>(Map.of("nested", nested));
        VectorizerDefinition.Builder builder = minimal()
                .embedding(Embedding.ollama("m", 768).withOptions(options))
                .chunking(Chunking.recursiveCharacterTextSplitter().withSeparators(separators))
                .grantTo(roles);
        VectorizerDefinition definition = builder.build();
        String before = definition.toString();

        roles.add("lab_alice");
        separators.clear();
        stop.add("y");
        nested.clear();
        options.put("more", 1);
        builder.name("later");

        assertThat(definition).hasToString(before);
    }

    @Test
    void nothing_can_be_changed_from_outside() {
        Embedding.Ollama embedding =
                Embedding.ollama("m", 768).withOptions(Map.of("nested", Map.of("stop", List.of("x"))));
        VectorizerDefinition definition =
                minimal().embedding(embedding).grantTo("lab_bob").build();
        UnknownOption unknown =
                new Parsing.Unknown(Map.of("config_type", "parsing", "implementation", "x", "y", List.of()));

        unmodifiable(definition.options());
        unmodifiable(definition.grantTo());
        unmodifiable(embedding.options());
        unmodifiable(unknown.config());
        unmodifiable(unknown.arguments());
        unmodifiable(Formatting.pythonTemplate("$a $chunk").placeholders());
        SampleOptions.all().forEach(option -> unmodifiable(option.arguments()));
    }

    @Test
    void withers_change_one_argument_and_leave_the_original() {
        Embedding.OpenAi original = Embedding.openai("m", 768);

        assertThat(original.withApiKeyName("K").withBaseUrl("U").withChatUser("C"))
                .isEqualTo(new Embedding.OpenAi("m", 768, "C", "K", "U"));
        assertThat(original).isEqualTo(new Embedding.OpenAi("m", 768, null, null, null));
        assertThat(Indexing.diskann().withNumNeighbors(1).withSearchListSize(2).withNumDimensions(3))
                .isEqualTo(new Indexing.DiskAnn(null, null, 1, 2, null, 3, null, null));
    }

    @Test
    void equal_json_options_are_equal_whatever_their_java_types() {
        Map<String, Object> ofInts = Map.of("a", 1, "b", 1.50, "c", List.of(100));
        Map<String, Object> ofOthers = new HashMap<>();
        ofOthers.put("c", Arrays.asList(1E2));
        ofOthers.put("b", new BigDecimal("1.5"));
        ofOthers.put("a", (short) 1);

        assertThat(Embedding.ollama("m", 1).withOptions(ofInts))
                .isEqualTo(Embedding.ollama("m", 1).withOptions(ofOthers))
                .hasSameHashCodeAs(Embedding.ollama("m", 1).withOptions(ofOthers));
    }

    @Test
    void placeholders_are_those_of_python() {
        assertThat(Formatting.pythonTemplate("$$x $title ${author_2}s $_y $chunk $title {z} %s")
                        .placeholders())
                .containsExactly("title", "author_2", "_y", "chunk");
        assertThat(Formatting.pythonTemplate("$$$chunk").placeholders()).containsExactly("chunk");
        assertThat(Formatting.pythonTemplate().placeholders()).containsExactly("chunk");
    }

    /** With all that is inside. */
    private static void unmodifiable(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
            map.values().forEach(VectorizerDefinitionTest::unmodifiable);
        } else if (value instanceof Collection<?> collection) {
            assertThatThrownBy(collection::clear).isInstanceOf(UnsupportedOperationException.class);
            collection.forEach(VectorizerDefinitionTest::unmodifiable);
        }
    }

    private static VectorizerDefinition.Builder minimal() {
        return VectorizerDefinition.builder(
                RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 768));
    }
}
