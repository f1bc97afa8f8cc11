package dev.pgai.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How long and on what is measured.
 *
 * @param quick whether all that matters is that everything still runs
 * @param python a Python that has pgai, Alembic and psycopg; empty for figures without it
 * @param work a folder for files
 */
public record Settings(boolean quick, Optional<Path> python, Path work) {

    /**
     * How many vectorizers there are, one after the other.
     *
     * @return rising numbers
     */
    public List<Integer> vectorizers() {
        return quick ? List.of(1, 10) : List.of(1, 100, 1_000, 5_000);
    }

    /**
     * How often something is measured.
     *
     * @param whole how often in a whole run
     * @return less in a quick one
     */
    public int rounds(int whole) {
        return quick ? Math.min(2, whole) : whole;
    }

    /**
     * How many tables the user of a schema tool has.
     *
     * @return a number
     */
    public int tables() {
        return quick ? 20 : 2_000;
    }
}
