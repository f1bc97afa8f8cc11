package dev.pgai.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.InvalidArgumentException;
import dev.pgai.vectorizer.RelationName;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

    @ParameterizedTest
    @MethodSource
    void texts_become_literals(String text, String literal) {
        assertThat(SqlText.literal(text)).isEqualTo(literal);
    }

    static Stream<Arguments> texts_become_literals() {
        return Stream.of(
                arguments("", "''"),
                arguments("plain", "'plain'"),
                arguments("it's", "'it''s'"),
                arguments("''", "''''''"),
                arguments("\"", "'\"'"),
                arguments("\\", "E'\\\\'"),
                arguments("\\'", "E'\\\\'''"),
                arguments("a\\nb", "E'a\\\\nb'"),
                arguments("a\nb", "E'a\\nb'"),
                arguments("a\r\n\tb", "E'a\\r\\n\\tb'"),
                arguments("\b\f\u0001\u007f\u0085", "E'\\u0008\\u000c\\u0001\\u007f\\u0085'"),
                arguments("\u2028\u2029", "E'\\u2028\\u2029'"),
                arguments("\u00a0\u200b", "'\u00a0\u200b'"),
                arguments("a\ufeffb", "E'a\\ufeffb'"),
                arguments("😀 e\u0301 \u202eabc", "'😀 e\u0301 \u202eabc'"),
                arguments("😀\\", "E'😀\\\\'"),
                arguments(
                        "$$ $tag$ ? ?? :x ::y %s %I {} {fn} -- /* */ ;",
                        "'$$ $tag$ ? ?? :x ::y %s %I {} {fn} -- /* */ ;'"),
                arguments("E'x'", "'E''x'''"));
    }

    @ParameterizedTest
    @MethodSource
    void names_become_quoted_identifiers(String name, String identifier) {
        assertThat(SqlText.identifier(name)).isEqualTo(identifier);
    }

    static Stream<Arguments> names_become_quoted_identifiers() {
        return Stream.of(
                arguments("blog", "\"blog\""),
                arguments("Blog Post", "\"Blog Post\""),
                arguments("select", "\"select\""),
                arguments("\"", "\"\"\"\""),
                arguments("a\"b'c\\d", "\"a\"\"b'c\\d\""),
                arguments("größe 😀", "\"größe 😀\""));
    }

    @Test
    void relations_are_qualified_and_quoted() {
        assertThat(SqlText.relation(RelationName.of("My \"Schema\"", "a.b")))
                .isEqualTo("\"My \"\"Schema\"\"\".\"a.b\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\ud83d", "\ude00", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void refuses_what_postgres_cannot_store(String text) {
        String message = "text = \"" + text.length()
                + " characters\" is refused: PostgreSQL stores neither NUL nor lone" + " surrogates. Remove them.";

        assertThatThrownBy(() -> SqlText.literal(text))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> SqlText.identifier(text))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refuses_an_empty_identifier() {
        assertThatThrownBy(() -> SqlText.identifier(""))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("identifier = \"\" is refused: a name must not be empty. Give a name.");
    }
}
