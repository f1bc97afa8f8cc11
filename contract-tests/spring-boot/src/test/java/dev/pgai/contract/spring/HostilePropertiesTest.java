package dev.pgai.contract.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgai.database.RefusedException;
import dev.pgai.spring.boot.PgaiAutoConfiguration;
import dev.pgai.spring.boot.PgaiVectorizersAutoConfiguration;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

/** Hostile texts as properties, and in the definitions that they name: used as they are, or refused by their name. */
class HostilePropertiesTest {

    private static final List<String> TEXTS = List.of(
            "'; select public.canary(); --",
            "\\'; select public.canary(); --",
            "\"; select public.canary(); --",
            "$$; select public.canary(); $$",
            "x'; select public.canary(); --:REEMBEDS_ROWS",
            "${public.canary()} #{public.canary()} #{systemProperties}",
            "%s %n {0} \u202e\u2066é\ud83d\ude00\n\r\t",
            "",
            "\u0000",
            "\ud800",
            "x".repeat(100_000),
            "-1",
            "1e999999999",
            // What begins a location, and names none.
            "classpath:",
            "classpath:../../\u0000",
            "file:%zz",
            "file:\u0000",
            "http://[",
            "jar:file:nowhere.jar!/x",
            "no:such:protocol");

    private static BlogDatabase database;

    @TempDir
    private Path directory;

    @BeforeAll
    static void createDatabase() throws SQLException {
        database = new BlogDatabase()
                .withBlog()
                .execute(
                        "create sequence public.called",
                        "create function public.canary() returns text language sql"
                                + " as 'select nextval(''public.called'')::text'");
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @AfterEach
    void dropVectorizers() {
        database.vectorizers().forEach(name -> database.pgai().drop(name, Embeddings.DROP));
    }

    /** Why the application does not start, of all causes; null when it does. */
    private static @Nullable String started(Map<String, String> properties) {
        List<String> failures = new ArrayList<>();
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(PgaiAutoConfiguration.class, PgaiVectorizersAutoConfiguration.class))
                .withBean(DataSource.class, database::dataSource)
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("hostile", new HashMap<>(properties))))
                .run(context -> {
                    for (Throwable cause = context.getStartupFailure(); cause != null; cause = cause.getCause()) {
                        failures.add(cause.toString());
                    }
                });
        return failures.isEmpty() ? null : String.join("\n", failures);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pgai.vectorizers",
                "pgai.vectorizers[0]",
                "pgai.vectorizers-mode",
                "pgai.consents",
                "pgai.consents[0]",
                "pgai.metrics.refresh",
                "pgai.health.max-pending",
                "pgai.health.exceeded-status"
            })
    void a_property_is_used_as_it_is_or_refused_by_its_name(String property) throws SQLException {
        List<String> wrong = new ArrayList<>();
        int refused = 0;
        for (String text : TEXTS) {
            Map<String, String> properties = new HashMap<>(Map.of(
                    "pgai.vectorizers", "classpath:blog.json",
                    "pgai.vectorizers-mode", "apply"));
            if (property.startsWith("pgai.vectorizers[")) {
                properties.remove("pgai.vectorizers");
            }
            properties.put(property, text);
            String failure = started(properties);
            if (failure != null) {
                refused++;
                // Where Spring asks whether there is a property, it names the placeholder alone.
                if (!failure.contains(property.replace("[0]", ""))
                        && !failure.contains("Could not resolve placeholder 'public.canary()'")) {
                    wrong.add("<" + text.substring(0, Math.min(40, text.length())) + ">: " + failure);
                }
            }
        }
        System.out.println(property + ": " + refused + " of " + TEXTS.size() + " refused");
        assertThat(wrong).isEmpty();
        assertThat(database.query("select is_called from public.called")).isEqualTo("f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/name",
                "/source/table",
                "/loading/column_name",
                "/embedding/model",
                "/destination/destination",
                "/formatting/template"
            })
    void a_text_of_a_definition_is_stored_as_it_is_or_refused(String pointer) throws Exception {
        int stored = 0;
        for (String text : TEXTS) {
            Path file = directory.resolve("hostile.json");
            Files.writeString(file, withText(pointer, text));
            String failure =
                    started(Map.of("pgai.vectorizers", file.toUri().toString(), "pgai.vectorizers-mode", "create"));
            if (failure != null) {
                assertThat(failure)
                        .containsAnyOf("pgai.vectorizers[0] = file:", RefusedException.class.getPackageName() + ".");
                assertThat(database.vectorizers()).isEmpty();
                continue;
            }
            stored++;
            VectorizerDefinition wanted =
                    VectorizerJson.readList(Files.readString(file)).get(0);
            String name = database.vectorizers().get(0);
            assertThat(database.pgai().find(name).orElseThrow().differencesFrom(wanted))
                    .isEmpty();
            dropVectorizers();
        }
        System.out.println(pointer + ": " + stored + " of " + TEXTS.size() + " stored");
        assertThat(database.query("select is_called from public.called")).isEqualTo("f");
    }

    private static String withText(String pointer, String text) throws IOException {
        ObjectMapper mapper =
                JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        JsonNode definitions = mapper.readTree(HostilePropertiesTest.class.getResourceAsStream("/blog.json"));
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) definitions.get(0).at(pointer.substring(0, slash))).put(pointer.substring(slash + 1), text);
        return mapper.writeValueAsString(definitions);
    }
}
