package dev.pgai.contract.mybatis;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.notes.Clock;
import com.example.notes.NoteMapper;
import com.example.notes.NotesApplication;
import com.example.notes.OursAloneApplication;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.mybatis.mapper.EmbeddingsMapper;
import dev.pgai.mybatis.mapper.VectorizerMapper;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** What Spring Boot's starter for MyBatis makes of an application with pgai's mappers. */
class SpringBootMapperTest {

    private PostDatabase database;

    @BeforeEach
    void createDatabase() throws Exception {
        database = new PostDatabase();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private void run(Class<?> application, Consumer<ConfigurableApplicationContext> test) {
        DataSource dataSource = database.database().dataSource();
        // Boot would set up the log of this JVM anew.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .initializers((GenericApplicationContext given) ->
                        given.registerBean("dataSource", DataSource.class, () -> dataSource))
                .properties("mybatis.type-handlers-package=dev.pgai.mybatis.type")
                .run()) {
            test.accept(context);
        } finally {
            System.clearProperty("org.springframework.boot.logging.LoggingSystem");
        }
    }

    @Test
    void the_mappers_of_the_application_and_ours_are_beans() {
        run(NotesApplication.class, context -> {
            assertThat(context.getBean(NoteMapper.class).next(1)).isEqualTo(2);
            assertThat(context.getBeanNamesForType(Clock.class)).isEmpty();

            VectorizerMapper vectorizers = context.getBean(VectorizerMapper.class);
            vectorizers.create(PostDatabase.DEFINITION);
            assertThat(vectorizers.list()).extracting(StoredVectorizer::name).containsExactly("posts");
            assertThat(context.getBeanNamesForType(EmbeddingsMapper.class)).hasSize(1);
        });
    }

    /** The starter scans only where nobody else does. */
    @Test
    void a_scan_of_ours_alone_takes_the_applications_own_away() {
        run(OursAloneApplication.class, context -> {
            assertThat(context.getBeanNamesForType(VectorizerMapper.class)).hasSize(1);
            assertThat(context.getBeanNamesForType(NoteMapper.class)).isEmpty();
        });
    }
}
