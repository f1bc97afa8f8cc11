package dev.pgai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Arguments and variables, without a database. */
class UsageTest {

    private static final String URL = "jdbc:postgresql://localhost:1/none";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new TreeMap<>();

    private int run(String... arguments) {
        return new Cli(
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        null)
                .run(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    static Stream<String> commands() {
        return new CommandLine(new PgaiCommand(new Surroundings(
                        InputStream.nullInputStream(), new Output(System.out, System.err, false), Map.of(), null)))
                .getSubcommands().entrySet().stream()
                        .flatMap(command -> command.getValue().getSubcommands().isEmpty()
                                ? Stream.of(command.getKey())
                                : command.getValue().getSubcommands().keySet().stream()
                                        .map(name -> command.getKey() + " " + name));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void each_command_explains_itself(String command) {
        assertThat(run((command + " --help").split(" ", -1))).isZero();
        assertThat(out()).startsWith("Usage: pgai " + command).contains("64");
        // A file or a script for others is data itself.
        Set<String> others = Set.of("render", "export", "generate-completion");
        assertThat(out().contains("--json")).isEqualTo(!others.contains(command));
        assertThat(err()).isEmpty();
    }

    @Test
    void the_version_is_said() {
        assertThat(run("--version")).isZero();
        assertThat(out()).startsWith("pgai for Java");
    }

    @Test
    void no_command_is_a_usage_error() {
        assertThat(run()).isEqualTo(Cli.USAGE);
        assertThat(err()).isEqualTo("pgai: Which command?\nSee: pgai --help\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void no_database_is_a_usage_error() {
        assertThat(run("status")).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("PGAI_URL", "--url");
    }

    @Test
    void what_is_set_to_nothing_is_not_set() {
        environment.put("PGAI_URL", "");

        assertThat(run("status")).isEqualTo(Cli.USAGE);
    }

    static Stream<List<String>> secrets() {
        return Stream.of(
                List.of("status", "--url", URL + "?password=hunter2"),
                List.of("status", "--url", URL + "?user=me&PassWord=hunter2"),
                List.of("status", "--url", URL + "?sslpassword=hunter2"),
                List.of("status", "--url", "jdbc:postgresql://me:hunter2@localhost/none"),
                List.of("status", "--url", "postgresql://me:hunter2@localhost/none"),
                List.of("status", "--url", URL, "--password", "hunter2"),
                List.of("status", "--url", URL, "--password=hunter2"),
                List.of("status", "--url", URL, "--pasword=hunter2"),
                List.of("status", "--url", URL, "hunter2"),
                List.of("status", URL + "?password=hunter2"),
                List.of("hunter2"),
                List.of("plan", "--price", "jdbc:postgresql://localhost/none?password=hunter2", "-"));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void a_password_among_the_arguments_is_refused_and_not_shown(List<String> arguments) {
        assertThat(run(arguments.toArray(String[]::new))).isEqualTo(Cli.USAGE);
        assertThat(err()).startsWith("pgai: ").doesNotContain("hunter2");
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://localhost/none?password=hunter2",
                "hunter2",
                "jdbc:postgresql://localhost:x/none?password=hunter2",
                "jdbc:postgresql://?service=hunter2"
            })
    void a_variable_that_is_no_url_is_not_shown(String url) {
        environment.put("PGAI_URL", url);

        assertThat(run("status")).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("PGAI_URL is not of the form").doesNotContain("hunter2");
    }

    @Test
    void a_user_is_given_once() {
        environment.put("PGAI_URL", URL + "?user=me");

        assertThat(run("status", "--user", "you")).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("has a user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blog", "blog:", ":REEMBEDS_ROWS", "blog:reembeds_rows", "blog:ALL", ""})
    void a_consent_names_vectorizer_and_hazard(String consent) {
        assertThat(run("apply", "-", "--url", URL, "--consent", consent)).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("REEMBEDS_ROWS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hibernate", "LIQUIBASE", "", "json "})
    void a_tool_that_is_unknown_is_a_usage_error(String tool) {
        assertThat(run("exclusions", "--for", tool, "--url", URL)).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("liquibase", "jooq-sql");
    }

    static Stream<List<String>> optionsOfGenerate() {
        return Stream.of(
                List.of("--for = \"flyway7\" is refused: it is one of flyway, flyway-java", "--for=flyway7"),
                List.of(
                        "--format = \"yml\" is refused: it is one of xml, yaml, json",
                        "--for=liquibase",
                        "--format=yml"),
                List.of(
                        "--format = \"xml\" is refused: it is an option of --for liquibase",
                        "--for=sql",
                        "--format=xml"),
                List.of("--author = \"me\" is refused: it is an option", "--for=flyway", "--author=me"),
                List.of(
                        "--package = \"a.b\" is refused: it is an option of --for flyway-java",
                        "--for=flyway",
                        "--package=a.b"),
                List.of("--package = \"a-b\" is refused: it is no name", "--for=flyway-java", "--package=a-b"),
                List.of("--name = \"a-b\" is refused", "--for=flyway", "--name=a-b"),
                List.of("--migration-version = \"v5\" is refused", "--for=flyway", "--migration-version=v5"),
                List.of("--migration-version = \"5.1\" is refused", "--for=mybatis", "--migration-version=5.1"),
                List.of("--stdout writes no file", "--for=sql", "--stdout", "--directory=."),
                List.of("--consent = \"blog\" is refused", "--for=sql", "--consent=blog"));
    }

    @ParameterizedTest
    @MethodSource("optionsOfGenerate")
    void an_option_of_generate_is_refused_by_its_name(List<String> arguments) {
        List<String> given = new ArrayList<>(List.of("generate", "-", "--url", URL));
        given.addAll(arguments.subList(1, arguments.size()));

        assertThat(run(given.toArray(String[]::new))).isEqualTo(Cli.USAGE);
        assertThat(err()).startsWith("pgai: " + arguments.get(0));
        assertThat(out()).isEmpty();
    }

    @Test
    void a_tool_to_generate_for_is_required() {
        assertThat(run("generate", "-", "--url", URL)).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("--for");
    }

    @Test
    void a_directory_that_is_not_there_is_an_error_before_a_database_is_asked() {
        assertThat(run("generate", "-", "--url", URL, "--for=sql", "--directory=absent"))
                .isEqualTo(Cli.ERROR);
        assertThat(err()).startsWith("pgai: --directory = absent is refused: there is no such directory");
        assertThat(run("export", "--url", URL, "--java=a.B", "--directory=absent"))
                .isEqualTo(Cli.ERROR);
    }

    @Test
    void a_class_to_export_has_a_name_and_json_no_directory() {
        assertThat(run("export", "--url", URL, "--java=a-b")).isEqualTo(Cli.USAGE);
        assertThat(err()).startsWith("pgai: --java = \"a-b\" is refused: it is no name of a class");
        assertThat(run("export", "--url", URL, "--directory=.")).isEqualTo(Cli.USAGE);
    }

    @Test
    void a_price_below_zero_is_refused() {
        assertThat(run("plan", "-", "--url", URL, "--price=-1")).isEqualTo(Cli.USAGE);
        assertThat(err()).contains("--price = -1", "0 or more");
    }

    static Stream<List<String>> numbersOutOfRange() {
        return Stream.of(
                List.of("--characters-per-token = 0.0", "plan", "-", "--price=1", "--characters-per-token=0"),
                List.of("--wait = -1", "apply", "-", "--wait=-1"),
                List.of("--wait = -1", "replace", "complete", "blog", "--wait=-1"),
                List.of("--watch = 0", "status", "--watch=0"),
                List.of("--watch = 0", "replace", "status", "--watch=0"));
    }

    @ParameterizedTest
    @MethodSource("numbersOutOfRange")
    void a_number_out_of_range_is_named_with_its_option(List<String> arguments) {
        List<String> given = new ArrayList<>(arguments.subList(1, arguments.size()));
        given.addAll(List.of("--url", URL));

        assertThat(run(given.toArray(String[]::new))).isEqualTo(Cli.USAGE);
        assertThat(err()).contains(arguments.get(0) + " is refused");
    }

    @Test
    void a_file_that_is_not_there_is_an_error() {
        assertThat(run("render", "absent.json")).isEqualTo(Cli.ERROR);
        assertThat(err()).isEqualTo("pgai: absent.json: There is no such file.\n");
    }
}
