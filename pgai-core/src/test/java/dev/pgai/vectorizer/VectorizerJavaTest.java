package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.InvalidArgumentException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorizerJavaTest {

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"),
                    Loading.column("content"),
                    Embedding.openai("text-embedding-3-small", 768))
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            .formatting(Formatting.pythonTemplate("$title\n$chunk"))
            .build();

    @Test
    void a_definition_is_written_as_people_write_it() {
        assertThat(VectorizerJava.write(BLOG)).isEqualTo("""
                VectorizerDefinition.builder(
                                RelationName.of("public", "blog"),
                                Loading.column("content"),
                                Embedding.openai("text-embedding-3-small", 768))
                        .name("blog")
                        .destination(Destination.table("blog_embeddings"))
                        .formatting(Formatting.pythonTemplate("$title\\n$chunk"))
                        .build()""");
    }

    @Test
    void a_class_has_a_constant_for_each() {
        assertThat(VectorizerJava.writeClass("com.example.Vectorizers", List.of(BLOG)))
                .isEqualTo("""
                package com.example;

                import dev.pgai.vectorizer.Destination;
                import dev.pgai.vectorizer.Embedding;
                import dev.pgai.vectorizer.Formatting;
                import dev.pgai.vectorizer.Loading;
                import dev.pgai.vectorizer.RelationName;
                import dev.pgai.vectorizer.VectorizerDefinition;

                public final class Vectorizers {

                    public static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                                    RelationName.of("public", "blog"),
                                    Loading.column("content"),
                                    Embedding.openai("text-embedding-3-small", 768))
                            .name("blog")
                            .destination(Destination.table("blog_embeddings"))
                            .formatting(Formatting.pythonTemplate("$title\\n$chunk"))
                            .build();

                    private Vectorizers() {}
                }
                """);
    }

    @Test
    void constants_are_called_after_vectorizers() {
        VectorizerDefinition unnamed = VectorizerDefinition.builder(
                        RelationName.of("public", "blog"), Loading.column("c"), Embedding.openai("m", 3))
                .build();
        VectorizerDefinition other =
                unnamed.toBuilder().embedding(Embedding.openai("n", 3)).build();

        assertThat(VectorizerJava.writeClass("V", List.of(unnamed, other, unnamed)))
                .doesNotContain("package")
                .containsOnlyOnce("VectorizerDefinition PUBLIC_BLOG_EMBEDDING_STORE = ")
                .containsOnlyOnce("VectorizerDefinition PUBLIC_BLOG_EMBEDDING_STORE_2 = ");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "a b", "com.example.Embedding", "1", ".A", "com..A"})
    void a_name_that_a_class_cannot_have_is_refused(String name) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> VectorizerJava.writeClass(name, List.of(BLOG)))
                .withMessageContaining("className");
    }

    @Test
    void what_no_code_can_make_is_refused() {
        VectorizerDefinition stored = DefinitionForm.readStored(
                RelationName.of("public", "blog"),
                null,
                null,
                null,
                dev.pgai.json.JsonObject.of("{\"loading\":{\"config_type\":\"loading\",\"implementation\":\"column\","
                        + "\"column_name\":\"c\"},\"embedding\":{\"config_type\":\"embedding\",\"implementation\":"
                        + "\"openai\",\"model\":\"m\",\"dimensions\":3},\"indexing\":{\"config_type\":\"indexing\","
                        + "\"implementation\":\"hnsw\"},\"scheduling\":{\"config_type\":\"scheduling\","
                        + "\"implementation\":\"none\"}}"));

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> VectorizerJava.write(stored))
                .withMessageContaining("indexing");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> VectorizerJava.write(BLOG.toBuilder()
                        .formatting(Formatting.pythonTemplate("$chunk" + "é".repeat(33_000)))
                        .build()))
                .withMessageContaining("65535");
    }
}
