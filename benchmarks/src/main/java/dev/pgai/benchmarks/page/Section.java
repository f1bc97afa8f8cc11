package dev.pgai.benchmarks.page;

import java.util.ArrayList;
import java.util.List;

/** A part of the page: what was measured of one kind. */
public final class Section {

    private final String title;
    private final StringBuilder text = new StringBuilder();
    private final List<Goal> goals = new ArrayList<>();
    private final List<Plot> plots = new ArrayList<>();

    /**
     * A file beside the page.
     *
     * @param file its name
     * @param svg its content
     */
    public record Plot(String file, String svg) {}

    /**
     * An empty one.
     *
     * @param title its heading
     */
    public Section(String title) {
        this.title = title;
    }

    /**
     * Adds a paragraph.
     *
     * @param paragraph Markdown
     * @return this
     */
    public Section text(String paragraph) {
        text.append(paragraph.strip()).append("\n\n");
        return this;
    }

    /**
     * Adds a table, whose first column is text and the others are numbers.
     *
     * @param header what is in the columns
     * @param rows as many cells as the header has
     * @return this
     */
    public Section table(List<String> header, List<List<String>> rows) {
        text.append("| ").append(String.join(" | ", header)).append(" |\n|---|");
        text.append("--:|".repeat(header.size() - 1)).append('\n');
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        text.append('\n');
        return this;
    }

    /**
     * Adds a plot.
     *
     * @param file its name, without folder and ending
     * @param title what it shows
     * @param svg the picture
     * @return this
     */
    public Section plot(String file, String title, String svg) {
        plots.add(new Plot(file + ".svg", svg));
        text.append("![").append(title).append("](benchmarks/").append(file).append(".svg)\n\n");
        return this;
    }

    /**
     * Adds a goal.
     *
     * @param goal what was to be reached
     * @return this
     */
    public Section goal(Goal goal) {
        goals.add(goal);
        return this;
    }

    /**
     * Its goals.
     *
     * @return in the order in which they were added
     */
    public List<Goal> goals() {
        return List.copyOf(goals);
    }

    /**
     * Its plots.
     *
     * @return in the order in which they were added
     */
    public List<Plot> plots() {
        return List.copyOf(plots);
    }

    /**
     * The whole of it.
     *
     * @return Markdown
     */
    public String markdown() {
        return "## " + title + "\n\n" + text;
    }
}
