package dev.pgai.benchmarks;

import dev.pgai.benchmarks.core.CoreSection;
import dev.pgai.benchmarks.database.Changes;
import dev.pgai.benchmarks.database.Growth;
import dev.pgai.benchmarks.page.Goal;
import dev.pgai.benchmarks.page.Section;
import dev.pgai.benchmarks.tool.Diffs;
import dev.pgai.benchmarks.tool.Migrations;
import dev.pgai.benchmarks.tool.Starts;
import dev.pgai.testkit.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Measures how fast all is, and writes {@code docs/benchmarks.md} with its plots. {@code scripts/benchmarks} brings
 * what it needs, and runs it.
 *
 * <p>Properties: {@code benchmarks.quick} for a run that only shows that all still works; {@code benchmarks.page}, the
 * file that is written; {@code benchmarks.only}, names of sections with commas between them; {@code benchmarks.python},
 * a Python with pgai and Alembic, without which there are no figures of these.
 */
public final class Benchmarks {

    private interface Measured {
        Section measure(Settings settings) throws Exception;
    }

    private Benchmarks() {}

    /**
     * Measures and writes.
     *
     * @param arguments none
     * @throws Exception when something fails; what cannot be reached is no failure
     */
    public static void main(String[] arguments) throws Exception {
        String python = System.getProperty("benchmarks.python", "");
        Settings settings = new Settings(
                Boolean.getBoolean("benchmarks.quick"),
                python.isEmpty() ? Optional.empty() : Optional.of(Path.of(python)),
                Files.createTempDirectory("benchmarks"));
        Map<String, Measured> all = new LinkedHashMap<>();
        all.put("core", CoreSection::measure);
        all.put("changes", Changes::measure);
        all.put("growth", Growth::measure);
        all.put("migrations", Migrations::measure);
        all.put("starts", Starts::measure);
        all.put("diffs", Diffs::measure);
        String chosen = System.getProperty("benchmarks.only", "");
        List<String> only = chosen.isEmpty() ? List.copyOf(all.keySet()) : Arrays.asList(chosen.split(",", -1));
        Path page = Path.of(System.getProperty("benchmarks.page"));
        List<Section> sections = new ArrayList<>();
        for (Map.Entry<String, Measured> measured : all.entrySet()) {
            if (only.contains(measured.getKey())) {
                System.err.println("measuring: " + measured.getKey());
                long start = System.nanoTime();
                sections.add(measured.getValue().measure(settings));
                write(page, sections, settings);
                System.err.printf(
                        Locale.ROOT,
                        "measured: %s, %d s%n",
                        measured.getKey(),
                        (System.nanoTime() - start) / 1_000_000_000);
            }
        }
        System.err.println("written: " + page);
    }

    private static void write(Path page, List<Section> sections, Settings settings) throws IOException {
        StringBuilder text = new StringBuilder("# Benchmarks\n\n");
        text.append("Measured by `scripts/benchmarks`, which writes this page").append(". ");
        text.append(Machine.describe(TestDatabases.standard().describe(), settings))
                .append("\n\n");
        text.append("""
                The machine is shared, so that what counts are ratios of what was measured one after the other, round by round: the median,
                and in brackets between what the middle half of the rounds lies. Times are medians.

                """);
        text.append("## Goals\n\n| goal | at most | measured | |\n|---|--:|--:|---|\n");
        for (Section section : sections) {
            for (Goal goal : section.goals()) {
                text.append("| ").append(String.join(" | ", goal.row())).append(" |\n");
            }
        }
        text.append('\n');
        Path plots = page.resolveSibling("benchmarks");
        Files.createDirectories(plots);
        for (Section section : sections) {
            text.append(section.markdown());
            for (Section.Plot plot : section.plots()) {
                Files.writeString(plots.resolve(plot.file()), plot.svg());
            }
        }
        Files.writeString(page, text.toString().strip() + "\n");
    }
}
