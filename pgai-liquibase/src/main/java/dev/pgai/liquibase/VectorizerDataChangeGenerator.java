package dev.pgai.liquibase;

import java.util.List;
import liquibase.change.Change;
import liquibase.change.core.InsertDataChange;
import liquibase.change.core.LoadDataChange;
import liquibase.change.core.LoadDataColumnConfig;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.diff.output.DiffOutputControl;
import liquibase.diff.output.changelog.AbstractChangeGenerator;
import liquibase.diff.output.changelog.ChangeGeneratorChain;
import liquibase.diff.output.changelog.MissingObjectChangeGenerator;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Data;
import org.jspecify.annotations.Nullable;

/**
 * Takes the columns of a column destination out of the rows that {@code generateChangelog} writes down, as they are out
 * of the table. Liquibase finds it by itself; there is no need to call it.
 */
public final class VectorizerDataChangeGenerator extends AbstractChangeGenerator
        implements MissingObjectChangeGenerator {

    private static final String LEFT_OUT = "pgaiColumns";

    /** For Liquibase. */
    public VectorizerDataChangeGenerator() {}

    /** For when the rows are written. */
    static void leaveOut(Data data, List<String> columns) {
        data.setAttribute(LEFT_OUT, columns);
    }

    /**
     * Before Liquibase's own, which have the default and {@link #PRIORITY_ADDITIONAL}.
     *
     * @param objectType what is missing
     * @param database the one that has it
     * @return whether the rows of a table on PostgreSQL are
     */
    @Override
    public int getPriority(Class<? extends DatabaseObject> objectType, Database database) {
        return Data.class.isAssignableFrom(objectType) && database instanceof PostgresDatabase
                ? PRIORITY_DATABASE + PRIORITY_ADDITIONAL
                : PRIORITY_NONE;
    }

    @Override
    public Class<? extends DatabaseObject> @Nullable [] runAfterTypes() {
        return null;
    }

    @Override
    public Class<? extends DatabaseObject> @Nullable [] runBeforeTypes() {
        return null;
    }

    @Override
    public Change @Nullable [] fixMissing(
            DatabaseObject missing,
            DiffOutputControl control,
            Database reference,
            Database comparison,
            ChangeGeneratorChain chain) {
        Change[] changes = chain.fixMissing(missing, control, reference, comparison);
        List<?> leftOut = missing.getAttribute(LEFT_OUT, List.class);
        if (changes == null || leftOut == null || leftOut.isEmpty()) {
            return changes;
        }
        for (Change change : changes) {
            if (change instanceof InsertDataChange insert) {
                insert.getColumns().removeIf(column -> leftOut.contains(column.getName()));
            } else if (change instanceof LoadDataChange load) {
                // The file has them, and its header names them.
                for (LoadDataColumnConfig column : load.getColumns()) {
                    if (leftOut.contains(column.getName())) {
                        column.setType("SKIP");
                    }
                }
            }
        }
        return changes;
    }
}
