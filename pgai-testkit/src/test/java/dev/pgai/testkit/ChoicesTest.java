package dev.pgai.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.setting.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoicesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pgai.test.server  | Embedded | ` = \"Embedded\" is refused: it is none of the choices. Allowed: embedded, testcontainers, testcontainers:IMAGE, jdbc:postgresql://host:port/database?user=...&password=....`",
                "pgai.test.server  | docker | ` = \"docker\" is refused: it is none of the choices. Allowed: embedded, testcontainers, testcontainers:IMAGE, jdbc:postgresql://host:port/database?user=...&password=....`",
                "pgai.test.server  | testcontainers: | ` = \"\" is refused: it is not the name of an image. Write one such as pgvector/pgvector:pg17, or leave it out: testcontainers.`",
                "pgai.test.server  | testcontainers:a b | ` = \"a b\" is refused: it is not the name of an image. Write one such as pgvector/pgvector:pg17, or leave it out: testcontainers.`",
                "pgai.test.server  | jdbc:mysql://h/d?password=secret | ` = \"jdbc:mysql://h/d?password=***\" is refused: it is not a URL that can be used here. Write jdbc:postgresql://host:port/database?user=...&password=....`",
                "pgai.test.server  | jdbc:postgresql:db | ` = \"jdbc:postgresql:db\" is refused: it is not a URL that can be used here. Write jdbc:postgresql://host:port/database?user=...&password=....`",
                "pgai.test.server  | jdbc:postgresql://h:port/db | ` = \"jdbc:postgresql://h:port/db\" is refused: it is not a URL that can be used here. Write jdbc:postgresql://host:port/database?user=...&password=....`",
                "pgai.test.locale  | de-AT | ` = \"de-AT\" is refused: it is none of the choices. Allowed: server, or a provider and a name, such as builtin:C.UTF-8, icu:en-US or libc:en_US.UTF-8.`",
                "pgai.test.locale  | icu: | ` = \"icu:\" is refused: it is none of the choices. Allowed: server, or a provider and a name, such as builtin:C.UTF-8, icu:en-US or libc:en_US.UTF-8.`",
                "pgai.test.vector  | yes | ` = \"yes\" is refused: it is none of the choices. Allowed: auto, real, standin.`",
                "pgai.test.vector  | REAL | ` = \"REAL\" is refused: it is none of the choices. Allowed: auto, real, standin.`",
                "pgai.test.catalog | real | ` = \"real\" is refused: it is none of the choices. Allowed: standin, none, the path of a pgai wheel (.whl), or path/ai.sql@version such as ai.sql@0.12.1.`",
                "pgai.test.catalog | /nowhere/pgai.whl | : No such file: /nowhere/pgai.whl. Allowed: standin, none, the path of a pgai wheel (.whl), or path/ai.sql@version such as ai.sql@0.12.1.",
                "pgai.test.catalog | /nowhere/ai.sql@0.12.1 | : No such file: /nowhere/ai.sql. Allowed: standin, none, the path of a pgai wheel (.whl), or path/ai.sql@version such as ai.sql@0.12.1.",
                "pgai.test.catalog | /nowhere/ai.sql | ` = \"/nowhere/ai.sql\" is refused: it does not say of which release it is. Write /nowhere/ai.sql@0.12.1, or whichever it is.`",
            })
    void a_wrong_value_is_refused_with_its_key_its_origin_and_a_hint(String key, String value, String message) {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> with(Map.of(key, value), Map.of()).build())
                .withMessage("System property " + key + message);
        String variable = key.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> with(Map.of(), Map.of(variable, value)).build())
                .withMessage("Environment variable " + variable + message);
    }

    @Test
    void a_file_that_is_no_catalog_is_refused(@TempDir Path directory) throws Exception {
        Path noWheel = Files.writeString(directory.resolve("pgai-0.12.1.whl"), "no zip");
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> with(Map.of("pgai.test.catalog", noWheel.toString()), Map.of())
                        .build())
                .withMessageStartingWith("System property pgai.test.catalog: ")
                .withMessageContaining(noWheel.toString());
    }

    @Test
    void code_comes_before_property_before_environment_before_default() {
        Map<String, String> bad = Map.of("pgai.test.server", "x", "pgai.test.vector", "x", "pgai.test.catalog", "x");
        Map<String, String> badVariables =
                Map.of("PGAI_TEST_SERVER", "y", "PGAI_TEST_VECTOR", "y", "PGAI_TEST_CATALOG", "y");
        Map<String, String> good =
                Map.of("pgai.test.server", "embedded", "pgai.test.vector", "auto", "pgai.test.catalog", "none");

        assertThat(with(bad, badVariables)
                        .server(TestServer.embedded())
                        .vector(TestVector.AUTO)
                        .catalog(TestCatalog.none())
                        .build())
                .isNotNull();
        assertThat(with(good, badVariables).build()).isNotNull();
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> with(bad, badVariables).build())
                .withMessageStartingWith("System property pgai.test.server = \"x\"");
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() ->
                        with(Map.of("pgai.test.server", " "), badVariables).build())
                .withMessageStartingWith("Environment variable PGAI_TEST_SERVER = \"y\"");
    }

    @Test
    void with_no_choice_the_defaults_hold() {
        TestDatabases databases = with(Map.of(), Map.of("PGAI_TEST_SERVER", "")).build();
        assertThat(databases.toString())
                .isEqualTo("TestDatabases[server: embedded, locale: server, vector: auto, catalog: "
                        + TestCatalog.standin() + "]");
    }

    private static TestDatabases.Builder with(Map<String, String> properties, Map<String, String> environment) {
        return new TestDatabases.Builder(new Settings(properties::get, environment::get));
    }
}
