package dev.pgai.contract.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.cli.Shell.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what docs/cli.md shows, in its order. */
class CliPageTest {

    private static final Path PAGE = Path.of("../docs/cli.md");
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINE =
            Pattern.compile("pgai ([^#>]*?) *(?:> (\\S+) *)?(?:#.*?(?:ends with (\\d+))?)?");

    private static final String DIRECTORY = "migrations";

    @Test
    void the_page_does_what_it_says(@TempDir Path folder) throws Exception {
        String page = Files.readString(PAGE);
        Matcher file = FILE.matcher(page);
        assertThat(file.find()).isTrue();
        Files.writeString(folder.resolve("vectorizers.json"), file.group(1));
        Files.writeString(
                folder.resolve("changed.json"),
                file.group(1)
                        .replace(
                                "\"destination\": {",
                                "\"formatting\": {\"implementation\": \"python_template\", \"template\": \"$title: $chunk\"},"
                                        + " \"destination\": {"));
        Files.createDirectory(folder.resolve(DIRECTORY));
        int lines = 0;
        try (Shell shell = new Shell()) {
            for (Matcher block = BLOCK.matcher(page); block.find(); ) {
                for (String line : block.group(1).lines().toList()) {
                    run(shell, folder, line);
                    lines++;
                }
            }
        }
        assertThat(lines).isGreaterThan(15);
        assertThat(folder.resolve(DIRECTORY)).isNotEmptyDirectory();
    }

    private static void run(Shell shell, Path folder, String line) throws Exception {
        Matcher command = LINE.matcher(line);
        assertThat(command.matches()).as(line).isTrue();
        List<String> arguments = new ArrayList<>();
        for (String word : command.group(1).split(" +", -1)) {
            arguments.add(
                    word.endsWith(".json") || word.equals(DIRECTORY)
                            ? folder.resolve(word).toString()
                            : word);
        }
        Ended ended = shell.run("", arguments.toArray(String[]::new));

        assertThat(ended.code())
                .as(line + ": " + ended)
                .isEqualTo(command.group(3) == null ? 0 : Integer.parseInt(command.group(3)));
        if (command.group(2) != null) {
            Files.writeString(folder.resolve(command.group(2)), ended.out());
        }
    }
}
