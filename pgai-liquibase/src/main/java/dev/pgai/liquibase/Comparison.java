package dev.pgai.liquibase;

import dev.pgai.liquibase.DependentViews.Needed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liquibase.diff.DiffResult;
import liquibase.diff.ObjectDifferences;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Column;
import liquibase.structure.core.Data;
import liquibase.structure.core.ForeignKey;
import liquibase.structure.core.Relation;
import liquibase.structure.core.Table;
import liquibase.structure.core.View;

/**
 * Leaves out of a comparison what is pgai's, and what hangs on it: objects of the user's that refer to what the other
 * side does not have, and numbers that count what was left out.
 */
final class Comparison {

    private static final String ORDER = "order";

    private final DiffResult result;
    private final ComparedSide reference;
    private final ComparedSide comparison;
    private final DependentViews views;
    private final Set<String> notices = new HashSet<>();

    Comparison(DiffResult result, ComparedSide reference, ComparedSide comparison, DependentViews views) {
        this.result = result;
        this.reference = reference;
        this.comparison = comparison;
        this.views = views;
    }

    /** Changes the result, and says what of the user's own was left out. */
    void leaveOut() {
        result.getMissingObjects().removeIf(object -> isLeftOut(object, reference, comparison));
        result.getUnexpectedObjects().removeIf(object -> isLeftOut(object, comparison, reference));
        result.getChangedObjects().entrySet().removeIf(this::isLeftOut);
        result.getMissingObjects(Data.class).forEach(this::leaveOutColumns);
        // A missing table is created from its own list of columns.
        result.getMissingObjects(Table.class)
                .forEach(table -> table.getColumns().removeIf(this::isManagedInReference));
        notices.stream().sorted().forEach(Told::warning);
    }

    private boolean isManagedInReference(DatabaseObject object) {
        return reference.isManaged(object) || comparison.isManagedHere(object);
    }

    private boolean isLeftOut(DatabaseObject object, ComparedSide its, ComparedSide other) {
        return its.isManaged(object) || other.isManagedHere(object) || hangsInTheAir(object, its, other);
    }

    private boolean isLeftOut(Map.Entry<? extends DatabaseObject, ObjectDifferences> change) {
        DatabaseObject object = change.getKey();
        ObjectDifferences differences = change.getValue();
        if (isManagedInReference(object)) {
            return true;
        }
        if (object instanceof Column column && differences.isDifferent(ORDER)) {
            Column compared = result.getComparisonSnapshot().get(column);
            if (compared != null && place(column, reference, comparison) == place(compared, comparison, reference)) {
                differences.removeDifference(ORDER);
            }
        }
        return !differences.hasDifferences();
    }

    /** Among the columns that are not pgai's. */
    private static long place(Column column, ComparedSide its, ComparedSide other) {
        Relation relation = column.getRelation();
        Integer order = column.getOrder();
        if (relation == null || order == null) {
            return -1;
        }
        return relation.getColumns().stream()
                .filter(before -> before.getOrder() != null && before.getOrder() < order)
                .filter(before -> !its.isManaged(before) && !other.isManagedHere(before))
                .count();
    }

    /** What refers to something of pgai's can be made, or missed, only where that is. */
    private boolean hangsInTheAir(DatabaseObject object, ComparedSide its, ComparedSide other) {
        if (object instanceof ForeignKey key && key.getPrimaryKeyTable() != null) {
            Table referenced = key.getPrimaryKeyTable();
            if ((its.isManaged(referenced) || other.isManagedHere(referenced)) && !other.has(referenced, its)) {
                return leaveOut("foreign key " + key.getName() + " of " + name(key.getForeignKeyTable()), referenced);
            }
        }
        if (object instanceof View view) {
            for (Needed needed : views.neededBy(view)) {
                if (its.isManaged(needed.object()) && !other.has(needed.object(), its)) {
                    return leaveOut("view " + name(view), needed.object());
                }
            }
        }
        return false;
    }

    private boolean leaveOut(String what, DatabaseObject because) {
        notices.add("Left out of the comparison: " + what + ", which refers to " + name(because)
                + ": that is pgai's, and not on both sides. Where it is to be, add it in a change set after the one"
                + " that creates the vectorizer.");
        return true;
    }

    private static String name(DatabaseObject object) {
        if (object instanceof Column column && column.getRelation() != null) {
            return "column " + column.getName() + " of " + name(column.getRelation());
        }
        String schema = object.getSchema() == null ? null : object.getSchema().getName();
        return schema == null ? object.getName() : schema + "." + object.getName();
    }

    /** The rows of a table are read with all its columns, later. */
    private void leaveOutColumns(Data data) {
        Table table = data.getTable();
        List<String> leftOut = new ArrayList<>();
        if (table != null) {
            Table known = result.getReferenceSnapshot().get(table);
            for (Column column : (known == null ? table : known).getColumns()) {
                if (isManagedInReference(column)) {
                    leftOut.add(column.getName());
                }
            }
        }
        leftOut.sort(Comparator.naturalOrder());
        VectorizerDataChangeGenerator.leaveOut(data, leftOut);
    }
}
