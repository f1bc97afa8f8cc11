package dev.pgai.contract.cli;

import static dev.pgai.contract.cli.Shell.BLOG;
import static dev.pgai.contract.cli.Shell.IN_LARGER_CHUNKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.cli.Terminal;
import dev.pgai.contract.cli.Shell.Ended;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.vectorizer.VectorizerJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private static final String ALL = "[" + BLOG + "]";

    private final Shell shell;
    private final Pgai pgai;

    CommandsTest() throws SQLException {
        shell = new Shell();
        pgai = Pgai.on(shell.database().dataSource());
    }

    @AfterEach
    void closeShell() {
        shell.close();
    }

    @Test
    void what_is_rendered_creates_the_vectorizers() throws SQLException {
        Ended ended = shell.without("PGAI_URL").run(ALL, "render", "-");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines()).isNotEmpty().allMatch(line -> line.endsWith(";"));
        for (String line : ended.out().lines().toList()) {
            shell.execute(line);
        }
        assertThat(pgai.exists("blog")).isTrue();
    }

    @Test
    void a_check_says_what_is_wrong() throws SQLException {
        assertThat(shell.run(ALL, "check", "-")).isEqualTo(new Ended(0, "No problem in 1 definition.\n", ""));

        shell.execute("alter table public.blog rename content to text");

        Ended ended = shell.run(ALL, "check", "-");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).startsWith("ERROR LOADING_COLUMN_MISSING: vectorizer \"blog\": loading.column_name:");
        assertThat(shell.run(ALL, "check", "--json", "-").out())
                .startsWith("[{\"vectorizer\":\"blog\",\"problems\":[{\"severity\":\"error\",")
                .endsWith("}]\n");
    }

    @Test
    void what_is_there_as_defined_is_no_problem() {
        pgai.create(VectorizerJson.read(BLOG));

        assertThat(shell.run(ALL, "check", "-").code()).isZero();
    }

    @Test
    void a_plan_is_carried_out_and_there_is_no_drift_then() {
        Ended plan = shell.run(ALL, "plan", "-");
        assertThat(plan.code()).isZero();
        assertThat(plan.out()).contains("1. Create vectorizer \"blog\"");
        Ended drift = shell.run(ALL, "drift", "-");
        assertThat(drift.code()).isEqualTo(2);
        assertThat(drift.out()).isEqualTo(plan.out());

        Ended applied = shell.run(ALL, "apply", "-", "--fingerprint", fingerprint(plan));

        assertThat(applied.err()).isEmpty();
        assertThat(applied.code()).isZero();
        assertThat(applied.out()).startsWith(plan.out()).contains("Done: ");
        assertThat(pgai.exists("blog")).isTrue();
        assertThat(shell.run(ALL, "drift", "-"))
                .isEqualTo(new Ended(0, "Nothing to do: the database is as desired.\n", ""));
        assertThat(shell.run(ALL, "apply", "-", "--json").out())
                .startsWith("{\"plan\":{\"format_version\":1,")
                .endsWith(",\"applied\":[]}\n");
    }

    private static String fingerprint(Ended plan) {
        Matcher found = Pattern.compile("fingerprint ([0-9a-f]{32})").matcher(plan.out());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void an_outdated_fingerprint_is_refused() throws SQLException {
        String old = fingerprint(shell.run(ALL, "plan", "-"));

        Ended ended = shell.run("[" + IN_LARGER_CHUNKS + "]", "apply", "-", "--fingerprint", old);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains(old, "Nothing was done");
        assertThat(shell.query("select count(*) from ai.vectorizer")).isEqualTo("0");
    }

    @Test
    void what_nobody_has_agreed_to_is_not_done() {
        pgai.create(VectorizerJson.read(BLOG));
        String larger = "[" + IN_LARGER_CHUNKS + "]";

        Ended refused = shell.run(larger, "apply", "-");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("--consent 'blog:REEMBEDS_ROWS'");
        assertThat(shell.run(larger, "apply", "-", "--dry-run").code()).isEqualTo(1);
        assertThat(shell.run(larger, "apply", "-", "--consent", "other:REEMBEDS_ROWS")
                        .code())
                .isEqualTo(1);
        assertThat(shell.run(larger, "drift", "-").code()).isEqualTo(2);

        Ended dry = shell.run(larger, "apply", "-", "--dry-run", "--consent", "blog:REEMBEDS_ROWS");
        assertThat(dry.code()).isZero();
        assertThat(dry.out()).doesNotContain("Done");
        assertThat(shell.run(larger, "drift", "-").code()).isEqualTo(2);

        Ended done = shell.run(larger, "apply", "-", "--consent", "blog:REEMBEDS_ROWS");
        assertThat(done.err()).isEmpty();
        assertThat(done.code()).isZero();
        assertThat(shell.run(larger, "drift", "-").code()).isZero();
    }

    @Test
    void who_sits_at_a_terminal_is_asked_and_ci_is_not() {
        pgai.create(VectorizerJson.read(BLOG));
        String larger = "[" + IN_LARGER_CHUNKS + "]";
        List<String> asked = new ArrayList<>();
        shell.with("NO_COLOR", "1").with("CI", "true").at(answering("y", asked));

        assertThat(shell.run(larger, "apply", "-").code()).isEqualTo(1);
        assertThat(asked).isEmpty();

        assertThat(shell.without("CI")
                        .at(answering("n", asked))
                        .run(larger, "apply", "-")
                        .code())
                .isEqualTo(1);
        assertThat(asked).containsExactly("Vectorizer \"blog\": rows are embedded and paid for again. Agreed? [y/N] ");
        assertThat(shell.at(answering("y", asked)).run(larger, "apply", "-").code())
                .isZero();
        assertThat(shell.run(larger, "drift", "-").code()).isZero();
    }

    private static Terminal answering(String answer, List<String> asked) {
        return new Terminal(
                question -> {
                    asked.add(question);
                    return answer;
                },
                question -> {
                    asked.add(question);
                    return answer.toCharArray();
                });
    }

    @Test
    void a_plan_with_errors_ends_with_one_and_is_drift() {
        pgai.create(VectorizerJson.read(BLOG));
        String renamed = "[" + BLOG.replace("\"name\": \"blog\"", "\"name\": \"articles\"") + "]";

        assertThat(shell.run(renamed, "plan", "-").code()).isEqualTo(1);
        assertThat(shell.run(renamed, "drift", "-").code()).isEqualTo(2);
        Ended refused = shell.run(renamed, "apply", "-");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("The plan has 1 error. Nothing was done.");
    }

    @Test
    void a_plan_is_written_for_programs_and_for_pull_requests() {
        pgai.create(VectorizerJson.read(BLOG));
        String other = "[" + BLOG.replace("\"m\"", "\"n|@all`<b>\"") + "]";

        assertThat(shell.run(other, "plan", "-", "--json", "--price", "0.02").out())
                .startsWith("{\"format_version\":1,\"fingerprint\":\"")
                .contains("\"cost\":\"");
        Ended markdown = shell.run(other, "plan", "-", "--markdown", "--price", "0.02");
        assertThat(markdown.code()).isZero();
        assertThat(markdown.out())
                .startsWith(
                        "### Vectorizers: 1 step\n\n| step | because | what comes of it | rows to embed | cost at most |")
                .contains(
                        "&#64;all&#96;&#60;b&#62;",
                        "| 4 |",
                        "To agree to: blog:LOSES&#95;EMBEDDINGS, blog:REEMBEDS&#95;ROWS")
                .doesNotContain("@all", "<b>");
        assertThat(shell.run(other, "plan", "-", "--json", "--markdown").code()).isEqualTo(64);
    }

    /** Whoever reads the source here writes a row: the server lets nobody. */
    @Test
    void drift_cannot_write() throws SQLException {
        pgai.create(VectorizerJson.read(BLOG));
        String role = shell.database().name() + "_reader";
        shell.execute(
                "create table public.trap (at timestamptz default now())",
                "create function public.spring() returns boolean language sql volatile"
                        + " as 'insert into public.trap default values returning true'",
                "create policy trap on ai.vectorizer using (public.spring())",
                "alter table ai.vectorizer enable row level security",
                "create role " + role + " login password 'a reader of no secrets'");
        try {
            shell.execute(
                    "grant usage on schema ai, public to " + role,
                    "grant select on all tables in schema ai to " + role,
                    "grant select on public.blog to " + role,
                    "grant insert, select on public.trap to " + role);
            shell.with("PGAI_USER", role).with("PGAI_PASSWORD", "a reader of no secrets");
            String larger = "[" + IN_LARGER_CHUNKS + "]";

            for (String command : List.of("drift", "plan")) {
                Ended ended = shell.run(larger, command, "-");
                assertThat(ended.code()).as(ended.toString()).isEqualTo(1);
                assertThat(ended.err()).contains("read-only transaction");
            }
            assertThat(shell.query("select count(*) from public.trap")).isEqualTo("0");
            try (Connection connection = shell.database().connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("set role " + role);
                Pgai.on(connection).plan(DesiredState.read(larger));
            }
            assertThat(shell.query("select count(*) > 0 from public.trap"))
                    .as("the trap works")
                    .isEqualTo("t");
        } finally {
            shell.execute("drop owned by " + role, "drop role " + role);
        }
    }

    @Test
    void missing_rights_are_an_error_and_no_drift() throws SQLException {
        String role = shell.database().name() + "_nobody";
        shell.execute("create role " + role + " login password 'of no rights at all'");
        try {
            shell.with("PGAI_USER", role).with("PGAI_PASSWORD", "of no rights at all");

            Ended ended = shell.run(ALL, "drift", "-");
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).contains(role);
            assertThat(shell.run("", "exclusions", "--for", "liquibase").code()).isEqualTo(1);

            List<String> asked = new ArrayList<>();
            shell.without("PGAI_PASSWORD").with("NO_COLOR", "1").at(answering("of no rights at all", asked));
            assertThat(shell.run(ALL, "drift", "-").err()).contains(role);
            assertThat(asked)
                    .containsExactly("Password for " + shell.place().substring("jdbc:postgresql://".length()) + ": ");
            shell.with("CI", "true");
            assertThat(shell.run(ALL, "drift", "-").err()).startsWith("pgai: Cannot connect to ");
        } finally {
            shell.execute("drop role " + role);
        }
    }

    @Test
    void a_damage_is_seen_and_repaired() throws SQLException {
        pgai.create(VectorizerJson.read(BLOG));
        assertThat(shell.run("", "inspect")).isEqualTo(new Ended(0, "blog: whole\n", ""));
        shell.execute("drop view public.blog_embeddings");

        assertThat(shell.run("", "inspect", "blog").out()).startsWith("blog: 1 damage\nERROR VIEW_MISSING, ");
        assertThat(shell.run("", "inspect", "--json").out())
                .startsWith("[{\"vectorizer\":\"blog\",\"whole\":false,\"damages\":[{\"severity\":\"error\",");
        assertThat(shell.run("", "status").out().lines()).last().asString().endsWith("VIEW_MISSING");
        assertThat(shell.run("", "repair", "blog")).isEqualTo(new Ended(0, "blog: repaired\n", ""));
        assertThat(shell.run("", "repair", "blog", "--json"))
                .isEqualTo(new Ended(0, "{\"vectorizer\":\"blog\",\"repaired\":false,\"warnings\":[]}\n", ""));
        assertThat(shell.run("", "repair", "other").code()).isEqualTo(1);
        assertThat(shell.run("", "inspect", "other").code()).isEqualTo(1);
    }

    @Test
    void what_is_exported_is_no_drift() {
        pgai.create(VectorizerJson.read(IN_LARGER_CHUNKS));
        pgai.create(VectorizerJson.read(BLOG.replace("\"name\": \"blog\"", "\"name\": \"other\"")
                .replace("blog_embeddings", "other")
                .replace("\"m\"", "\"é \\u202e\\n'\\\"\"")));

        Ended exported = shell.run("", "export");

        assertThat(exported.err()).isEmpty();
        assertThat(exported.code()).isZero();
        assertThat(DesiredState.read(exported.out()).definitions()).hasSize(2);
        Ended drift = shell.run(exported.out(), "drift", "-");
        assertThat(drift.code()).as(drift.out()).isZero();
        assertThat(DesiredState.read(shell.run("", "export", "blog").out()).definitions())
                .hasSize(1);
        assertThat(shell.run("", "export", "blog", "none"))
                .isEqualTo(new Ended(1, "", "pgai: There is no vectorizer \"none\".\n"));
    }

    @Test
    void names_do_not_reach_a_terminal_as_commands() throws SQLException {
        pgai.create(VectorizerJson.read(BLOG));
        shell.execute(
                "alter table ai.vectorizer drop constraint vectorizer_name_check",
                "update ai.vectorizer set name = E'b\\x1b[2J\\n\\u202e'");

        for (String command : List.of("status", "inspect")) {
            assertThat(shell.run("", command).out())
                    .contains("b\\u001b[2J\\n\\u202e")
                    .doesNotContain("\u001b", "\u202e");
        }
        assertThat(shell.run("[]", "plan", "-").out()).contains("\\u001b").doesNotContain("\u001b");
        assertThat(shell.run("", "repair", "\u001b[31m").err()).doesNotContain("\u001b");
    }

    @Test
    void colours_are_for_a_terminal_that_wants_them() throws SQLException {
        pgai.create(VectorizerJson.read(BLOG));
        shell.execute("drop view public.blog_embeddings");
        Terminal terminal = answering("", new ArrayList<>());

        assertThat(shell.at(terminal).run("", "inspect").out()).contains("\u001b[31mERROR VIEW_MISSING\u001b[0m");
        assertThat(shell.with("NO_COLOR", "1").run("", "inspect").out()).doesNotContain("\u001b");
        assertThat(shell.without("NO_COLOR").at(null).run("", "inspect").out()).doesNotContain("\u001b");
    }

    @Test
    void a_status_says_how_far_it_is() {
        pgai.create(VectorizerJson.read(BLOG));
        pgai.disable("blog");

        assertThat(shell.run("", "status").out()).isEqualTo("""
                vectorizer  enabled  pending  failed  errors  damage
                blog        no       4        0       0
                """);
        assertThat(shell.run("", "status", "--json").out())
                .isEqualTo(
                        "[{\"vectorizer\":\"blog\",\"enabled\":false,\"pending\":{\"rows\":4,\"exact\":true},"
                                + "\"failed\":{\"rows\":0,\"exact\":true},\"errors\":{\"rows\":0,\"exact\":true},\"damages\":[]}]\n");
        assertThat(shell.run("", "status", "--watch", "0").code()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"liquibase", "atlas", "redgate", "jooq", "jooq-sql", "schemas", "names", "json"})
    void objects_are_listed_for_tools(String tool) {
        pgai.create(VectorizerJson.read(BLOG));

        Ended ended = shell.run("", "exclusions", "--for", tool);

        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains(tool.equals("schemas") ? "ai" : tool.equals("jooq-sql") ? "vectorizer" : "blog");
        assertThat(ended.err()).isNotEmpty();
        assertThat(shell.without("PGAI_URL")
                        .run(ALL, "exclusions", "--for", tool, "--json", "--declared", "-")
                        .out())
                .startsWith("{\"format\":\"" + tool + "\",\"text\":\"");
    }

    @Test
    void a_wheel_that_is_none_is_an_error(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("pgai.whl"), "no zip");

        assertThat(shell.run("", "install", file.toString()).code()).isEqualTo(1);
        assertThat(shell.run("", "install", "absent.whl").err()).contains("absent.whl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[{}]", "{\"vectorizers\": [], \"removd\": []}", "[1]", "\u0000"})
    void a_file_that_is_none_of_definitions_is_an_error(String text) {
        for (String command : List.of("render", "check", "plan", "apply", "drift", "generate --for=sql")) {
            Ended ended = shell.run(text, (command + " -").split(" "));
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).startsWith("pgai: standard input: ");
            assertThat(ended.out()).isEmpty();
        }
    }
}
