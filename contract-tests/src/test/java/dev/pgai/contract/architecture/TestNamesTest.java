package dev.pgai.contract.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test is named by what it shows: a sentence of two words or more, with underscores between them. */
class TestNamesTest {

    private static final Pattern TEST = Pattern.compile(
            "^ *@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate)\\b.*\n"
                    + "(?: *[@/].*\n| {8,}.*\n| *}\\)\n)*?"
                    + " *(?:\\w+ )*?(?:void|[\\w<>, ?.]+) (\\w+)\\(",
            Pattern.MULTILINE);

    private static final Pattern SENTENCE = Pattern.compile("[a-z][a-z0-9]*(_[a-zA-Z0-9]+)+");

    /** Where other tests run classes that are to fail, one word says what becomes of a test. */
    private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9]*(_[a-zA-Z0-9]+)*");

    @Test
    void tests_are_named_by_sentences() throws IOException {
        List<String> others = new ArrayList<>();
        int tests = 0;
        for (Path file : files()) {
            String text = Files.readString(file);
            boolean byHand = text.contains("@ByHand") || text.contains("by-hand");
            for (String name : names(text)) {
                tests++;
                if (!(byHand ? WORDS : SENTENCE).matcher(name).matches()) {
                    others.add(file.getFileName() + ": " + name);
                }
            }
        }
        assertThat(others).isEmpty();
        assertThat(tests).isGreaterThan(900);
    }

    @Test
    void a_name_in_another_style_is_seen() {
        assertThat(names("""
                    @%s
                    void isSeen() {
                    @ParameterizedTest(name = "x")
                    @ValueSource(
                            ints = 1)
                    void is_seen_too(int i)
                """.formatted("Test"))).containsExactly("isSeen", "is_seen_too");
        assertThat("isSeen").doesNotMatch(SENTENCE);
        assertThat("seen").doesNotMatch(SENTENCE);
        assertThat("is_seen").matches(SENTENCE);
    }

    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        for (Matcher test = TEST.matcher(text); test.find(); ) {
            names.add(test.group(1));
        }
        return names;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.find(
                Path.of(".."),
                30,
                (file, attributes) -> file.toString().contains("/src/test/java/")
                        && file.toString().endsWith(".java"))) {
            return files.sorted().toList();
        }
    }
}
