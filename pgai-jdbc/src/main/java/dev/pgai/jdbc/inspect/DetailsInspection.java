package dev.pgai.jdbc.inspect;

import dev.pgai.database.Damage;
import dev.pgai.database.Damage.Code;
import dev.pgai.jdbc.catalog.Column;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.catalog.VectorizerRow.KeyColumn;
import dev.pgai.jdbc.inspect.VectorizerDetails.MissingGrant;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.RelationName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the objects of a vectorizer fit each other, whatever its definition is. */
final class DetailsInspection {

    private static final List<String> QUEUE_COLUMNS = List.of("queued_at", "loading_retries", "loading_retry_after");

    private static final List<String> FAILED_QUEUE_COLUMNS = List.of("created_at", "failure_step");

    private final VectorizerRow vectorizer;
    private final VectorizerObjects objects;
    private final VectorizerDetails details;
    private final KeyComparison key;
    private final List<Damage> damages = new ArrayList<>();

    DetailsInspection(
            VectorizerRow vectorizer, VectorizerObjects objects, VectorizerDetails details, KeyComparison key) {
        this.vectorizer = vectorizer;
        this.objects = objects;
        this.details = details;
        this.key = key;
    }

    List<Damage> damages() {
        if (objects.source() != null && objects.source().isTable()) {
            inspectKey();
            inspectFunction();
        }
        if (details.missesReplication()) {
            add(
                    Code.TRIGGER_NOT_FOR_REPLICATION,
                    "table " + vectorizer.source(),
                    "A subscription writes to it, and a trigger does not fire for that: these rows are not embedded.",
                    "Run: alter table " + vectorizer.source() + " enable always trigger " + vectorizer.triggerName()
                            + "; and the same for " + vectorizer.triggerName() + "_truncate.");
        }
        if (objects.queue() != null && objects.queue().isTable()) {
            inspectQueue(Code.QUEUE_DIFFERS, vectorizer.queue(), Column.names(details.queue()), QUEUE_COLUMNS);
            inspectRequired();
        }
        if (objects.failedQueue() != null && objects.failedQueue().isTable()) {
            inspectQueue(
                    Code.FAILED_QUEUE_DIFFERS, vectorizer.failedQueue(), details.failedQueue(), FAILED_QUEUE_COLUMNS);
        }
        inspectView();
        details.missingGrants().forEach(this::inspectGrant);
        return damages;
    }

    private void add(Code code, String object, String effect, String hint) {
        damages.add(Damage.of(code, object, effect, hint));
    }

    private void inspectKey() {
        String table = "table " + vectorizer.source();
        switch (key.result()) {
            case SAME -> inspectNumbers();
            case RENAMED ->
                add(
                        Code.KEY_RENAMED,
                        table,
                        "Its primary key is " + written(details.key()) + " by now, and the trigger calls it "
                                + named(vectorizer.key()) + ": every write fails.",
                        RepairHint.of(vectorizer) + " It renames the columns in store and queues, too.");
            case RETYPED ->
                add(
                        Code.KEY_CHANGED,
                        table,
                        "Its primary key is " + written(details.key())
                                + " by now, and store and queues have the types that it"
                                + " had: writes or the worker fail where a value does not fit.",
                        retyped());
            case OTHER ->
                add(
                        Code.KEY_CHANGED,
                        table,
                        "Its primary key is " + written(details.key()) + ", and the vectorizer was made for "
                                + named(vectorizer.key()) + ": rows and embeddings cannot be told to belong together.",
                        "Give the table its key back, or drop the vectorizer and create it again.");
        }
    }

    /** Columns of a restored table are numbered anew, too, but never higher than before. */
    private void inspectNumbers() {
        for (int i = 0; i < details.key().size() && objects.firing() == 2; i++) {
            Column column = details.key().get(i);
            if (column.number() > vectorizer.key().get(i).number()) {
                add(
                        Code.KEY_CHANGED,
                        "table " + vectorizer.source(),
                        "Column " + column.name()
                                + " of its primary key was dropped and made again: embeddings belong to rows"
                                + " by the values that it had.",
                        "Drop the vectorizer and create it again; or drop it with KEEP and adopt the embeddings, if the values"
                                + " are the same.");
                return;
            }
        }
    }

    private String retyped() {
        List<String> statements = Stream.of(vectorizer.store(), vectorizer.queue(), vectorizer.failedQueue())
                .flatMap(Stream::ofNullable)
                .map(relation -> "alter table " + SqlText.relation(relation) + " "
                        + details.key().stream()
                                .map(column ->
                                        "alter " + SqlText.identifier(column.name()) + " type " + column.fullType())
                                .collect(Collectors.joining(", ")))
                .toList();
        return (vectorizer.store() == null
                        ? "Run: "
                        : "Put this around a VectorizerChange.refreshView(\"" + vectorizer.name() + "\"): ")
                + String.join("; ", statements) + ". Or give the table its key back.";
    }

