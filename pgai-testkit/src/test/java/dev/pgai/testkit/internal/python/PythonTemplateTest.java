package dev.pgai.testkit.internal.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgai.testkit.fixture.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The results of Python's {@code string.Template.substitute}. */
class PythonTemplateTest {

    private static final JsonNode RECORDED = Recording.read("templates.json");

    static Iterable<JsonNode> templates() {
        return RECORDED.get("templates");
    }

    @ParameterizedTest
    @MethodSource("templates")
    void fills_in_as_python_does(JsonNode recorded) {
        String expected = recorded.get(1).textValue();
        String error = recorded.get(2).textValue();
        String actual = null;
        String actualError = null;
        try {
            actual = new PythonTemplate(recorded.get(0).textValue())
                    .substitute(name -> RECORDED.get("values").path(name).textValue());
        } catch (PythonException e) {
            actualError = e.getMessage();
        }
        assertThat(actual).isEqualTo(expected);
        assertThat(actualError).isEqualTo(error);
    }

    @Test
    void is_recorded() {
        assertThat(RECORDED.get("templates").size()).isGreaterThan(400);
    }
}
