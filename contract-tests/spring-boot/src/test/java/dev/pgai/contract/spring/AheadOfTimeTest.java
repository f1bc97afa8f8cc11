package dev.pgai.contract.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.spring.boot.PgaiEndpoint;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;

/**
 * What an application is made into ahead of time, for a native image or not: it is compiled, and runs. No compiler of
 * native images runs here.
 */
class AheadOfTimeTest {

    private final BlogDatabase database = new BlogDatabase();

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private GenericApplicationContext context() {
        GenericApplicationContext context = new GenericApplicationContext();
        Map<String, Object> properties = database.properties();
        properties.put("spring.jpa.hibernate.ddl-auto", "none");
        properties.put("pgai.vectorizers", "classpath:/blog.json, file:none.json");
        properties.put("pgai.vectorizers-mode", "none");
        // MyBatis's own scan is not for applications of this kind: see its mybatis-spring-native.
        properties.put(
                "spring.autoconfigure.exclude", "org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration");
        properties.put("management.endpoints.web.exposure.include", "pgai");
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        return context;
    }

    @Test
    @CompileWithForkedClassLoader // classes of ours that are not public
    @SuppressWarnings("unchecked") // generated for this class
    void an_application_that_is_made_ahead_of_time_has_all_of_ours_and_runs() throws Exception {
        database.withBlog();
        TestGenerationContext generation = new TestGenerationContext(Application.class);
        GenericApplicationContext before = context();
        new AnnotatedBeanDefinitionReader(before).register(Application.class);
        String initializer = new ApplicationContextAotGenerator()
                .processAheadOfTime(before, generation)
                .canonicalName();
        generation.writeGeneratedContent();

        RuntimeHints hints = generation.getRuntimeHints();
        assertThat(RuntimeHintsPredicates.resource().forResource("blog.json")).accepts(hints);
        assertThat(RuntimeHintsPredicates.resource().forResource("other.json")).rejects(hints);

        TestCompiler.forSystem()
                .withCompilerOptions("-Xlint:deprecation,removal", "-proc:none")
                .with(generation)
                .compile(compiled -> {
                    try (GenericApplicationContext application = context()) {
                        compiled.getInstance(ApplicationContextInitializer.class, initializer)
                                .initialize(application);
                        application.refresh();

                        Pgai pgai = application.getBean(Pgai.class);
                        pgai.create(BlogDatabase.definition());
                        assertThat(application
                                        .getBean(PgaiEndpoint.class)
                                        .vectorizers()
                                        .toString())
                                .contains("name=blog");
                        assertThat(application.containsBean("pgaiHealthIndicator"))
                                .isTrue();
                    }
                });
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}
}