    private static String written(List<Column> key) {
        return key.isEmpty()
                ? "gone"
                : key.stream()
                        .map(column -> column.name() + " " + column.fullType())
                        .collect(Collectors.joining(", "));
    }

    private static String named(List<KeyColumn> key) {
        return key.isEmpty()
                ? "one that cannot be read"
                : key.stream().map(KeyColumn::name).collect(Collectors.joining(", "));
    }

    private void inspectFunction() {
        boolean called = objects.firing() > 0 || objects.triggers().stream().anyMatch(VectorizerObjects.Trigger::calls);
        boolean toTable = vectorizer.destination().targetTable() != null;
        if (called && (!details.fillsQueue() || (toTable && !details.emptiesStore()))) {
            add(
                    Code.TRIGGER_CALLS_OTHER,
                    "function " + vectorizer.triggerName(),
                    details.fillsQueue()
                            ? "It does not delete from " + vectorizer.store()
                                    + ": embeddings of deleted rows are found."
                            : "It does not put the key of a row into " + vectorizer.queue()
                                    + ": changes are not queued.",
                    RepairHint.of(vectorizer));
        }
    }

    private void inspectQueue(Code code, @Nullable RelationName name, List<String> columns, List<String> fixed) {
        List<String> missing = Stream.concat(vectorizer.key().stream().map(KeyColumn::name), fixed.stream())
                .filter(column -> !columns.contains(column))
                .toList();
        if (!missing.isEmpty()) {
            add(
                    code,
                    "table " + name,
                    "It has no column " + String.join(", ", missing) + ", only " + String.join(", ", columns)
                            + ": the trigger or the worker fails.",
                    "Drop or rename it, and then: " + RepairHint.of(vectorizer));
        }
    }

    /** The trigger inserts the key, and nothing else. */
    private void inspectRequired() {
        List<String> unfilled = details.queue().stream()
                .filter(Column::required)
                .map(Column::name)
                .filter(name -> vectorizer.key().stream()
                        .noneMatch(column -> column.name().equals(name)))
                .toList();
        if (!unfilled.isEmpty()) {
            add(
                    Code.QUEUE_DIFFERS,
                    "table " + vectorizer.queue(),
                    "It has " + String.join(", ", unfilled)
                            + " without a default, which must not be null and no trigger fills: every write to "
                            + vectorizer.source() + " fails.",
                    "Give it a default, or drop it.");
        }
    }

    private void inspectView() {
        if (objects.view() == null || objects.view().kind() != 'v') {
            return;
        }
        String object = "view " + vectorizer.view();
        if (!details.view().containsAll(List.of("embedding_uuid", "chunk_seq", "chunk", "embedding"))) {
            add(
                    Code.VIEW_DIFFERS,
                    object,
                    "It does not show the columns of " + vectorizer.store() + ": searches through it fail.",
                    "Drop or rename it, and then: " + RepairHint.of(vectorizer));
            return;
        }
        List<String> others = new ArrayList<>();
        if (objects.source() != null && !details.readsSource()) {
            others.add(vectorizer.source());
        }
        if (objects.store() != null && !details.readsStore()) {
            others.add(String.valueOf(vectorizer.store()));
        }
        if (!others.isEmpty()) {
            add(
                    Code.VIEW_STALE,
                    object,
                    "It reads another table than " + String.join(" and ", others)
                            + ", which was renamed or made again since: searches through it show rows of the other one.",
                    refreshView());
            return;
        }
        List<String> missing = Column.names(details.source()).stream()
                .filter(name -> !details.view().contains(name))
                .toList();
        if (!missing.isEmpty()) {
            add(
                    Code.VIEW_STALE,
                    object,
                    "It does not show " + String.join(", ", missing) + ", which " + vectorizer.source()
                            + " has by now.",
                    refreshView());
        }
    }

    private String refreshView() {
        return "Apply VectorizerChange.refreshView(\"" + vectorizer.name() + "\").";
    }

    private void inspectGrant(MissingGrant grant) {
        String right = switch (grant.on()) {
            case SOURCE -> "select on " + vectorizer.source();
            case QUEUE -> "select, insert, update, delete on " + vectorizer.queue();
            case FAILED_QUEUE -> "select, insert, update, delete on " + vectorizer.failedQueue();
            case STORE -> "select, insert, update on " + vectorizer.store();
            case VIEW -> "select on " + vectorizer.view();
        };
        add(
                Code.GRANT_MISSING,
                "role " + grant.role(),
                "The role may use the vectorizer's queue, and lacks " + right + ".",
                "Grant it, or revoke the role's rights on the queue.");
    }
}
