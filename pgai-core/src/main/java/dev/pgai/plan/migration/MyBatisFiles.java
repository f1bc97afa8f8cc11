package dev.pgai.plan.migration;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.change.VectorizerChange;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Migrations as SQL files of MyBatis Migrations. */
public final class MyBatisFiles {

    /** MyBatis Migrations would call a script without statements undone. */
    private static final String NOT_UNDONE =
            "do 'begin raise feature_not_supported using message = ''this script has no"
                    + " way down'', hint = ''Its first lines say why.''; end';\n";

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private MyBatisFiles() {}

    /**
     * Writes a script.
     *
     * @param migration what is written; its version is a whole number
     * @return {@code <version>_<description>.sql}, whose way down fails when the migration is not undone
     * @throws InvalidArgumentException as {@link Migration#sql}; also when the version has a dot, or there is <code>
     *     ${</code> in a statement, such as in a template, which MyBatis Migrations takes for a variable
     */
    public static MigrationFile write(Migration migration) {
        String name = Check.notNull("migration", migration).version() + "_" + migration.fileName() + ".sql";
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

    /**
     * Writes changes as one way of a script: in a transaction, and without the notices that MyBatis Migrations takes
     * for failures.
     *
     * @param changes what is done, in this order
     * @return a statement or more, each on a line that ends with a semicolon
     */
    public static String script(List<VectorizerChange> changes) {
        return ScriptText.of(VectorizerChange.script(Check.each("changes", changes, Check::notNull)));
    }

    private static List<String> checked(String name, List<String> statements) {
        for (String statement : statements) {
            if (statement.contains("${")) {
                throw new InvalidArgumentException(
                        "migration",
                        name,
                        "there is ${...} in its SQL, which MyBatis Migrations takes for a variable",
                        "Write $title for the column of a template, or extend VectorizerScript of pgai-mybatis.");
            }
        }
        return statements;
    }
}
