package dev.pgai.mybatis.migrations;

import dev.pgai.InvalidArgumentException;
import dev.pgai.plan.migration.Migration;
import dev.pgai.plan.migration.MigrationFile;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Migrations as SQL files of MyBatis Migrations, with what a {@link VectorizerScript} would run. MyBatis Migrations
 * itself is not needed to write them.
 */
public final class MigrationsFiles {

    /** MyBatis Migrations would call a script without statements undone. */
    private static final String NOT_UNDONE =
            "do 'begin raise feature_not_supported using message = ''this script has no"
                    + " way down'', hint = ''Its first lines say why.''; end';\n";

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private MigrationsFiles() {}

    /**
     * Writes a script.
     *
     * @param migration what is written; its version is a whole number
     * @return {@code <version>_<description>.sql}, whose way down fails when the migration is not undone
     * @throws InvalidArgumentException as {@link Migration#sql}; also when the version has a dot, or there is <code>
     *     ${</code> in a statement, such as in a template, which MyBatis Migrations takes for a variable
     */
    public static MigrationFile write(Migration migration) {
        String name = migration.version() + "_" + migration.fileName() + ".sql";
        if (!NUMBER.matcher(migration.version()).matches()) {
            throw new InvalidArgumentException(
                    "version", migration.version(), "MyBatis Migrations keeps whole numbers", "Give a time.");
        }
        String up = ScriptText.of(checked(name, migration.sql()));
        String down = migration.isUndone() ? ScriptText.of(checked(name, migration.undoSql())) : NOT_UNDONE;
        String comments =
                migration.comments().stream().map(line -> "-- " + line + "\n").collect(Collectors.joining());
        return new MigrationFile(
                name, "-- // " + migration.description() + "\n" + comments + "\n" + up + "\n-- //@UNDO\n" + down);
    }

    private static List<String> checked(String name, List<String> statements) {
        for (String statement : statements) {
            if (statement.contains("${")) {
                throw new InvalidArgumentException(
                        "migration",
                        name,
                        "there is ${...} in its SQL, which MyBatis Migrations takes for a variable",
                        "Write $title for the column of a template, or extend VectorizerScript.");
            }
        }
        return statements;
    }
}
