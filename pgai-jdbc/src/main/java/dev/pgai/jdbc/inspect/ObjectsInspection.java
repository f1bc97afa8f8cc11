package dev.pgai.jdbc.inspect;

import dev.pgai.database.Damage;
import dev.pgai.database.Damage.Code;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.check.RelationKinds;
import dev.pgai.jdbc.inspect.VectorizerObjects.Relation;
import dev.pgai.jdbc.inspect.VectorizerObjects.Trigger;
import dev.pgai.vectorizer.RelationName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the objects of a vectorizer are there, and its triggers on. */
final class ObjectsInspection {

    private final VectorizerRow vectorizer;
    private final VectorizerObjects objects;
    private final List<Damage> damages = new ArrayList<>();

    ObjectsInspection(VectorizerRow vectorizer, VectorizerObjects objects) {
        this.vectorizer = vectorizer;
        this.objects = objects;
    }

    List<Damage> damages() {
        Relation source = objects.source();
        if (source == null || !source.isTable()) {
            inspectAbsence(source);
        } else {
            inspectTriggers(source);
        }
        inspectSchemas();
        inspectQueues();
        if (vectorizer.destination().targetTable() != null) {
            inspectStore();
            inspectView();
        } else if (source != null && !objects.columnIsThere()) {
            add(
                    Code.EMBEDDING_COLUMN_MISSING,
                    "column " + vectorizer.destination().embeddingColumn() + " of " + vectorizer.source(),
                    "There is no such column any more: the embeddings are gone, and the worker fails.",
                    repair() + " All rows are then embedded again.");
        }
        return damages;
    }

    private void add(Code code, String object, String effect, String hint) {
        damages.add(Damage.of(code, object, effect, hint));
    }

    private String repair() {
        return RepairHint.of(vectorizer);
    }

    private void inspectAbsence(@Nullable Relation source) {
        String table = "table " + vectorizer.source();
        if (source == null && objects.elsewhere() != null) {
            add(
                    Code.SOURCE_RENAMED,
                    table,
                    "The source is " + objects.elsewhere() + " by now, and the worker looks for it by its old name.",
                    repair() + " It then has the new name; or rename the table back.");
            return;
        }
        add(
                Code.SOURCE_MISSING,
                table,
                source == null
                        ? "There is no such table any more. Its embeddings stay, and nothing adds to them."
                        : "It is " + RelationKinds.name(source.kind()) + " now, and no table.",
                "Create the table again and repair the vectorizer, or apply VectorizerChange.forget(\""
                        + vectorizer.name() + "\"), which keeps the embeddings.");
    }

    private void inspectTriggers(Relation source) {
        if (objects.partitionOff() != null) {
            add(
                    Code.TRIGGER_DISABLED,
                    "trigger " + vectorizer.triggerName() + " on " + objects.partitionOff(),
                    "It is off in this partition of " + vectorizer.source() + ": changes of its rows are not seen.",
                    repair());
        }
        if (objects.firing() == 2) {
            return;
        }
        String table = "table " + vectorizer.source();
        List<String> missing =
                new ArrayList<>(List.of(vectorizer.triggerName(), vectorizer.triggerName() + "_truncate"));
        objects.triggers().forEach(trigger -> missing.remove(trigger.name()));
        if (!missing.isEmpty() && objects.firingUnderAnyName() == 2) {
            add(
                    Code.TRIGGER_MISSING,
                    table,
                    "It has no trigger " + String.join(" and no trigger ", missing)
                            + ", but the same under another name:"
                            + " changes of its rows are seen, and a drop or an upgrade of pgai does not find it.",
                    repair() + " It then has its name again, and no row is queued.");
            return;
        }
        if (missing.size() == 2
                && objects.queue() != null
                && source.id() > objects.queue().id()) {
            add(
                    Code.SOURCE_RECREATED,
                    table,
                    "The table was made again after the vectorizer, and has none of its triggers"
                            + (objects.elsewhere() == null ? "" : ", which are on " + objects.elsewhere())
                            + ": changes of its rows are not seen, and the embeddings are of rows of the table before.",
                    repair());
        } else if (!missing.isEmpty()) {
            add(
                    Code.TRIGGER_MISSING,
                    table,
                    "It has no trigger " + String.join(" and no trigger ", missing)
                            + ": changes of its rows are not seen.",
                    repair());
        }
        objects.triggers().forEach(this::inspectTrigger);
    }

