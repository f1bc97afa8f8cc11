package dev.pgai.contract.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.cli.Shell.Ended;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a command is given as an argument or in a file, nothing of it is executed, and a mistake is told in a sentence.
 */
class HostileArgumentsOfCommandsTest {

    /** As the help of each command has them, so that one that is new is tried. */
    private static final Pattern OPTION = Pattern.compile("(--[a-z-]+)=[A-Z]+");

    private static final Pattern COMMAND = Pattern.compile("^  ([a-z]+) ", Pattern.MULTILINE);

    private static final List<String> TEXTS = List.of(
            "'; select public.canary(); --",
            "\\'; select public.canary(); --",
            "\"; select public.canary(); --",
            "$$; select public.canary(); $$",
            "x:REEMBEDS_ROWS'; select public.canary(); --",
            "${sys:user.name} ${env:PGAI_PASSWORD} @/etc/hostname %s %n {0}",
            "@/etc/hostname",
            "-1",
            "1e999999999",
            "NaN",
            "--",
            "--no-such-option",
            "",
            "\u202e\u2066é\ud83d\ude00\n\r\t",
            "x".repeat(100_000));

    private static Shell shell;

    record Argument(String command, String option) {}

    @BeforeAll
    static void createDatabase() throws SQLException {
        shell = new Shell();
        shell.execute(
                "create sequence public.called",
                "create function public.canary() returns text language sql as 'select nextval(''public.called'')::text'");
    }

    @AfterAll
    static void dropDatabase() {
        shell.close();
    }

    static List<Argument> arguments() throws SQLException {
        List<Argument> arguments = new ArrayList<>();
        try (Shell helping = new Shell()) {
            for (String command :
                    found(COMMAND, helping.run("", "--help").out()).toList()) {
                arguments.add(new Argument(command, ""));
                found(OPTION, helping.run("", command, "--help").out())
                        .distinct()
                        .filter(option -> !option.equals("--watch"))
                        .forEach(option -> arguments.add(new Argument(command, option)));
            }
        }
        return arguments;
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    @Test
    void all_commands_are_asked() throws SQLException {
        assertThat(arguments())
                .contains(new Argument("apply", "--consent"), new Argument("repair", ""))
                .hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void a_mistake_is_told_in_a_sentence(Argument argument) throws SQLException {
        for (String text : TEXTS) {
            Ended ended = argument.option().isEmpty()
                    ? shell.run("[]", argument.command(), text)
                    : shell.run("[]", argument.command(), argument.option() + "=" + text, "-");

            assertThat(ended.code()).as("%s with %s: %s", argument, text, ended).isIn(0, 1, 2, 64);
            assertThat(ended.err()).doesNotContain("Exception", "\tat ");
        }
        assertThat(shell.query("select is_called from public.called")).isEqualTo("f");
    }
}
