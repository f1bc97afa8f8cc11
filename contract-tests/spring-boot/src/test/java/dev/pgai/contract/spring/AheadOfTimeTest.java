package dev.pgai.contract.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.spring.boot.PgaiEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.javapoet.ClassName;

/**
 * What an application is made into ahead of time, for a native image or not: it is compiled, and runs. No compiler of
 * native images runs here.
 */
class AheadOfTimeTest {

    private final BlogDatabase database = new BlogDatabase();

    @TempDir
    Path directory;

    @BeforeEach
    void createBlog() throws Exception {
        database.withBlog();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void an_application_that_is_made_ahead_of_time_has_all_of_ours_and_runs() throws Exception {
        Map<String, Object> properties = database.properties();
        properties.put("spring.jpa.hibernate.ddl-auto", "none");
        properties.put("pgai.vectorizers", "classpath:/blog.json,file:none.json");
        properties.put("pgai.vectorizers-mode", "none");
        // MyBatis's own scan is not for applications of this kind: see its mybatis-spring-native.
        properties.put(
                "spring.autoconfigure.exclude", "org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration");
        properties.put("management.endpoints.web.exposure.include", "pgai");
        DefaultGenerationContext generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get(Application.class)),
                new FileSystemGeneratedFiles(kind -> directory.resolve(kind.name())));
        String initializer = generate(properties, generation);

        RuntimeHints hints = generation.getRuntimeHints();
        assertThat(RuntimeHintsPredicates.resource().forResource("blog.json")).accepts(hints);
        assertThat(RuntimeHintsPredicates.resource().forResource("other.json")).rejects(hints);

        compile();
        assertThat(run(properties, initializer)).endsWith("has vectorizers [blog]" + System.lineSeparator());
    }

    private static String generate(Map<String, Object> properties, DefaultGenerationContext generation) {
        GenericApplicationContext context = new GenericApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        new AnnotatedBeanDefinitionReader(context).register(Application.class);
        String initializer = new ApplicationContextAotGenerator()
                .processAheadOfTime(context, generation)
                .reflectionName();
        generation.writeGeneratedContent();
        return initializer;
    }

    private void compile() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-nowarn",
                "-d",
                directory.resolve(Kind.CLASS.name()).toString(),
                "-cp",
                classPath()));
        try (Stream<Path> files = Files.walk(directory.resolve(Kind.SOURCE.name()))) {
            files.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new));
        assertThat(result).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    private String run(Map<String, Object> properties, String initializer) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath()));
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(Main.class.getName(), initializer));
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as(Files.readString(log)).isTrue();
        return Files.readString(log);
    }

    private String classPath() {
        return directory.resolve(Kind.CLASS.name()) + File.pathSeparator + System.getProperty("java.class.path");
    }

    static final class Main {

        private Main() {}

        @SuppressWarnings("unchecked") // generated for contexts of this kind
        public static void main(String[] initializer) throws ReflectiveOperationException {
            try (GenericApplicationContext application = new GenericApplicationContext()) {
                Class.forName(initializer[0])
                        .asSubclass(ApplicationContextInitializer.class)
                        .getDeclaredConstructor()
                        .newInstance()
                        .initialize(application);
                application.refresh();

                application.getBean(Pgai.class).create(BlogDatabase.definition());
                assertThat(application.getBean(PgaiEndpoint.class).vectorizers().toString())
                        .contains("name=blog");
                assertThat(application.containsBean("pgaiHealthIndicator")).isTrue();
                System.out.println("has vectorizers "
                        + application.getBean(Pgai.class).list().stream()
                                .map(vectorizer -> vectorizer.name())
                                .toList());
            }
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}
}
