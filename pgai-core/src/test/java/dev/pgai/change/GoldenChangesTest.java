package dev.pgai.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.SampleOptions;
import dev.pgai.vectorizer.UnknownOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each change, letter by letter: its JSON form, its SQL, its canonical text and its way back. Canonical texts are in
 * the checksums of users' migrations: a line that begins with {@code canonical:} never changes.
 */
class GoldenChangesTest {

    private static final Pattern ROW = Pattern.compile("-- (.+)\n(.+)\n((?:sql: .+\n)+)canonical: (.+)\nback: (.+)\n");

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void a_change_is_what_it_was(String title, String json, List<String> sql, String canonical, String back) {
        VectorizerChange change = VectorizerChange.read(json);

        assertThat(change.toJson()).isEqualTo(json);
        assertThat(change.sql()).isEqualTo(sql);
        assertThat(change.canonicalText()).isEqualTo(canonical);
        assertThat(change.inverse().map(VectorizerChange::toJson).orElse(change.whyNoInverse()))
                .isEqualTo(back);
        assertThat(change.whyNoInverse().isEmpty()).isEqualTo(change.inverse().isPresent());
        assertThat(VectorizerChange.read(change.toJson()))
                .isEqualTo(change)
                .hasSameHashCodeAs(change)
                .hasToString(change.toString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void texts_are_on_one_line(String title, String json, List<String> sql, String canonical, String back) {
        assertThat(sql)
                .isNotEmpty()
                .allSatisfy(
                        statement -> assertThat(statement).doesNotEndWith(";").doesNotContainPattern("\\R"));
        assertThat(canonical).matches("\\p{ASCII}+");
    }

    /** To add a member to the family is to add its record, and rows in the file. */
    @Test
    void each_member_of_the_family_has_a_row() throws IOException {
        assertThat(changes().<Class<?>>map(VectorizerChange::getClass).distinct())
                .containsExactlyInAnyOrder(VectorizerChange.class.getPermittedSubclasses());
    }

    @Test
    void each_option_has_a_row_with_all_its_arguments() throws IOException {
        List<Option> options = changes()
                .<Option>mapMulti((change, sink) -> {
                    if (change instanceof CreateVectorizer create) {
                        create.definition().options().forEach(sink);
                    }
                })
                .toList();

        assertThat(options).containsAll(SampleOptions.all());
        assertThat(options).hasAtLeastOneElementOfType(UnknownOption.class);
    }

    private static Stream<VectorizerChange> changes() throws IOException {
        return rows().map(row -> VectorizerChange.read((String) row.get()[1]));
    }

    static Stream<Arguments> rows() throws IOException {
        try (InputStream file = GoldenChangesTest.class.getResourceAsStream("/golden-changes.txt")) {
            String table = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            List<MatchResult> rows = ROW.matcher(table).results().toList();
            assertThat(rows).hasSize(Pattern.compile("(?m)^-- ").split(table).length - 1);
            return rows.stream()
                    .map(row -> arguments(
                            row.group(1),
                            row.group(2),
                            row.group(3)
                                    .lines()
                                    .map(line -> line.substring("sql: ".length()))
                                    .toList(),
                            row.group(4),
                            row.group(5)));
        }
    }
}
