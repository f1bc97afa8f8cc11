package dev.pgai.contract.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.scripting.LanguageDriver;
import org.apache.ibatis.type.TypeHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What jars without Spring tell a compiler of native images: it is there, and all that it has to be. In the files that
 * each GraalVM reads, of JDK 17 and newer.
 */
class NativeImageTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Path resources(String module) {
        return Path.of("..").resolve(module).resolve("src/main/resources");
    }

    private static JsonNode read(String module, String file) throws IOException {
        Path path = resources(module).resolve("META-INF/native-image/dev.pgai/" + module + "/" + file + ".json");
        return Files.exists(path) ? JSON.readTree(path.toFile()) : JSON.createArrayNode();
    }

    private static List<String> reflected(String module) throws IOException {
        return read(module, "reflect-config").findValuesAsText("name").stream()
                .filter(name -> !name.equals("<init>"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgai-flyway", "pgai-hibernate", "pgai-liquibase", "pgai-mybatis"})
    void what_the_files_name_exists(String module) throws Exception {
        List<String> classes = new ArrayList<>(reflected(module));
        assertThat(classes).isNotEmpty();
        for (JsonNode proxy : read(module, "proxy-config")) {
            proxy.get("interfaces").forEach(name -> classes.add(name.asText()));
        }
        for (String name : classes) {
            assertThat(Class.forName(name, false, getClass().getClassLoader())).isNotNull();
        }
        for (JsonNode type : read(module, "reflect-config")) {
            if (type.has("methods")) {
                assertThat(Class.forName(type.get("name").asText()).getDeclaredConstructor())
                        .isNotNull();
            }
        }
        for (JsonNode include : read(module, "resource-config").at("/resources/includes")) {
            String pattern = include.get("pattern").asText();
            assertThat(pattern).startsWith("\\Q").endsWith("\\E");
            assertThat(resources(module).resolve(pattern.substring(2, pattern.length() - 2)))
                    .exists();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgai-flyway", "pgai-hibernate", "pgai-liquibase", "pgai-mybatis"})
    void services_and_other_resources_are_all_named(String module) throws IOException {
        List<String> included = read(module, "resource-config").findValuesAsText("pattern");
        try (Stream<Path> files = Files.walk(resources(module))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = resources(module).relativize(file).toString().replace('\\', '/');
                if (name.startsWith("META-INF/native-image/")) {
                    continue;
                }
                assertThat(included).contains("\\Q" + name + "\\E");
                if (name.startsWith("META-INF/services/")) {
                    assertThat(reflected(module)).containsAll(Files.readAllLines(file));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mapper", "type"})
    void mappers_and_type_handlers_are_all_named(String folder) throws Exception {
        try (Stream<Path> files = Files.list(Path.of("../pgai-mybatis/src/main/java/dev/pgai/mybatis", folder))) {
            for (Path file :
                    files.filter(any -> !any.endsWith("package-info.java")).toList()) {
                String name = "dev.pgai.mybatis." + folder + "."
                        + file.getFileName().toString().replace(".java", "");
                Class<?> type = Class.forName(name);
                if (type.isAnnotationPresent(Mapper.class)) {
                    assertThat(read("pgai-mybatis", "proxy-config").toString()).contains("[\"" + name + "\"]");
                    assertThat(reflected("pgai-mybatis")).contains(name);
                } else if (TypeHandler.class.isAssignableFrom(type) || LanguageDriver.class.isAssignableFrom(type)) {
                    assertThat(reflected("pgai-mybatis")).contains(name);
                }
            }
        }
    }
}
