package dev.pgai.plan.migration;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;

/**
 * A file that somebody may write, in UTF-8.
 *
 * @param name its name, with folders before it where the tool wants some, divided by {@code /}
 * @param content its text, with line ends of one {@code \n}; the same for the same migration
 */
public record MigrationFile(String name, String content) {

    /**
     * Checks the arguments.
     *
     * @param name as above
     * @param content as above
     * @throws InvalidArgumentException when one is null
     */
    public MigrationFile {
        Check.text("name", name);
        Check.notNull("content", content);
    }

    /**
     * For people.
     *
     * @return the name
     */
    @Override
    public String toString() {
        return name;
    }
}
