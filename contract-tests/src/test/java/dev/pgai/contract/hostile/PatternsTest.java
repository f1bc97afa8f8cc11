package dev.pgai.contract.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Regular expressions of Java's recurse for each repetition of a group, and may try a text from each of its characters
 * on. Each of ours is tried on texts that are long.
 */
class PatternsTest {

    private static final int LENGTH = 40_000;

    private static final Duration SOON = Duration.ofSeconds(3);

    /** What is repeated; each is put behind each start, too. */
    private static final List<String> PIECES = List.of(
            "a",
            "A",
            "1",
            ".1",
            "a ",
            "::",
            " ",
            "\n",
            "\"",
            "\"\"",
            "''",
            "a\"\"",
            ".",
            ".a",
            "-a",
            "1 ",
            "?",
            "?a",
            "#",
            "&a=",
            "://",
            "a@",
            ":",
            "${",
            "${a",
            "$a",
            "$$",
            "{",
            "}",
            "{a}",
            ",",
            "a,",
            "(",
            "()",
            "[",
            "]",
            "\\",
            "\\a",
            "%",
            "/*",
            "--",
            "+1",
            "P1",
            "é",
            "\ud83d\ude00");

    private static final List<String> STARTS = List.of(
            "", "\"", "://", "a", "1.1.1-a", "P", "arn:aws:iam::", "jdbc:postgresql://", "${ a", "(PostgreSQL) ");

    /** What looks for matches from each character of a text on. */
    private static final Set<String> SEARCHES =
            Set.of("find", "results", "replaceAll", "replaceFirst", "split", "splitAsStream");

    record Constant(String name, Pattern pattern, boolean searches) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Constant> constants() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.pgai").stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getRawType().isEquivalentTo(Pattern.class))
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .map(PatternsTest::constant);
    }

    private static Constant constant(JavaField field) {
        try {
            Field reflected = field.reflect();
            reflected.setAccessible(true);
            return new Constant(field.getFullName(), (Pattern) reflected.get(null), searches(field.getOwner()));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean searches(JavaClass type) {
        return type.getMethodCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().getPackageName().equals("java.util.regex"))
                .anyMatch(call -> SEARCHES.contains(call.getName()));
    }

    @ParameterizedTest
    @MethodSource("constants")
    void a_long_text_is_matched_soon_and_without_recursion(Constant constant) {
        List<String> texts = new ArrayList<>();
        for (String start : STARTS) {
            for (String piece : PIECES) {
                String text = start + piece.repeat(LENGTH / piece.length());
                texts.add(text);
                texts.add(text + "\u0000");
            }
        }
        for (String text : texts) {
            long start = System.nanoTime();
            assertThatCode(() -> match(constant, text))
                    .as("%s on %s...", constant.pattern(), text.substring(0, 20))
                    .doesNotThrowAnyException();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("%s on %s...", constant.pattern(), text.substring(0, 20))
                    .isLessThan(SOON);
        }
    }

    private static void match(Constant constant, String text) {
        Matcher matcher = constant.pattern().matcher(text);
        boolean whole = matcher.matches() || matcher.lookingAt();
        if (constant.searches() && !whole) {
            matcher.reset();
            while (matcher.find()) {
                assertThat(matcher.start()).isNotNegative();
            }
        }
    }
}
