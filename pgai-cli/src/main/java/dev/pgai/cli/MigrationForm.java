package dev.pgai.cli;

import dev.pgai.json.EnumNames;
import dev.pgai.plan.migration.FlywayFiles;
import dev.pgai.plan.migration.LiquibaseFiles;
import dev.pgai.plan.migration.Migration;
import dev.pgai.plan.migration.MigrationFile;
import dev.pgai.plan.migration.MyBatisFiles;
import dev.pgai.plan.migration.SqlFiles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The forms of migrations. */
enum MigrationForm {
    FLYWAY,
    FLYWAY_JAVA,
    LIQUIBASE,
    MYBATIS,
    SQL;

    /**
     * What some of them take beside.
     *
     * @param packageName for {@link #FLYWAY_JAVA}
     * @param author for {@link #LIQUIBASE}
     * @param format for {@link #LIQUIBASE}
     */
    record Details(String packageName, String author, LiquibaseFiles.Format format) {}

    /** As an option has it. */
    String option() {
        return EnumNames.nameOf(this).replace('_', '-');
    }

    static Optional<MigrationForm> find(String option) {
        return Stream.of(values()).filter(form -> form.option().equals(option)).findFirst();
    }

    /** Files for migrations, of which there are one or more. */
    List<MigrationFile> write(List<Migration> migrations, Details details) {
        return this == LIQUIBASE
                ? List.of(LiquibaseFiles.write(migrations, details.author(), details.format()))
                : migrations.stream()
                        .flatMap(migration -> write(migration, details).stream())
                        .toList();
    }

    private List<MigrationFile> write(Migration migration, Details details) {
        return switch (this) {
            case FLYWAY -> FlywayFiles.sql(migration);
            case FLYWAY_JAVA -> List.of(FlywayFiles.java(migration, details.packageName()));
            case LIQUIBASE -> write(List.of(migration), details);
            case MYBATIS -> List.of(MyBatisFiles.write(migration));
            case SQL -> SqlFiles.write(migration);
        };
    }

    /** What begins a comment in its files. */
    String comment() {
        return this == FLYWAY_JAVA ? "// " : "-- ";
    }
}
