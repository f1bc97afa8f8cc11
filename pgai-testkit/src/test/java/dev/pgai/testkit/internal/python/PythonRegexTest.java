package dev.pgai.testkit.internal.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgai.testkit.fixture.Recording;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The results of Python's {@code re.split}, for expressions of all kinds and for a few hundred that were made by
 * chance.
 */
class PythonRegexTest {

    private static final JsonNode RECORDED = Recording.read("regexes.json");

    @Test
    void splits_as_python_does() {
        List<String> differences = new ArrayList<>();
        for (JsonNode recorded : RECORDED.get("split")) {
            String expression = recorded.get(0).textValue();
            String text = recorded.get(1).textValue();
            Object expected = Recording.texts(recorded.get(2));
            Object actual;
            try {
                actual = PythonRegex.compile(expression).split(text);
            } catch (UnsupportedRegexException e) {
                actual = e.getMessage();
            }
            if (!expected.equals(actual)) {
                differences.add(expression + " on " + text + "\n  expected " + expected + "\n  but was  " + actual);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(RECORDED.get("split").size()).isGreaterThan(2000);
    }

    static List<String> wrong() {
        return List.copyOf(Recording.texts(RECORDED.get("wrong")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refuses_what_python_refuses(String expression) {
        assertThatThrownBy(() -> PythonRegex.compile(expression))
                .isInstanceOf(UnsupportedRegexException.class)
                .hasMessageContaining("The separator " + expression + " is no regular expression");
    }

    static List<String> refused() {
        return List.copyOf(Recording.texts(RECORDED.get("refused")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses_what_it_cannot_translate(String expression) {
        assertThatThrownBy(() -> PythonRegex.compile(expression)).isInstanceOf(UnsupportedRegexException.class);
    }
}
