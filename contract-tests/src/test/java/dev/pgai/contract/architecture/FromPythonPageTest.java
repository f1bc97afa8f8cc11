package dev.pgai.contract.architecture;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each type, method and constant that {@code docs/from-python.md} names is there. */
class FromPythonPageTest {

    /** What stands in a cell and begins with a type, or with a dot behind one. */
    private static final Pattern NAME = Pattern.compile("`@?([A-Z]\\w+)?(?:\\.(\\w+))?(?:\\([^`]*)?`");

    private static final Set<String> OF_OTHERS =
            Set.of("JdbcClient", "OneToMany", "ManyToOne", "Table", "Query", "FileMigrationLoaderFactory");

    @Test
    void what_the_page_names_is_there() throws IOException {
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (String cell : cells(Files.readString(Path.of("../docs/from-python.md")))) {
            String type = "";
            for (MatchResult name : NAME.matcher(cell).results().toList()) {
                type = name.group(1) == null ? type : name.group(1);
                if (type.isEmpty() || OF_OTHERS.contains(type)) {
                    continue;
                }
                if (isThere(type, name.group(2))) {
                    found++;
                } else {
                    missing.add(name.group());
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(40);
    }

    /** Of all tables, without the first column, which is Python's. */
    private static List<String> cells(String page) {
        return page.lines()
                .filter(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.split("\\|")).skip(2).collect(joining("|")))
                .flatMap(line -> Arrays.stream(line.split("\\|")))
                .toList();
    }

    private static boolean isThere(String type, @Nullable String member) {
        return House.CLASSES.stream()
                .filter(candidate -> candidate.getSimpleName().equals(type))
                .anyMatch(candidate -> member == null || members(candidate).anyMatch(member::equals));
    }

    private static Stream<String> members(JavaClass type) {
        return Stream.concat(
                type.getAllMembers().stream().map(member -> member.getName()),
                House.CLASSES.stream()
                        .filter(inner -> inner.getEnclosingClass().equals(Optional.of(type)))
                        .map(JavaClass::getSimpleName));
    }

    /** The look is not blind. */
    @Test
    void what_is_not_there_is_seen() {
        assertThat(isThere("Pgai", "managedObjects")).isTrue();
        assertThat(isThere("Pgai", "managedObject")).isFalse();
        assertThat(isThere("Pgais", null)).isFalse();
    }
}
