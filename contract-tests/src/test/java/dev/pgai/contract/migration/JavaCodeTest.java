package dev.pgai.contract.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.change.ChangeForm;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.java.JavaSource;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJava;
import java.io.IOException;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java code that was written makes what it was written from. */
class JavaCodeTest {

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            .build();

    @TempDir
    private Path directory;

    /** Every option with all its arguments, and options of a newer catalog. */
    @Test
    void definitions_are_made_again() throws Exception {
        List<VectorizerDefinition> definitions = goldenChanges().stream()
                .flatMap(change -> change.creates().stream())
                .distinct()
                .toList();
        assertThat(definitions).hasSizeGreaterThan(30);

        assertThat(compiled(definitions)).isEqualTo(definitions);
    }

    @Test
    void whatever_is_in_a_text_stays_so() throws Exception {
        String all =
                IntStream.rangeClosed(1, 0x2100).mapToObj(Character::toString).collect(Collectors.joining());
        Map<String, Object> options = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            options.put("key \"" + i, Arrays.asList(i, Map.of("\\u0022", Map.of("x", List.of(List.of(1.5, true))))));
        }
        options.put("long", 1L << 40);
        options.put("longer", new BigInteger("9".repeat(30)));
        options.put("longest", new BigDecimal("0." + "7".repeat(30)));
        Map<String, Object> withNull = new HashMap<>(options);
        withNull.put("null", Collections.singletonList(null));
        List<VectorizerDefinition> definitions = new ArrayList<>();
        for (String text : List.of(all, "\\u000a", "\\\"", "*/", "\u2028\u2029\ufeff", "\ud83d\ude00", "${x}$", "ä")) {
            definitions.add(BLOG.toBuilder()
                    .source(RelationName.of("a", "b"))
                    .embedding(Embedding.openai("m", 3).withChatUser(text))
                    .build());
        }
        definitions.add(BLOG.toBuilder()
                .embedding(Embedding.ollama("m", 3).withOptions(options))
                .build());
        definitions.add(BLOG.toBuilder()
                .embedding(Embedding.ollama("m", 3).withOptions(withNull))
                .build());
        definitions.add(BLOG.toBuilder()
                .embedding(Embedding.ollama("m", 3).withOptions(Map.of()))
                .grantTo(List.of())
                .build());

        assertThat(compiled(definitions)).isEqualTo(definitions);
    }

    /** Each member of the family. */
    @Test
    void changes_are_made_again() throws Exception {
        List<VectorizerChange> changes = goldenChanges();
        JavaSource java = new JavaSource();
        String list = changes.stream()
                .map(change -> ChangeForm.java(java, change))
                .collect(Collectors.joining(",\n", java.type(List.class) + ".of(\n", ")"));
        java.type(VectorizerChange.class);
        String source = java.file(
                "Changes",
                List.of(),
                "private static final",
                "",
                "    public static final List<VectorizerChange> ALL = " + list + ";\n");

        assertThat(CompiledClass.of("Changes", source, directory)
                        .getField("ALL")
                        .get(null))
                .isEqualTo(changes);
    }

    @Test
    void a_database_becomes_java_as_the_docs_say() throws Exception {
        try (PlannedDatabase database = new PlannedDatabase()) {
            Pgai pgai = database.pgai();

            List<VectorizerDefinition> definitions =
                    pgai.list().stream().map(StoredVectorizer::definition).toList();
            String java = VectorizerJava.writeClass("com.example.Vectorizers", definitions);

            assertThat(java).contains("    public static final VectorizerDefinition BLOG = ");
            assertThat(pgai.plan(DesiredState.of(compiled(definitions))).isDrift())
                    .isFalse();
        }
    }

    private static List<VectorizerChange> goldenChanges() throws IOException {
        List<VectorizerChange> changes =
                Files.readAllLines(Path.of("../pgai-core/src/test/resources/golden-changes.txt")).stream()
                        .filter(line -> line.startsWith("{"))
                        .map(VectorizerChange::read)
                        .toList();
        assertThat(changes.stream().<Class<?>>map(VectorizerChange::getClass).distinct())
                .containsExactlyInAnyOrder(VectorizerChange.class.getPermittedSubclasses());
        return changes;
    }

    private List<VectorizerDefinition> compiled(List<VectorizerDefinition> definitions) throws Exception {
        String source = VectorizerJava.writeClass("com.example.Vectorizers", definitions);
        List<VectorizerDefinition> made = new ArrayList<>();
        for (Field field :
                CompiledClass.of("com.example.Vectorizers", source, directory).getFields()) {
            made.add((VectorizerDefinition) field.get(null));
        }
        return made;
    }
}