    private void inspectTrigger(Trigger trigger) {
        String object = "trigger " + trigger.name() + " on " + vectorizer.source();
        if (trigger.enabled() == 'D' || trigger.enabled() == 'R') {
            add(
                    Code.TRIGGER_DISABLED,
                    object,
                    (trigger.enabled() == 'D' ? "It is disabled" : "It fires for replication only")
                            + ": changes of rows are not seen.",
                    repair());
        }
        if (!trigger.calls() || !trigger.complete()) {
            add(
                    Code.TRIGGER_CALLS_OTHER,
                    object,
                    trigger.calls()
                            ? "It does not fire for every change of a row: some are not seen."
                            : "It calls another function than the vectorizer's: changes of rows are not queued.",
                    repair());
        }
    }

    private void inspectSchemas() {
        Set<String> missing = new LinkedHashSet<>();
        if (!objects.queueSchemaIsThere() && vectorizer.queueSchema() != null) {
            missing.add(vectorizer.queueSchema());
        }
        RelationName store = vectorizer.store();
        RelationName view = vectorizer.view();
        if (objects.storeElsewhere() == null) {
            if (!objects.targetSchemaIsThere() && store != null) {
                missing.add(store.schema());
            }
            if (!objects.viewSchemaIsThere() && view != null) {
                missing.add(view.schema());
            }
        }
        for (String schema : missing) {
            add(
                    Code.SCHEMA_MISSING,
                    "schema " + schema,
                    "There is no such schema any more: what the vectorizer has in it is gone, or is called otherwise.",
                    "Rename it back; or create it again, and then: " + repair());
        }
    }

    private void inspectQueues() {
        if (objects.queue() == null) {
            add(
                    Code.QUEUE_MISSING,
                    table(vectorizer.queue()),
                    "There is no such table any more: every write to " + vectorizer.source()
                            + " fails, unless its trigger is off.",
                    repair());
        } else if (!objects.queue().isTable()) {
            add(Code.QUEUE_DIFFERS, table(vectorizer.queue()), noTable(objects.queue()), moveAway());
        }
        if (objects.failedQueue() == null) {
            add(
                    Code.FAILED_QUEUE_MISSING,
                    table(vectorizer.failedQueue()),
                    "There is no such table any more: the worker stops at the first row that it would give up.",
                    repair());
        } else if (!objects.failedQueue().isTable()) {
            add(Code.FAILED_QUEUE_DIFFERS, table(vectorizer.failedQueue()), noTable(objects.failedQueue()), moveAway());
        }
    }

    private static String table(@Nullable RelationName name) {
        return name == null ? "queue" : "table " + name;
    }

    private static String noTable(Relation relation) {
        return "It is " + RelationKinds.name(relation.kind()) + ", and no table.";
    }

    private String moveAway() {
        return "Drop or rename it, and then: " + repair();
    }

    private void inspectStore() {
        String object = "table " + vectorizer.store();
        if (objects.store() == null && objects.storeElsewhere() != null) {
            add(
                    Code.STORE_RENAMED,
                    object,
                    "The store is " + objects.storeElsewhere()
                            + " by now: the worker fails, and so does every delete from " + vectorizer.source() + ".",
                    repair() + " It then has the new name; or rename the table back.");
        } else if (objects.store() == null) {
            add(
                    Code.STORE_MISSING,
                    object,
                    "There is no such table any more: the embeddings are gone, and every delete from "
                            + vectorizer.source() + " fails.",
                    repair() + " All rows are then embedded again.");
        } else if (!objects.store().isTable()) {
            add(Code.STORE_DIFFERS, object, noTable(objects.store()), moveAway());
        }
    }

    private void inspectView() {
        String object = "view " + vectorizer.view();
        if (objects.view() == null && objects.storeElsewhere() != null) {
            // Found in another schema, and followed with the store.
            return;
        }
        if (objects.view() == null) {
            add(Code.VIEW_MISSING, object, "There is no such view any more: searches through it fail.", repair());
        } else if (objects.view().kind() != 'v') {
            add(
                    Code.VIEW_DIFFERS,
                    object,
                    "It is " + RelationKinds.name(objects.view().kind()) + ", and no view of " + vectorizer.store()
                            + ".",
                    moveAway());
        }
    }
}
