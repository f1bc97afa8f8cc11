package dev.pgai.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.InvalidArgumentException;
import dev.pgai.database.Problem;
import dev.pgai.vectorizer.Alteration;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorizerPlanTest {

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
            .name("blog")
            .build();

    @Test
    void what_a_terminal_takes_for_its_own_is_escaped() {
        Problem problem = Problem.of(Problem.Code.NAME_TAKEN, "name", "blog", "taken\n\u001b[31mby \u202eme", "");

        VectorizerPlan plan = VectorizerPlan.of(DesiredState.of(List.of(BLOG)), nothing(problem));

        assertThat(plan.toString().lines().toList())
                .hasSize(3)
                .last()
                .asString()
                .isEqualTo("ERROR NAME_TAKEN: name: taken\\u000a\\u001b[31mby \\u202eme");
    }

    @Test
    void what_markdown_takes_for_its_own_is_escaped() {
        Problem problem = Problem.of(Problem.Code.NAME_TAKEN, "name", "blog", "@all | `x` <b>\n[a](b)", "");

        String markdown = VectorizerPlan.of(DesiredState.of(List.of(BLOG)), nothing(problem))
                .toMarkdown();

        assertThat(markdown)
                .startsWith("### Vectorizers: 1 step, 1 error, so that nothing is done\n\n| step | because |")
                .contains(
                        "\n| create vectorizer \"blog\" |  |  |  |\n",
                        "\n- **ERROR** NAME&#95;TAKEN: name: &#64;all &#124; &#96;x&#96; &#60;b&#62;"
                                + "&#92;u000a&#91;a&#93;(b)\n")
                .containsPattern("\n\nFingerprint: `[0-9a-f]{32}`$");
    }

    @Test
    void a_report_of_nothing_is_one_line() {
        assertThat(VectorizerPlan.of(DesiredState.of(List.of()), nothing()).toMarkdown())
                .isEqualTo("### Vectorizers: nothing to do");
    }

    @Test
    void two_definitions_of_one_name_are_refused() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> DesiredState.of(List.of(BLOG, BLOG)))
                .withMessageContainingAll("blog", "two definitions");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> DesiredState.of(List.of(BLOG)).withRemoved(List.of("blog")))
                .withMessageContainingAll("removed", "blog");
    }

    @Test
    void two_definitions_of_one_place_are_refused() {
        VectorizerDefinition other = BLOG.toBuilder()
                .name("other")
                .source(RelationName.of("public", "news"))
                .build();
        assertThat(DesiredState.of(List.of(BLOG, other)).definitions()).hasSize(2);
        for (VectorizerDefinition same : List.of(
                BLOG.toBuilder().name("other").build(),
                other.toBuilder()
                        .destination(Destination.table().withTargetTable("blog_embedding_store"))
                        .build(),
                other.toBuilder()
                        .destination(Destination.table().withViewName("blog_embedding"))
                        .build())) {
            assertThatExceptionOfType(InvalidArgumentException.class)
                    .isThrownBy(() -> DesiredState.of(List.of(BLOG, same)))
                    .withMessageContainingAll("other", "public.blog_embedding", "so would blog");
        }
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> DesiredState.of(List.of(
                        BLOG.toBuilder().queueTable("q").build(),
                        other.toBuilder().queueTable("q").build())))
                .withMessageContaining("ai.q");
    }

    @Test
    void a_file_says_what_is_there_and_what_is_not() {
        String definition = "{\"source\":{\"schema\":\"public\",\"table\":\"blog\"},\"name\":\"blog\",\"loading\":"
                + "{\"implementation\":\"column\",\"column_name\":\"content\"},\"embedding\":"
                + "{\"implementation\":\"openai\",\"model\":\"m\",\"dimensions\":3}}";

        assertThat(DesiredState.read("[" + definition + "]")).isEqualTo(DesiredState.of(List.of(BLOG)));
        assertThat(DesiredState.read("{\"vectorizers\":[" + definition + "],\"removed\":[\"old\"]}"))
                .isEqualTo(DesiredState.of(List.of(BLOG)).withRemoved(List.of("old")));
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> DesiredState.read("{\"vectorizers\":[" + definition + "],\"drop\":[]}"))
                .withMessageContaining("drop");
    }

    @ParameterizedTest
    @EnumSource
    void a_consent_is_written_and_read(Hazard hazard) {
        Consent consent = new Consent("a:b", hazard);

        assertThat(Consent.parse(consent.toString())).isEqualTo(consent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "blog", ":REEMBEDS_ROWS", "blog:", "blog:reembeds_rows", "blog:ALL"})
    void what_is_no_consent_is_refused(String text) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> Consent.parse(text))
                .withMessageContaining("colon");
    }

    @Test
    @SuppressWarnings("NullAway")
    void null_is_refused_by_its_name() {
        VectorizerPlan plan = VectorizerPlan.of(DesiredState.of(List.of(BLOG)), nothing());
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> plan.toMarkdown(null))
                .returns("price", InvalidArgumentException::argument);
        Map<String, ThrowingCallable> refused = Map.of(
                "consents", () -> plan.missing(null),
                "steps", () -> plan.withSteps(null),
                "price", () -> plan.toJson(null),
                "desired", () -> VectorizerPlan.of(null, nothing()),
                "observed", () -> VectorizerPlan.of(DesiredState.of(List.of()), null),
                "path", () -> Alteration.of(null),
                "wanted", () -> DefinitionDifference.all(null, BLOG),
                "stored", () -> DefinitionDifference.all(BLOG, null),
                "hazard", () -> new Consent("blog", null));

        refused.forEach((name, call) -> assertThatExceptionOfType(InvalidArgumentException.class)
                .as(name)
                .isThrownBy(call)
                .returns(name, InvalidArgumentException::argument));
    }

    @Test
    void a_price_is_rounded_up() {
        Price price = new Price(new BigDecimal("0.02"), 4);

        assertThat(price.of(0)).isEqualByComparingTo("0");
        assertThat(price.of(1)).isEqualByComparingTo("0.000001");
        assertThat(price.of(400_000_000)).isEqualByComparingTo("2");
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> new Price(BigDecimal.ONE, 0));
        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> new Price(new BigDecimal("-1"), 4));
    }

    private static ObservedState nothing(Problem... problems) {
        return new ObservedState(
                List.of(), Indexing.none(), Scheduling.none(), Map.of("blog", List.of(problems)), Map.of(), Set.of());
    }
}
