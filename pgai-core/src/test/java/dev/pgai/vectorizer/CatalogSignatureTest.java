package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgai.sql.VectorizerSql;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our options against the functions of the real catalog: none missing, none made up, all arguments in order. */
class CatalogSignatureTest {

    private static final Pattern ARGUMENT = Pattern.compile("(\\w+) => ");

    /** The catalog refuses it for vectorizers. */
    private static final String NOT_FOR_VECTORIZERS = "embedding_sentence_transformers";

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.pgai.vectorizer.SampleOptions#all")
    void an_option_has_the_arguments_of_its_function(Option option) throws IOException {
        assertThat(signaturesOf(option.configType() + "_" + option.implementation()))
                .containsExactly(List.copyOf(option.arguments().keySet()));
    }

    @Test
    void every_kind_of_option_is_sampled() {
        assertThat(SampleOptions.all()).extracting(Object::getClass).containsExactlyElementsOf(kinds());
    }

    @Test
    void every_option_function_has_its_kind() throws IOException {
        Set<String> families = Set.copyOf(families());

        assertThat(functions()
                        .map(function -> function.get("name").textValue())
                        .filter(name -> families.contains(name.substring(0, name.indexOf('_'))))
                        .filter(name -> !name.equals(NOT_FOR_VECTORIZERS)))
                .containsExactlyInAnyOrderElementsOf(SampleOptions.all().stream()
                        .map(option -> option.configType() + "_" + option.implementation())
                        .toList());
    }

    @Test
    void every_family_is_an_argument() throws IOException {
        assertThat(signaturesOf("create_vectorizer").get(0)).containsAll(families());
        assertThat(families()).hasSize(Option.class.getPermittedSubclasses().length - 1);
    }

    @Test
    void create_has_all_arguments() throws IOException {
        List<String> rendered = new ArrayList<>(List.of("source")); // by position
        rendered.addAll(argumentNames(VectorizerSql.create(withEverything(), false)));
        rendered.add("if_not_exists"); // a condition of the statement's own

        assertThat(rendered).hasSize(16);
        assertThat(signaturesOf("create_vectorizer")).containsExactly(rendered);
    }

    @Test
    void other_functions_take_the_arguments_that_are_named() throws IOException {
        assertThat(signaturesOf("drop_vectorizer"))
                .allSatisfy(names ->
                        assertThat(names).containsAll(argumentNames(VectorizerSql.drop("v", Embeddings.KEEP))));
        assertThat(signaturesOf("set_scheduling"))
                .singleElement()
                .satisfies(names -> assertThat(names)
                        .endsWith(argumentNames(VectorizerSql.setScheduling("v", Scheduling.none(), Indexing.none()))
                                .toArray(String[]::new)));
    }

    static VectorizerDefinition withEverything() {
        return VectorizerDefinition.builder(RelationName.of("app", "doc"), SampleOptions.URI, SampleOptions.OPENAI)
                .name("v")
                .destination(SampleOptions.TABLE)
                .parsing(Parsing.auto())
                .chunking(Chunking.none())
                .indexing(Indexing.hnsw())
                .formatting(Formatting.pythonTemplate())
                .scheduling(SampleOptions.TIMESCALEDB)
                .processing(Processing.byDefault())
                .queueSchema("q")
                .queueTable("doc_queue")
                .grantTo("lab_bob", "public")
                .build();
    }

    /** Of the outer call: the arguments of the calls inside it are taken away first. */
    private static List<String> argumentNames(String sql) {
        String outer = sql.replaceFirst("^.*?ai\\.(create|drop|set)_\\w+", "").replaceAll("ai\\.\\w+\\([^()]*\\)", "");
        return ARGUMENT.matcher(outer).results().map(match -> match.group(1)).toList();
    }

    private static List<String> families() {
        return SampleOptions.all().stream().map(Option::configType).distinct().toList();
    }

    private static List<Class<?>> kinds() {
        return SampleOptions.kinds();
    }

    private static List<List<String>> signaturesOf(String function) throws IOException {
        return functions()
                .filter(candidate -> candidate.get("name").textValue().equals(function))
                .map(found -> StreamSupport.stream(found.get("arguments").spliterator(), false)
                        .map(argument -> argument.get("name").textValue())
                        .toList())
                .collect(Collectors.toList());
    }

    private static Stream<JsonNode> functions() throws IOException {
        try (InputStream file = CatalogSignatureTest.class.getResourceAsStream("/catalog-0.12.1.json")) {
            return StreamSupport.stream(
                    new ObjectMapper().readTree(file).get("functions").spliterator(), false);
        }
    }
}
