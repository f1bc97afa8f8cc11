package dev.pgai.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.InvalidArgumentException;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class DesiredStateTest {

    private static final VectorizerDefinition BLOG = named("blog");

    private static VectorizerDefinition named(String name) {
        return VectorizerDefinition.builder(
                        RelationName.of("public", name), Loading.column("content"), Embedding.openai("m", 3))
                .name(name)
                .build();
    }

    @Test
    void a_file_is_an_array_or_an_object_with_or_without_a_byte_order_mark() {
        String array = "[" + VectorizerJson.write(BLOG) + "]";
        String object = "{\"vectorizers\": " + array + ", \"removed\": [\"old\"]}";
        for (String mark : List.of("", "\ufeff", "\ufeff \n")) {
            assertThat(DesiredState.read(mark + array)).isEqualTo(DesiredState.of(List.of(BLOG)));
            assertThat(DesiredState.read(mark + object))
                    .isEqualTo(DesiredState.of(List.of(BLOG)).withRemoved(List.of("old")));
        }
    }

    @Test
    void files_are_put_together_and_may_not_contradict_each_other() {
        DesiredState first = DesiredState.of(List.of(BLOG)).withRemoved(List.of("old"));
        DesiredState second = DesiredState.of(List.of(named("post"))).withRemoved(List.of("older", "old"));

        DesiredState both = first.union(second);

        assertThat(both.definitions()).containsExactly(BLOG, named("post"));
        assertThat(both.removed()).containsExactly("old", "older");
        assertThatThrownBy(() -> first.union(first))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("blog")
                .hasMessageContaining("two definitions have this name");
        assertThatThrownBy(() -> DesiredState.of(List.of(named("old"))).union(first))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("old")
                .hasMessageContaining("there is a definition of this name");
    }
}
