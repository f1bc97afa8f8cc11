package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.argument.Identifiers;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogNamesTest {

    @ParameterizedTest
    @MethodSource
    void cuts_whole_characters_at_63_bytes(String name, String kept) {
        assertThat(Identifiers.cut(name)).isEqualTo(kept);
    }

    static Stream<Arguments> cuts_whole_characters_at_63_bytes() {
        return Stream.of(
                arguments("", ""),
                arguments("a".repeat(63), "a".repeat(63)),
                arguments("a".repeat(64), "a".repeat(63)),
                arguments("ü".repeat(31) + "a", "ü".repeat(31) + "a"),
                arguments("ü".repeat(32), "ü".repeat(31)),
                arguments("a".repeat(62) + "üa", "a".repeat(62)),
                arguments("€".repeat(21), "€".repeat(21)),
                arguments("a".repeat(61) + "€", "a".repeat(61)),
                arguments("😀".repeat(16), "😀".repeat(15)),
                arguments("a".repeat(60) + "😀", "a".repeat(60)),
                arguments("e\u0301".repeat(30), "e\u0301".repeat(21)));
    }

    @Test
    void of_the_source() {
        CatalogNames names = CatalogNames.of(vectorizer("public", "blog").build());

        assertThat(names.vectorizer()).isEqualTo("public_blog_embedding_store");
        assertThat(names.store()).isEqualTo(RelationName.of("public", "blog_embedding_store"));
        assertThat(names.view()).isEqualTo(RelationName.of("public", "blog_embedding"));
        assertThat(names.queue(7)).isEqualTo(RelationName.of("ai", "_vectorizer_q_7"));
        assertThat(names.failedQueue(7)).isEqualTo(RelationName.of("ai", "_vectorizer_q_failed_7"));
        assertThat(names.triggerFunction(7)).isEqualTo(RelationName.of("ai", "_vectorizer_src_trg_7"));
        assertThat(names.trigger(7)).isEqualTo("_vectorizer_src_trg_7");
        assertThat(names.truncateTrigger(7)).isEqualTo("_vectorizer_src_trg_7_truncate");
    }

    @Test
    void of_the_destination() {
        CatalogNames names = CatalogNames.of(vectorizer("public", "Blog")
                .destination(Destination.table("doc").withTargetSchema("vec").withViewSchema("ignored"))
                .queueSchema("Q")
                .queueTable("my queue")
                .build());

        assertThat(names.vectorizer()).isEqualTo("vec_doc_store");
        assertThat(names.store()).isEqualTo(RelationName.of("vec", "doc_store"));
        assertThat(names.view()).isEqualTo(RelationName.of("public", "doc"));
        assertThat(names.queue(7)).isEqualTo(RelationName.of("Q", "my queue"));
        assertThat(names.failedQueue(7)).isEqualTo(RelationName.of("Q", "_vectorizer_q_failed_7"));
        assertThat(names.triggerFunction(7)).isEqualTo(RelationName.of("Q", "_vectorizer_src_trg_7"));
    }

    @Test
    void given_names_win() {
        CatalogNames names = CatalogNames.of(vectorizer("public", "blog")
                .name("v")
                .destination(SampleOptions.TABLE)
                .build());

        assertThat(names.vectorizer()).isEqualTo("v");
        assertThat(names.store()).isEqualTo(RelationName.of("vec", "doc_store"));
        assertThat(names.view()).isEqualTo(RelationName.of("public", "doc_view"));
    }

    @Test
    void of_a_column() {
        CatalogNames names = CatalogNames.of(vectorizer("app", "doc")
                .destination(Destination.column("body_embedding"))
                .chunking(Chunking.none())
                .build());

        assertThat(names.vectorizer()).isEqualTo("app_doc_body_embedding");
        assertThat(names.store()).isNull();
        assertThat(names.view()).isNull();
    }

    @Test
    void long_sources_are_cut_once_for_each_name() {
        CatalogNames names =
                CatalogNames.of(vectorizer("public", "t".repeat(50)).build());

        assertThat(names.view()).isEqualTo(RelationName.of("public", "t".repeat(50) + "_embedding"));
        assertThat(names.store()).isEqualTo(RelationName.of("public", "t".repeat(50) + "_embedding_st"));
        assertThat(names.vectorizer()).isEqualTo("public_" + "t".repeat(50) + "_embed");
    }

    @Test
    void multibyte_sources_are_cut_at_characters() {
        CatalogNames names =
                CatalogNames.of(vectorizer("public", "ü".repeat(26)).name("v").build());

        assertThat(names.view()).isEqualTo(RelationName.of("public", "ü".repeat(26) + "_embedding"));
        assertThat(names.store()).isEqualTo(RelationName.of("public", "ü".repeat(26) + "_embedding_"));
    }

    @Test
    void an_unknown_destination_has_only_the_name_that_was_given() {
        CatalogNames names = CatalogNames.of(vectorizer("public", "blog")
                .name("v")
                .destination(new Destination.Unknown(Map.of("config_type", "destination", "implementation", "bucket")))
                .build());

        assertThat(names.vectorizer()).isEqualTo("v");
        assertThat(names.store()).isNull();
        assertThat(names.view()).isNull();
    }

    private static VectorizerDefinition.Builder vectorizer(String schema, String table) {
        return VectorizerDefinition.builder(
                RelationName.of(schema, table), Loading.column("content"), Embedding.openai("m", 768));
    }
}
