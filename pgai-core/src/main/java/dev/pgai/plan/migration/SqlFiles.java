package dev.pgai.plan.migration;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Migrations as plain SQL, for {@code psql} and others that send a file to the server as it is. */
public final class SqlFiles {

    private SqlFiles() {}

    /**
     * Writes a migration.
     *
     * @param migration what is written
     * @return {@code <version>_<description>.up.sql}, and {@code .down.sql} when it is undone; each is a transaction of
     *     its own, and has one statement a line
     * @throws InvalidArgumentException as {@link Migration#sql}
     */
    public static List<MigrationFile> write(Migration migration) {
        String name = Check.notNull("migration", migration).version() + "_" + migration.fileName();
        List<MigrationFile> files = new ArrayList<>();
        files.add(file(name + ".up.sql", migration.description(), migration.comments(), migration.sql()));
        if (migration.isUndone()) {
            files.add(file(name + ".down.sql", "Undoes: " + migration.description(), List.of(), migration.undoSql()));
        }
        return List.copyOf(files);
    }

    private static MigrationFile file(String name, String title, List<String> comments, List<String> statements) {
        return new MigrationFile(
                name,
                Stream.of(
                                Stream.concat(Stream.of(title), comments.stream())
                                        .map(line -> "-- " + line),
                                Stream.of("begin;"),
                                statements.stream().map(statement -> statement + ";"),
                                Stream.of("commit;"))
                        .flatMap(lines -> lines)
                        .collect(Collectors.joining("\n", "", "\n")));
    }
}
