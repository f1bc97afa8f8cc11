package dev.pgai.testkit.internal.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgai.testkit.fixture.Recording;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Python's {@code str} of what psycopg gives for values of many types. */
class PythonTextTest {

    private static final JsonNode RECORDED = Recording.read("values.json");

    /** What {@link TestWorker} says that it refuses. */
    private static final Set<String> UNSUPPORTED = Set.of("vector", "halfvec", "int4range", "_date", "_json", "_mood");

    static List<JsonNode> supported() {
        return recorded(false);
    }

    static List<JsonNode> unsupported() {
        return recorded(true);
    }

    private static List<JsonNode> recorded(boolean unsupported) {
        return StreamSupport.stream(RECORDED.get("values").spliterator(), false)
                .filter(value -> UNSUPPORTED.contains(value.get("type").textValue()) == unsupported)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("supported")
    void converts_as_python_does(JsonNode recorded) {
        String text = recorded.get("text").textValue();
        if (recorded.has("error")) {
            assertThatThrownBy(() -> PythonText.of(type(recorded), text))
                    .isInstanceOf(PythonException.class)
                    .hasMessage(recorded.get("error").textValue());
        } else {
            assertThat(PythonText.of(type(recorded), text))
                    .isEqualTo(recorded.get("python").textValue());
        }
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void refuses_the_rest(JsonNode recorded) {
        assertThatThrownBy(
                        () -> PythonText.of(type(recorded), recorded.get("text").textValue()))
                .isInstanceOf(UnsupportedValueException.class);
    }

    @Test
    void is_recorded() {
        assertThat(supported()).hasSizeGreaterThan(120);
        assertThat(unsupported()).hasSizeGreaterThanOrEqualTo(6);
    }

    /** Python prints the shortest digits; Double.toString does so from Java 19 on only. */
    @ParameterizedTest
    @CsvSource({"2.0e-3, 0.002", "2.2250738585072014E-308, 2.2250738585072014e-308", "1.0E23, 1e+23", "2E-323, 2e-323"})
    void prints_the_shortest_digits(double number, String expected) {
        assertThat(PythonRepr.of(number)).isEqualTo(expected);
    }

    private static ColumnType type(JsonNode recorded) {
        return new ColumnType(
                recorded.get("type").textValue(),
                recorded.get("kind").textValue(),
                recorded.get("element").textValue());
    }
}
