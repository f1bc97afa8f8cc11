package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorizerJsonTest {

    @Test
    void everything_comes_back() {
        VectorizerDefinition definition = CatalogSignatureTest.withEverything();

        assertThat(VectorizerJson.read(VectorizerJson.write(definition))).isEqualTo(definition);
    }

    static Stream<Number> numbers_come_back_equal() {
        return Stream.of(
                0,
                -1,
                Long.MIN_VALUE,
                new BigInteger("-9223372036854775809"),
                BigInteger.TEN.pow(499),
                -0.0,
                0.1,
                -1.5e300,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                0.1f,
                new BigDecimal("1.10"),
                new BigDecimal("1E-499"),
                new BigDecimal("-" + "9".repeat(498) + ".9"));
    }

    @ParameterizedTest
    @MethodSource
    void numbers_come_back_equal(Number number) {
        comesBack(Map.of("n", number, "list", List.of(number, List.of(number))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"'\\/`",
                "\b\f\n\r\t",
                "\u0001\u001f\u007f\u0085",
                "\u2028\u2029",
                "😀 e\u0301 \u202e",
                "\ufffe\uffff",
                "$$ ? :x %s {}"
            })
    void texts_come_back_equal_and_on_one_line(String text) {
        Map<String, Object> options = new HashMap<>();
        options.put(text, text);
        options.put("null", null);
        options.put("list", Arrays.asList(text, null, true, Map.of(text, List.of())));

        assertThat(comesBack(options)).doesNotContainPattern("[\n\r\u2028\u2029]");
    }

    @Test
    void as_deep_as_allowed_comes_back() {
        Map<String, Object> deep = Map.of();
        for (int depth = 1; depth < 100; depth++) {
            deep = Map.of("x", deep);
        }

        comesBack(deep);
    }

    @Test
    void keys_have_any_order() {
        assertThat(VectorizerJson.read("""
                        {
                          "embedding": {"dimensions": 768, "model": "m", "implementation": "openai"},
                          "loading": {"column_name": "content", "implementation": "column"},
                          "source": {"table": "blog", "schema": "public"}
                        }
                        """)).isEqualTo(vectorizer().build());
    }

    @Test
    void intervals_and_times_have_each_form_of_the_server() {
        assertThat(List.of(
                        scheduled("00:05:00", "2026-01-31T13:00:00+01:00"), scheduled("@ 5 mins", "2026-01-31T12:00Z")))
                .containsOnly(vectorizer()
                        .scheduling(Scheduling.timescaledb()
                                .withScheduleInterval(Interval.parse("PT5M"))
                                .withInitialStart(Instant.parse("2026-01-31T12:00:00Z")))
                        .build());
    }

    @Test
    void lists_keep_their_order() {
        VectorizerDefinition one = vectorizer().name("one").build();
        VectorizerDefinition other = vectorizer().name("other").build();

        assertThat(VectorizerJson.readList("[" + VectorizerJson.write(one) + "," + VectorizerJson.write(other) + "]"))
                .containsExactly(one, other);
        assertThat(VectorizerJson.readList("[]")).isEmpty();
    }

    private static VectorizerDefinition scheduled(String interval, String start) {
        String json = VectorizerJson.write(vectorizer().build());
        return VectorizerJson.read(json.substring(0, json.length() - 1)
                + ", \"scheduling\": {\"implementation\": \"timescaledb\", \"schedule_interval\": \"" + interval
                + "\", \"initial_start\": \"" + start + "\"}}");
    }

    private static String comesBack(Map<String, Object> options) {
        VectorizerDefinition definition = vectorizer()
                .embedding(Embedding.litellm("m", 1).withExtraOptions(options))
                .build();
        String json = VectorizerJson.write(definition);

        assertThat(VectorizerJson.read(json)).isEqualTo(definition);
        return json;
    }

    private static VectorizerDefinition.Builder vectorizer() {
        return VectorizerDefinition.builder(
                RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 768));
    }
}
