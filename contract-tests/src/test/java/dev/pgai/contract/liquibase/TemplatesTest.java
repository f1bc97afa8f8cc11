package dev.pgai.contract.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import liquibase.integration.spring.SpringLiquibase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.DefaultResourceLoader;

/** To Liquibase and to Python, a dollar and a name in braces are something to be replaced. */
class TemplatesTest {

    private static final String PROPERTY = "pgai_test_title";

    /** The name of an environment variable, in another case. */
    private static final String VARIABLE = System.getenv().keySet().stream()
            .filter(name -> name.matches("[A-Z]+") && !System.getenv(name).isEmpty())
            .sorted()
            .findFirst()
            .orElseThrow()
            .toLowerCase(Locale.ROOT);

    @TempDir
    private Path directory;

    private final TestDatabase database = TestDatabases.standard().create();
    private final Pgai pgai = Pgai.on(database.dataSource());
    private LiquibaseCommands liquibase;

    @BeforeEach
    void create() throws SQLException {
        liquibase = new LiquibaseCommands(directory);
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table public.blog (id int primary key, content text, title text, " + VARIABLE
                    + " text, " + PROPERTY + " text)");
        }
    }

    @AfterEach
    void close() {
        System.clearProperty(PROPERTY);
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "yaml", "json"})
    void are_not_filled_in_by_the_environment(String format) throws Exception {
        write(format, "${title} ${" + VARIABLE + "} $chunk");

        for (String command : List.of("validate", "update", "updateSql")) {
            assertThatThrownBy(() -> run(command, format))
                    .hasStackTraceContaining("createVectorizer: formatting.template = \"${title} ${" + VARIABLE
                            + "} $chunk\" is refused: Liquibase replaces ${" + VARIABLE
                            + "} by the environment variable " + VARIABLE.toUpperCase(Locale.ROOT))
                    .hasStackTraceContaining("Write $" + VARIABLE + " for the column")
                    .hasMessageNotContaining(System.getenv(VARIABLE.toUpperCase(Locale.ROOT)));
        }
        assertThat(pgai.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "yaml", "json"})
    void are_not_filled_in_by_properties_of_the_jvm(String format) throws Exception {
        System.setProperty(PROPERTY, "");
        write(format, "${ " + PROPERTY.toUpperCase(Locale.ROOT) + " } $chunk");

        assertThatThrownBy(() -> run("update", format))
                .hasStackTraceContaining("by the property " + PROPERTY.toUpperCase(Locale.ROOT) + " of the JVM");
    }

    @Test
    void are_not_emptied_where_there_is_no_such_parameter() throws Exception {
        liquibase.with("liquibase.missingPropertyMode", "empty");
        write("yaml", "${title}: $chunk");

        assertThatThrownBy(() -> run("update", "yaml"))
                .hasStackTraceContaining("Liquibase replaces ${title} by nothing, because there is no such parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "yaml", "json"})
    void stay_as_they_are_where_nothing_has_the_name(String format) throws Exception {
        assertThat(stored(format, "${title}: $title $" + VARIABLE + " $$ $chunk"))
                .isEqualTo("${title}: $title $" + VARIABLE + " $$ $chunk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "yaml", "json"})
    void take_parameters_that_the_changelog_declares(String format) throws Exception {
        assertThat(stored(format, "${prefix} ${title}: $chunk")).isEqualTo("A blog ${title}: $chunk");
    }

    /** No other option means anything by it. */
    @Test
    void other_options_take_what_liquibase_takes() throws Exception {
        System.setProperty(PROPERTY, "8");
        write("yaml", "$chunk");
        Path changelog = directory.resolve("changelog.yaml");
        Files.writeString(
                changelog,
                Files.readString(changelog).replace("\"dimensions\": 3", "\"dimensions\": \"${" + PROPERTY + "}\""));

        run("update", "yaml");

        assertThat(query("select config->'embedding'->>'dimensions' from ai.vectorizer"))
                .isEqualTo("8");
    }

    @Test
    void are_found_in_changelogs_that_are_included() throws Exception {
        write("yaml", "${" + VARIABLE + "}: $chunk");
        Files.writeString(directory.resolve("root.xml"), Changelogs.xml("<include file=\"changelog.yaml\"/>"));

        assertThatThrownBy(() -> liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "root.xml")))
                .hasStackTraceContaining("by the environment variable");
    }

    @Test
    void are_found_on_the_class_path_of_spring() throws Exception {
        write("yaml", "${" + VARIABLE + "}: $chunk");
        SpringLiquibase spring = new SpringLiquibase();
        spring.setDataSource(database.dataSource());
        spring.setChangeLog("classpath:/changelog.yaml");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            spring.setResourceLoader(new DefaultResourceLoader(loader));

            assertThatThrownBy(spring::afterPropertiesSet).hasStackTraceContaining("by the environment variable");
        }
    }

    /** The definition of a drop is for its rollback. */
    @Test
    void are_looked_at_in_a_drop_too() throws Exception {
        write("yaml", "$chunk");
        run("update", "yaml");
        Path changelog = directory.resolve("changelog.yaml");
        String create = Files.readString(changelog);
        String drop = create.substring(create.indexOf("- {\"changeSet\""))
                .replace("\"createVectorizer\": {", "\"dropVectorizer\": {\"name\": \"v\", \"definition\": {")
                .replace("}]}}", "}}]}}")
                .replace("\"id\": 1", "\"id\": 2")
                .replace("$chunk", "${" + VARIABLE + "} $chunk");
        Files.writeString(changelog, create + drop);

        assertThatThrownBy(() -> run("update", "yaml"))
                .hasStackTraceContaining("dropVectorizer: formatting.template = \"${" + VARIABLE + "} $chunk\"");
    }

    private String stored(String format, String template) throws Exception {
        write(format, template);
        run("update", format);
        return query("select config->'formatting'->>'template' from ai.vectorizer");
    }

    private void run(String command, String format) throws Exception {
        liquibase.run(command, LiquibaseCommands.on(database, "changelogFile", "changelog." + format));
    }

    private void write(String format, String template) throws Exception {
        String body = format.equals("xml")
                ? Changelogs.xml("""
                        <property name="prefix" value="A blog"/>
                        <changeSet author="test" id="1">
                          <pgai:createVectorizer name="v">
                            <pgai:source schema="public" table="blog"/>
                            <pgai:loading implementation="column" column_name="content"/>
                            <pgai:embedding implementation="openai" model="m" dimensions="3"/>
                            <pgai:formatting implementation="python_template" template="%s"/>
                          </pgai:createVectorizer>
                        </changeSet>
                        """.formatted(template))
                : (format.equals("json") ? "{\"databaseChangeLog\": [" : "databaseChangeLog:\n- ")
                        + "{\"property\": {\"name\": \"prefix\", \"value\": \"A blog\"}}"
                        + (format.equals("json") ? ",\n" : "\n- ")
                        + "{\"changeSet\": {\"id\": 1, \"author\": \"test\", \"changes\": [{\"createVectorizer\": {"
                        + "\"name\": \"v\", \"source\": {\"schema\": \"public\", \"table\": \"blog\"},"
                        + " \"loading\": {\"implementation\": \"column\", \"column_name\": \"content\"},"
                        + " \"embedding\": {\"implementation\": \"openai\", \"model\": \"m\", \"dimensions\": 3},"
                        + " \"formatting\": {\"implementation\": \"python_template\", \"template\": \"" + template
                        + "\"}}}]}}" + (format.equals("json") ? "]}" : "\n");
        Files.writeString(directory.resolve("changelog." + format), body);
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
