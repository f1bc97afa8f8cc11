package dev.pgai.plan.migration;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.change.ChangeForm;
import dev.pgai.change.VectorizerChange;
import dev.pgai.java.JavaSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Migrations as files of Flyway's. */
public final class FlywayFiles {

    private static final String PLACEHOLDER = "${";

    /** It is in {@code pgai-flyway}, which who runs the migration has. */
    private static final String EXTENDED = "dev.pgai.flyway.VectorizerMigration";

    private FlywayFiles() {}

    /**
     * Writes SQL migrations.
     *
     * @param migration what is written
     * @return {@code V<version>__<description>.sql}, and {@code U<version>__<description>.sql} when it is undone, which
     *     the editions of Flyway that are paid for run
     * @throws InvalidArgumentException as {@link Migration#sql}; also when there is <code>${</code> in a statement,
     *     such as in a template, which Flyway takes for a placeholder
     */
    public static List<MigrationFile> sql(Migration migration) {
        String name = Check.notNull("migration", migration).version() + "__" + migration.fileName() + ".sql";
        List<MigrationFile> files = new ArrayList<>();
        files.add(sql("V" + name, migration.comments(), migration.sql()));
        if (migration.isUndone()) {
            files.add(sql("U" + name, List.of(), migration.undoSql()));
        }
        return List.copyOf(files);
    }

    private static MigrationFile sql(String name, List<String> comments, List<String> statements) {
        for (String statement : statements) {
            if (statement.contains(PLACEHOLDER)) {
                throw new InvalidArgumentException(
                        "migration",
                        name,
                        "there is " + PLACEHOLDER + "...} in its SQL, which Flyway takes for a placeholder",
                        "Write $title for the column of a template, or use the Java form.");
            }
        }
        return new MigrationFile(
                name,
                Stream.concat(
                                comments.stream().map(line -> "-- " + line),
                                statements.stream().map(statement -> statement + ";"))
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    /**
     * Writes a Java migration: a {@code VectorizerMigration} of {@code pgai-flyway}, whose undo is a later version.
     *
     * @param migration what is written
     * @param packageName the package of the class, such as {@code db.migration}
     * @return a compilation unit, in the folders of its package
     * @throws InvalidArgumentException when the package has no name of one, or no code can make a definition
     */
    public static MigrationFile java(Migration migration, String packageName) {
        if (!JavaSource.isName(Check.text("packageName", packageName))) {
            throw new InvalidArgumentException(
                    "packageName", packageName, "it is no name of a package", "Write it as db.migration.");
        }
        JavaSource java = new JavaSource();
        String className = packageName + ".V"
                + Check.notNull("migration", migration).version().replace('.', '_') + "__" + migration.fileName();
        String changes = migration.changes().stream()
                .map(change -> "                " + ChangeForm.java(java, change))
                .collect(Collectors.joining(",\n"));
        String members = "    @Override\n    protected " + java.type(List.class) + "<"
                + java.type(VectorizerChange.class) + "> changes() {\n        return List.of(\n" + changes
                + ");\n    }\n";
        return new MigrationFile(
                className.replace('.', '/') + ".java",
                java.file(className, migration.comments(), "private static final", java.type(EXTENDED), members));
    }
}
