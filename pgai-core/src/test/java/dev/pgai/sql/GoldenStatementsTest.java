package dev.pgai.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Interval;
import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.SampleOptions;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.UnknownOption;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One statement, letter by letter, for each kind of option and each other call. */
class GoldenStatementsTest {

    /** A row is a title, the JSON form and the statement, on a line each. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void createFromJson(String title, String json, String statement) {
        VectorizerDefinition definition = VectorizerJson.read(json);

        assertThat(VectorizerSql.create(definition)).isEqualTo(statement);
        assertThat(VectorizerJson.write(definition)).isEqualTo(json);
        assertThat(statement).doesNotEndWith(";").doesNotContainPattern("\\R");
    }

    @Test
    void everyKindOfOptionHasARowWithAllItsArguments() throws IOException {
        List<Option> options = rows().map(row -> VectorizerJson.read((String) row.get()[1]))
                .flatMap(definition -> definition.options().stream())
                .toList();

        assertThat(options).containsAll(SampleOptions.all());
        assertThat(options).hasAtLeastOneElementOfType(UnknownOption.class);
    }

    static Stream<Arguments> rows() throws IOException {
        try (InputStream file = GoldenStatementsTest.class.getResourceAsStream("/golden-statements.txt")) {
            String table = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(table.split("\n\n"))
                    .map(row -> row.split("\n"))
                    .map(lines -> arguments(lines[0], lines[1], lines[2]));
        }
    }

    @ParameterizedTest
    @MethodSource
    void otherCalls(String statement, String golden) {
        assertThat(statement).isEqualTo(golden);
    }

    static Stream<Arguments> otherCalls() {
        Scheduling daily = Scheduling.timescaledb().withScheduleInterval(Interval.parse("P1D"));
        UnknownOption newer = new UnknownOption(Map.of("config_type", "indexing", "implementation", "new"));
        return Stream.of(
                arguments(
                        VectorizerSql.drop("blog_vec", Embeddings.KEEP),
                        "select ai.drop_vectorizer('blog_vec', drop_all => false)"),
                arguments(
                        VectorizerSql.drop("it's\\", Embeddings.DROP),
                        "select ai.drop_vectorizer(E'it''s\\\\', drop_all => true)"),
                arguments(VectorizerSql.drop(7, Embeddings.KEEP), "select ai.drop_vectorizer(7, drop_all => false)"),
                arguments(VectorizerSql.drop(7, Embeddings.DROP), "select ai.drop_vectorizer(7, drop_all => true)"),
                arguments(VectorizerSql.enable("blog_vec"), "select ai.enable_vectorizer_schedule('blog_vec')"),
                arguments(VectorizerSql.enable(7), "select ai.enable_vectorizer_schedule(7)"),
                arguments(VectorizerSql.disable("blog_vec"), "select ai.disable_vectorizer_schedule('blog_vec')"),
                arguments(VectorizerSql.disable(7), "select ai.disable_vectorizer_schedule(7)"),
                arguments(VectorizerSql.setScheduling(7, null, null), "select ai.set_scheduling(7)"),
                arguments(
                        VectorizerSql.setScheduling(7, daily, Indexing.none()),
                        "select ai.set_scheduling(7, scheduling => ai.scheduling_timescaledb("
                                + "schedule_interval => 'P1D'::interval), indexing => ai.indexing_none())"),
                arguments(
                        VectorizerSql.setScheduling("blog_vec", Scheduling.none(), null),
                        "select ai.set_scheduling((select id from ai.vectorizer where name operator(pg_catalog.=) 'blog_vec'),"
                                + " scheduling => ai.scheduling_none())"),
                arguments(
                        VectorizerSql.setScheduling(7, null, newer),
                        "select ai.set_scheduling(7, indexing =>"
                                + " '{\"config_type\":\"indexing\",\"implementation\":\"new\"}'::pg_catalog.jsonb)"));
    }

    @Test
    void aDayStaysADayAndHoursStayHours() {
        assertThat(intervalOf("P1D")).contains("'P1D'::interval");
        assertThat(intervalOf("PT24H")).contains("'PT24H'::interval");
        assertThat(Interval.of(Duration.ofDays(1))).hasToString("PT24H");
    }

    private static String intervalOf(String text) {
        return VectorizerSql.setScheduling(
                1, Scheduling.timescaledb().withScheduleInterval(Interval.parse(text)), null);
    }
}
