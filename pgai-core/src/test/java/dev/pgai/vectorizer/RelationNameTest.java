package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.InvalidArgumentException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelationNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "public.blog             | public    | blog",
                "Public.BLOG             | public    | blog",
                "public.\"BlogPost\"     | public    | BlogPost",
                "\"My Schema\".\"a.b\"   | My Schema | a.b",
                "\"a\"\"b\".\"\"\"\"     | a\"b      | \"",
                "ÄÖ.Größe_İI             | ÄÖ        | größe_İi",
                "_a$1.blog-post          | _a$1      | blog-post",
                "😀.😀                   | 😀        | 😀"
            })
    void a_name_is_read_as_the_server_reads_it(String text, String schema, String name) {
        assertThat(RelationName.parse(text)).isEqualTo(RelationName.of(schema, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "blog",
                "public.",
                ".blog",
                "a.b.c",
                "public.\"blog",
                "public.blog\"",
                "pub\"lic\".blog",
                "public. blog",
                "public.blog post",
                "\"a\"b.c",
                "\"\".blog",
                "public.\"\"",
                "\"a\".\"b\".\"c\""
            })
    void what_is_no_name_of_a_relation_is_refused(String text) {
        assertThatThrownBy(() -> RelationName.parse(text)).isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void reads_long_texts_without_recursion() {
        assertThatThrownBy(() -> RelationName.parse("a.\"" + "b".repeat(1_000_000) + "\""))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("1000000");
    }

    @Test
    void sorts_by_schema_then_name() {
        List<RelationName> sorted = Stream.of("b.a", "a.b", "a.a", "\"B\".a")
                .map(RelationName::parse)
                .sorted()
                .toList();

        assertThat(sorted).extracting(RelationName::toString).containsExactly("B.a", "a.a", "a.b", "b.a");
    }
}
