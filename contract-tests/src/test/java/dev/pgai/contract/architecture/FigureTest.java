package dev.pgai.contract.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The figure in CONTRIBUTING is what the class files say. */
class FigureTest {

    private static final Pattern FIGURE = Pattern.compile("```mermaid\n(.*?)```", Pattern.DOTALL);

    @Test
    void the_figure_shows_the_packages_as_they_are() throws IOException {
        Matcher figure = FIGURE.matcher(Files.readString(Path.of("../CONTRIBUTING.md")));

        assertThat(figure.find()).as("a figure in CONTRIBUTING").isTrue();
        assertThat(figure.group(1))
                .as("the figure in CONTRIBUTING; what is expected is what the class files say")
                .isEqualTo(new PackageGraph(House.CLASSES).figure());
    }

    @Test
    void a_new_arrow_changes_the_figure() {
        String figure = new PackageGraph(
                        Planted.in(Module.JDBC, "dev.pgai.jdbc.read", "dev.pgai.jdbc.check.Planted other;")
                                .and(Module.JDBC, "dev.pgai.jdbc.check", "dev.pgai.jdbc.connection.Planted other;")
                                .and(Module.JDBC, "dev.pgai.jdbc.connection", "")
                                .compiled())
                .figure();

        assertThat(figure).contains("    jdbc.check --> jdbc.connection\n    jdbc.read --> jdbc.check\n");
    }
}
