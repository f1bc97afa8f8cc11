package dev.pgai.contract.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.change.VectorizerChange;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.UnknownOption;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every definition, without a database. */
class GeneratedDefinitionsTest {

    private static final List<GeneratedCase> CASES = LongStream.range(0, Integer.getInteger("pgai.generated", 1_000))
            .mapToObj(seed -> seed % 2 == 0 ? DefinitionGenerator.anywhere(seed) : DefinitionGenerator.runnable(seed))
            .toList();

    private static final String LINE_ENDS = "[\n\r\u000b\f\u0085\u2028\u2029]";

    @Test
    void json_is_read_back_equal() {
        CASES.forEach(generated -> {
            String json = VectorizerJson.write(generated.definition());

            assertThat(VectorizerJson.read(json))
                    .as("seed %s", generated.seed())
                    .isEqualTo(generated.definition());
            assertThat(json).as("seed %s", generated.seed()).doesNotContainPattern("[\n\r\u2028\u2029]");
        });
    }

    @Test
    void a_copy_is_equal() {
        CASES.forEach(generated -> {
            VectorizerDefinition definition = generated.definition();
            VectorizerDefinition copy = definition.toBuilder().build();

            assertThat(copy)
                    .as("seed %s", generated.seed())
                    .isEqualTo(definition)
                    .hasSameHashCodeAs(definition);
            assertThat(copy).hasToString(definition.toString());
        });
    }

    @Test
    void the_statement_is_one_line_of_balanced_calls() {
        CASES.forEach(generated -> {
            String sql = VectorizerChange.create(generated.definition()).sql().get(0);

            assertThat(sql).as("seed %s", generated.seed()).doesNotContainPattern(LINE_ENDS);
            assertThat(withoutLiterals(sql))
                    .as("seed %s", generated.seed())
                    .matches("select ai\\.create_vectorizer\\([a-z0-9_.:,=> \\[\\]()]*\\)")
                    .satisfies(code -> assertThat(
                                    code.chars().filter(c -> c == '(').count())
                            .isEqualTo(code.chars().filter(c -> c == ')').count()));
        });
    }

    @Test
    void a_literal_is_the_text_whatever_backslashes_mean() {
        HostileText hostile = new HostileText(new SplittableRandom(1));
        Stream.generate(hostile::text).limit(5_000).forEach(text -> {
            String literal = SqlText.literal(text);

            assertThat(valueOf(literal)).isEqualTo(text);
            assertThat(literal.startsWith("E")).isEqualTo(literal.contains("\\"));
        });
    }

    @Test
    void names_fit_and_stay_different() {
        CASES.forEach(generated -> {
            CatalogNames names = CatalogNames.of(generated.definition());
            List<RelationName> relations = Stream.of(
                            generated.definition().source(),
                            names.store(),
                            names.view(),
                            names.queue(Integer.MAX_VALUE))
                    .filter(Objects::nonNull)
                    .toList();

            assertThat(relations).as("seed %s", generated.seed()).doesNotHaveDuplicates();
            assertThat(relations)
                    .allSatisfy(name -> assertThat(name.name().getBytes(StandardCharsets.UTF_8))
                            .hasSizeLessThanOrEqualTo(63));
            assertThat(names.vectorizer()).matches("[a-z][a-z_0-9]*").hasSizeLessThanOrEqualTo(63);
        });
    }

    @Test
    void what_is_stored_is_stored_as_it_is() {
        CASES.stream()
                .map(generated -> generated.definition().asStored())
                .forEach(stored -> assertThat(stored.asStored()).isEqualTo(stored));
    }

    @Test
    void every_kind_of_option_comes_up_with_each_of_its_arguments() {
        List<String> seen = CASES.stream()
                .flatMap(generated -> generated.definition().options().stream())
                .flatMap(option -> Stream.concat(
                        Stream.of(option.getClass().getName()),
                        option.arguments().keySet().stream()
                                .map(argument -> option.getClass().getName() + " " + argument)))
                .distinct()
                .toList();

        assertThat(seen).containsAll(kindsAndArguments());
    }

    @Test
    void the_same_seed_gives_the_same_case() {
        assertThat(DefinitionGenerator.anywhere(42)).isEqualTo(DefinitionGenerator.anywhere(42));
        assertThat(DefinitionGenerator.anywhere(42)).isNotEqualTo(DefinitionGenerator.anywhere(43));
    }

    private static List<String> kindsAndArguments() {
        List<String> all = new ArrayList<>();
        for (Class<?> family : Option.class.getPermittedSubclasses()) {
            for (Class<?> kind : family.getPermittedSubclasses()) {
                all.add(kind.getName());
                if (!UnknownOption.class.isAssignableFrom(kind)) {
                    Arrays.stream(kind.getRecordComponents())
                            .map(component -> kind.getName() + " " + inSql(component.getName()))
                            .forEach(all::add);
                }
            }
        }
        return all;
    }

    private static String inSql(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** The code that is left when each literal is taken for a word. Reads as the server does. */
    private static String withoutLiterals(String sql) {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < sql.length(); i++) {
            boolean escaped = sql.startsWith("E'", i);
            if (escaped || sql.charAt(i) == '\'') {
                i = endOfLiteral(sql, i, escaped) - 1;
                code.append("text");
            } else {
                code.append(sql.charAt(i));
            }
        }
        return code.toString();
    }

    private static int endOfLiteral(String sql, int start, boolean escaped) {
        int i = start + (escaped ? 2 : 1);
        while (sql.charAt(i) != '\'' || sql.startsWith("''", i)) {
            i += sql.charAt(i) == '\'' || (escaped && sql.charAt(i) == '\\') ? 2 : 1;
        }
        return i + 1;
    }

    /** What the server makes of a literal. */
    private static String valueOf(String literal) {
        boolean escaped = literal.startsWith("E");
        assertThat(endOfLiteral(literal, 0, escaped)).isEqualTo(literal.length());
        String inside = literal.substring(escaped ? 2 : 1, literal.length() - 1).replace("''", "'");
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (!escaped || c != '\\') {
                value.append(c);
                continue;
            }
            char kind = inside.charAt(++i);
            switch (kind) {
                case 'n' -> value.append('\n');
                case 'r' -> value.append('\r');
                case 't' -> value.append('\t');
                case '\\' -> value.append('\\');
                case 'u' -> {
                    value.append((char) Integer.parseInt(inside.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> throw new AssertionError("\\" + kind + " in " + literal);
            }
        }
        return value.toString();
    }
}
