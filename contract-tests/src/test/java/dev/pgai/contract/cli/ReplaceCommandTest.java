package dev.pgai.contract.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.cli.Shell.Ended;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.VectorizerJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code replace}. */
class ReplaceCommandTest {

    private static final String LARGE =
            "[" + Shell.BLOG.replace("\"m\", \"dimensions\": 3", "\"large\", \"dimensions\": 5") + "]";

    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("pgai ([^#]*?) *(?:#(?:.*ends with (\\d+))?.*)?");

    private final Shell shell;
    private final Pgai pgai;

    ReplaceCommandTest() throws SQLException {
        shell = new Shell();
        pgai = Pgai.on(shell.database().dataSource());
        pgai.create(VectorizerJson.read(Shell.BLOG));
        drain("blog");
    }

    private void drain(String vectorizer) {
        TestWorker.of(shell.database(), vectorizer).drain();
    }

    @AfterEach
    void closeShell() {
        shell.close();
    }

    @Test
    void the_page_does_what_it_says(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("changed.json"), LARGE);
        Matcher block = BLOCK.matcher(Files.readString(Path.of("../docs/replace.md")));
        assertThat(block.find()).isTrue();
        List<String> lines = block.group(1).lines().toList();
        assertThat(lines).hasSize(4);
        for (String line : lines) {
            Matcher command = LINE.matcher(line);
            assertThat(command.matches()).as(line).isTrue();
            String[] arguments =
                    command.group(1).replace("changed.json", file.toString()).split(" +", -1);
            Ended ended = shell.run("", arguments);
            assertThat(ended.code())
                    .as(line + ": " + ended)
                    .isEqualTo(command.group(2) == null ? 0 : Integer.parseInt(command.group(2)));
            if (line.contains("status")) {
                assertThat(ended.out()).startsWith("blog__next fills to replace blog: 0 of 4 rows are embedded");
                drain("blog__next");
            }
        }
        assertThat(shell.query("select distinct vector_dims(embedding) from public.blog_embeddings"))
                .isEqualTo("5");
    }

    @Test
    void what_it_does_and_how_far_it_is_as_json() throws SQLException {
        Ended refused = shell.run(LARGE, "replace", "start", "-");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("--consent 'blog:REEMBEDS_ROWS'", "Nothing was done");
        assertThat(shell.query("select count(*) from ai.vectorizer")).isEqualTo("1");

        Ended started = start("--json");
        assertThat(started.out())
                .startsWith(
                        "{\"vectorizer\":\"blog\",\"id\":1,\"next\":\"blog__next\",\"next_id\":2,\"phase\":\"filling\",")
                .endsWith("\"rows\":4,\"missing\":4,\"pending\":4,\"failed\":0,\"obstacles\":[],\"ready\":false}\n");
        assertThat(shell.run("", "replace", "status", "blog", "--json").out())
                .isEqualTo("[" + started.out().strip() + "]\n");
        Ended early = shell.run("", "replace", "complete", "blog");
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err()).contains("4 of 4 rows", "blog:SEARCH_GAP");

        drain("blog__next");
        assertThat(shell.run("", "replace", "status", "--watch", "1").out()).contains("Ready: complete it");
        Ended completed = shell.run("", "replace", "complete", "blog", "--json", "--wait", "5");

        assertThat(completed.out())
                .startsWith(
                        "{\"vectorizer\":\"blog\",\"applied\":[{\"change\":\"complete the replacement of vectorizer")
                .contains("drop vectorizer");
        assertThat(shell.run("", "replace", "status"))
                .isEqualTo(new Ended(0, "No replacement has been started.\n", ""));
        assertThat(shell.run(LARGE, "drift", "-").code()).isZero();
    }

    @Test
    void what_is_in_the_way_is_named() throws SQLException {
        shell.execute("create view public.mine as select id from public.blog_embeddings");
        assertThat(start().err())
                .contains("--vectorizer-id 2", "cannot be undone", "WARNING", "view public.mine reads");
        drain("blog__next");

        assertThat(shell.run("", "replace", "status").out()).contains("  in the way: view public.mine reads");
        Ended ended = shell.run("", "replace", "complete", "blog", "--consent", "blog:SEARCH_GAP");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("view public.mine reads");
    }

    @Test
    void what_fills_is_no_part_of_what_is_exported() {
        start();

        String exported = shell.run("", "export").out();

        assertThat(exported).contains("\"blog\"").doesNotContain("blog__next");
        assertThat(shell.run(exported, "drift", "-"))
                .returns(0, Ended::code)
                .extracting(Ended::out)
                .asString()
                .contains("WARNING REPLACEMENT_UNDER_WAY", "Complete the replacement");
        assertThat(shell.run("", "export", "blog__next").out()).contains("blog__next");
    }

    @Test
    void an_abort_leaves_all_as_it_was() throws SQLException {
        start();

        assertThat(shell.run("", "replace", "abort", "blog"))
                .isEqualTo(new Ended(0, "Aborted the replacement of vectorizer blog\n", ""));
        assertThat(shell.run("", "replace", "abort", "blog").err()).contains("No replacement of vectorizer \"blog\"");
        assertThat(shell.query("select count(*) from ai.vectorizer")).isEqualTo("1");
    }

    @Test
    void which_one_must_be_said() {
        String other = Shell.BLOG
                .replace("\"blog\", \"source\"", "\"other\", \"source\"")
                .replace("blog_embeddings", "other_embeddings");
        String two = LARGE.replace("]", "," + other + "]");

        assertThat(shell.run(two, "replace", "start", "-").code()).isEqualTo(64);
        assertThat(shell.run(two, "replace", "start", "-", "third").err()).contains("NAME = third is refused");
        assertThat(shell.run(two, "replace", "start", "-", "blog", "--consent", "blog:REEMBEDS_ROWS")
                        .code())
                .isZero();
        assertThat(shell.run("", "replace").err()).contains("start, status, complete or abort");
        assertThat(shell.run("", "replace", "complete", "blog", "--wait", "-1").code())
                .isEqualTo(64);
        assertThat(shell.run("", "replace", "status", "--watch", "0").code()).isEqualTo(64);
    }

    private Ended start(String... options) {
        List<String> arguments = new ArrayList<>(List.of("replace", "start", "-", "--consent", "blog:REEMBEDS_ROWS"));
        arguments.addAll(List.of(options));
        Ended ended = shell.run(LARGE, arguments.toArray(String[]::new));
        assertThat(ended.code()).as(ended.toString()).isZero();
        return ended;
    }
}
