package dev.pgai.contract.mybatis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.defaults.DefaultSqlSessionFactory;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What MyBatis Generator writes for a table that pgai keeps embeddings in. */
class GeneratedCodeTest {

    private static final String NOTES = "<table schema=\"public\" tableName=\"note%\"/>";

    @TempDir
    private Path directory;

    private PostDatabase database;

    @BeforeEach
    void createDatabase() throws Exception {
        database = new PostDatabase();
        database.execute(
                "create table note (id int primary key, title text, content text)",
                "select ai.create_vectorizer('note'::regclass, name => 'notes',"
                        + " loading => ai.loading_column('content'), chunking => ai.chunking_none(),"
                        + " embedding => ai.embedding_openai('m', 3), destination => ai.destination_column('meaning'))",
                "create view note_view as select id, meaning as sense from note",
                "create view note_view_of_view as select id as key, sense as signification from note_view",
                "insert into note values (1, 'one', 'First.'), (2, 'two', 'Second.')",
                "update note set meaning = '[1,2,3]'");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private Map<String, String> generate(String runtime, String client, String plugin, String tables) throws Exception {
        return Generated.files(database.database(), runtime, client, plugin, directory, tables);
    }

    private Map<String, String> generate(String tables) throws Exception {
        return generate("MyBatis3DynamicSql", "", Generated.PLUGIN.formatted(""), tables);
    }

    @ParameterizedTest
    @CsvSource({
        "MyBatis3DynamicSql, XMLMAPPER",
        "MyBatis3, XMLMAPPER",
        "MyBatis3, ANNOTATEDMAPPER",
        "MyBatis3, MIXEDMAPPER",
        "MyBatis3Simple, XMLMAPPER",
        "MyBatis3Simple, ANNOTATEDMAPPER",
        "MyBatis3Kotlin, XMLMAPPER"
    })
    void no_statement_knows_the_column_of_embeddings(String runtime, String client) throws Exception {
        Map<String, String> files = generate(runtime, client, Generated.PLUGIN.formatted(""), NOTES);

        // Kotlin's list of columns is made before any plugin can tell; it writes nothing.
        files.keySet().removeIf(file -> file.endsWith("DynamicSqlSupport.kt"));
        assertThat(files)
                .hasSizeGreaterThanOrEqualTo(3 * 2)
                .allSatisfy((file, text) -> assertThat(text)
                        .doesNotContainIgnoringCase("meaning")
                        .doesNotContainIgnoringCase("sense")
                        .doesNotContainIgnoringCase("signification"))
                .anySatisfy((file, text) -> assertThat(text).contains("content"));
    }

    /** The code of the other runtimes needs libraries of its own. */
    @Test
    void without_the_plugin_an_update_writes_it() throws Exception {
        generate("MyBatis3", "XMLMAPPER", "", NOTES);

        update();

        assertThat(database.query("select meaning is null from note where id = 1"))
                .isEqualTo("t");
    }

    @Test
    void an_update_and_an_insert_leave_the_embeddings_alone() throws Exception {
        generate("MyBatis3", "XMLMAPPER", Generated.PLUGIN.formatted(""), NOTES);

        update();

        assertThat(database.query("select title || ' ' || (meaning = '[1,2,3]') from note where id = 1"))
                .isEqualTo("new true");
        assertThat(database.query("select content from note where id = 3")).isEqualTo("new content");
    }

    /** A table without a schema may be any of its name. */
    @Test
    void nor_is_it_known_without_a_schema() throws Exception {
        database.execute("create schema app", "create table app.note (id int primary key, meaning text)");

        assertThat(generate("<table tableName=\"note\"/>"))
                .isNotEmpty()
                .allSatisfy((file, text) -> assertThat(text).doesNotContainIgnoringCase("meaning"));
    }

    /** Another's column of the same name is another's. */
    @Test
    void a_column_of_a_users_own_is_known() throws Exception {
        database.execute("create schema app", "create table app.note (id int primary key, meaning text)");

        assertThat(generate("<table schema=\"app\" tableName=\"note\"/>"))
                .anySatisfy((file, text) -> assertThat(text).contains("meaning"));
    }

    @Test
    void nor_is_it_known_of_a_partition() throws Exception {
        database.execute(
                "create table journal (id int primary key, content text) partition by list (id)",
                "create table journal_1 partition of journal for values in (1)",
                "select ai.create_vectorizer('journal'::regclass, name => 'journal',"
                        + " loading => ai.loading_column('content'), chunking => ai.chunking_none(),"
                        + " embedding => ai.embedding_openai('m', 3), destination => ai.destination_column('meaning'))");

        assertThat(generate("<table schema=\"public\" tableName=\"journal%\"/>"))
                .hasSizeGreaterThan(3)
                .allSatisfy((file, text) -> assertThat(text).doesNotContainIgnoringCase("meaning"));
    }

    /** Compiles what was written, and calls it: an update of row 1, an insert of row 3. */
    private void update() throws Exception {
        List<String> sources = new ArrayList<>();
        try (var files = Files.walk(directory)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(sources::add);
        }
        List<String> arguments =
                new ArrayList<>(List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"), "-d"));
        arguments.add(directory.toString());
        arguments.addAll(sources);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .as(String.join(File.pathSeparator, sources))
                .isZero();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Configuration configuration = new Configuration(new Environment(
                    "test", new JdbcTransactionFactory(), database.database().dataSource()));
            Class<?> mapper = loader.loadClass("mapper.NoteMapper");
            configuration.addMapper(mapper);
            try (SqlSession session = new DefaultSqlSessionFactory(configuration).openSession()) {
                Object notes = session.getMapper(mapper);
                mapper.getMethod("updateByPrimaryKey", loader.loadClass("model.Note"))
                        .invoke(notes, note(loader, 1, "new", "First."));
                mapper.getMethod("insert", loader.loadClass("model.Note"))
                        .invoke(notes, note(loader, 3, "three", "new content"));
                session.commit();
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Object note(ClassLoader loader, int id, String title, String content) throws Exception {
        Class<?> type = loader.loadClass("model.Note");
        Object note = type.getConstructor().newInstance();
        type.getMethod("setId", Integer.class).invoke(note, id);
        type.getMethod("setTitle", String.class).invoke(note, title);
        type.getMethod("setContent", String.class).invoke(note, content);
        return note;
    }
}
