package dev.pgai.jdbc.check;

import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Code;
import dev.pgai.jdbc.catalog.Column;
import dev.pgai.jdbc.check.DefinitionFacts.Taken;
import dev.pgai.jdbc.check.DefinitionFacts.Vectorizer;
import dev.pgai.jdbc.check.DefinitionFacts.Wanted;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether what the catalog would create has a place, and a name that is free. */
public final class DestinationChecks {

    private final VectorizerDefinition definition;
    private final DefinitionFacts facts;
    private final boolean adopts;
    private final CatalogNames names;

    private final List<Problem> problems = new ArrayList<>();

    /**
     * For a definition.
     *
     * @param adopts whether the embeddings are to be there
     */
    DestinationChecks(VectorizerDefinition definition, DefinitionFacts facts, boolean adopts) {
        this.definition = definition;
        this.facts = facts;
        this.adopts = adopts;
        this.names = CatalogNames.of(definition);
    }

    List<Problem> problems() {
        checkVectorizer();
        checkNextId();
        checkSchemas();
        facts.taken().stream().filter(taken -> !isOfNextId(taken)).forEach(this::checkTaken);
        if (adopts && names.store() != null) {
            checkStore(names.store());
        }
        checkOwnNames();
        if (definition.destination() instanceof Destination.Column column) {
            checkColumn(column.embeddingColumn());
        }
        if (definition.destination() instanceof Destination.Table table) {
            checkView(table);
        }
        return problems;
    }

    private void checkVectorizer() {
        Vectorizer present = facts.present().orElse(null);
        if (present != null) {
            add(
                    Code.VECTORIZER_EXISTS,
                    "name",
                    present.name(),
                    "There is a vectorizer " + present.name() + " (id " + present.id() + ").",
                    "Choose another name, or drop it; createIfAbsent() accepts it when its definition is the same.");
        }
    }

    private void checkSchemas() {
        RelationName store = names.store();
        if (store != null && facts.target() == null) {
            // Without one of its own the store goes beside the source, which then is missing, too.
            if (!store.schema().equals(definition.source().schema())) {
                addMissingSchema("destination.target_schema", store.schema());
            }
        }
        if (facts.queue() == null && definition.queueSchema() != null) {
            addMissingSchema("queue_schema", definition.queueSchema());
        }
    }

    private void addMissingSchema(String option, String schema) {
        add(
                Code.SCHEMA_MISSING,
                option,
                schema,
                "There is no schema \"" + schema + "\" in database \""
                        + facts.catalog().database() + "\".",
                "Create it first, or correct the name: upper case counts.");
    }

    private void checkTaken(Taken taken) {
        String what =
                taken.kind().length() == 1 ? RelationKinds.name(taken.kind().charAt(0)) : "a " + taken.kind();
        Vectorizer owner = facts.vectorizers().stream()
                .filter(vectorizer -> vectorizer.owns().contains(taken.role()))
                .findFirst()
                .orElse(null);
        if (owner != null) {
            add(
                    Code.NAME_TAKEN,
                    option(taken.role()),
                    taken.name().toString(),
                    thereIs(what, taken) + " It is of " + owner + ".",
                    "Choose another name.");
        } else if (adopts && taken.role() == Wanted.VIEW && !isShown()) {
            add(
                    Code.NAME_TAKEN,
                    option(taken.role()),
                    taken.name().toString(),
                    "There is " + what + " " + taken.name() + ", which is no view of the embeddings.",
                    "Drop or rename it, or set view_name.");
        } else if (!adopts || (taken.role() != Wanted.STORE && taken.role() != Wanted.VIEW)) {
            add(Code.NAME_TAKEN, option(taken.role()), taken.name().toString(), thereIs(what, taken), hint(taken));
        }
    }

    /** What is wrong with the store that is to be adopted. */
    private void checkStore(RelationName store) {
        List<String> wrong = facts.store() == null
                ? List.of("is not there")
                : StoreColumns.wrong(
                        facts.store().kind(),
                        facts.store().columns(),
                        facts.store().keys(),
                        key(),
                        dimensions());
        if (!wrong.isEmpty()) {
            add(
                    Code.EMBEDDINGS_MISSING,
                    "destination.target_table",
                    store.toString(),
                    "There are no embeddings to be adopted: " + store + " " + String.join(", and it ", wrong) + ".",
                    "Create the vectorizer instead, or correct the definition.");
        }
    }

    private boolean isShown() {
        // Without a store that is the problem.
        return facts.store() == null || facts.store().shown();
    }

    private boolean hasKeptEmbeddings() {
        return facts.store() != null
                && StoreColumns.wrong(
                                facts.store().kind(),
                                facts.store().columns(),
                                facts.store().keys(),
                                key(),
                                dimensions())
                        .isEmpty();
    }

    private List<Column> key() {
        return facts.source() == null ? List.of() : facts.source().key();
    }

    private int dimensions() {
        return definition.embedding().dimensions();
    }

    /** The sequence of the ids was set back, or was not restored with the table. */
    private void checkNextId() {
        facts.vectorizers().stream()
                .filter(Vectorizer::sameId)
                .forEach(vectorizer -> add(
                        Code.ID_TAKEN,
                        null,
                        String.valueOf(vectorizer.id()),
                        "The sequence ai.vectorizer_id_seq gives the id " + vectorizer.id() + " next, and " + vectorizer
                                + " has it.",
                        "Let the owner of schema ai run: select setval('ai.vectorizer_id_seq', (select max(id) from"
                                + " ai.vectorizer))."));
    }

    /** Whether it is that of the vectorizer whose id the sequence gives again, which is said already. */
    private boolean isOfNextId(Taken taken) {
        return facts.vectorizers().stream()
                .anyMatch(vectorizer -> vectorizer.sameId() && vectorizer.owns().contains(taken.role()));
    }

    private static String thereIs(String what, Taken taken) {
        return "There is " + what + " " + taken.name() + " already, and the catalog would create "
                + switch (taken.role()) {
                    case VIEW -> "the view";
                    case STORE -> "the store";
                    case QUEUE -> "the queue";
                    case FAILED_QUEUE -> "the queue of failed rows";
                    case TRIGGER -> "the trigger on the source";
                }
                + " by this name.";
    }

    private String hint(Taken taken) {
        return switch (taken.role()) {
            case VIEW -> "Drop or rename it if an earlier vectorizer left it, or set view_name.";
            case STORE ->
                hasKeptEmbeddings()
                        ? "It has the columns of this store: to go on with its embeddings, apply"
                                + " VectorizerChange.adopt(definition). Else drop or rename it, or set target_table."
                        : "Drop or rename it if an earlier vectorizer left it, or set target_table.";
            case QUEUE ->
                definition.queueTable() == null
                        ? "It is left over: drop it, or set queue_table."
                        : "Set another queue_table.";
            case FAILED_QUEUE, TRIGGER -> "It is left over from a vectorizer that is gone: drop it.";
        };
    }

    private static String option(Wanted role) {
        return switch (role) {
            case VIEW -> "destination.view_name";
            case STORE -> "destination.target_table";
            case QUEUE -> "queue_table";
            case FAILED_QUEUE -> "queue_schema";
            case TRIGGER -> "source";
        };
    }

    /** The queue is created last, and the catalog does not compare the names. */
    private void checkOwnNames() {
        RelationName queue = definition.queueTable() == null ? null : names.queue(0);
        if (queue != null && (queue.equals(names.store()) || queue.equals(names.view()))) {
            add(
                    Code.NAME_TAKEN,
                    "queue_table",
                    queue.toString(),
                    "The queue and the " + (queue.equals(names.store()) ? "store" : "view")
                            + " would have the same name, " + queue + ".",
                    "Set another queue_table.");
        }
    }

    private void checkColumn(String name) {
        if (facts.source() == null) {
            return;
        }
        Column column = facts.source().column(name).orElse(null);
        if (column == null) {
            if (adopts) {
                add(
                        Code.EMBEDDINGS_MISSING,
                        "destination.embedding_column",
                        name,
                        "There are no embeddings to be adopted: the source has no column \"" + name + "\".",
                        "Create the vectorizer instead, or correct the definition.");
            }
            return;
        }
        int dimensions = dimensions();
        if (column.generated() || !column.takesVectors(dimensions)) {
            add(
                    Code.DESTINATION_COLUMN_TYPE,
                    "destination.embedding_column",
                    column.fullType(),
                    "The source has a column \"" + name + "\" "
                            + (column.generated() ? "that is generated" : "of type " + column.fullType())
                            + ", which the catalog would take over as it is.",
                    "Drop it if an earlier vectorizer left it, so that it is made as vector(" + dimensions
                            + "), or name another column.");
        }
        facts.vectorizers().stream()
                .filter(vectorizer -> vectorizer.sameColumn() && !vectorizer.sameName())
                .forEach(vectorizer -> add(
                        Code.DESTINATION_COLUMN_SHARED,
                        "destination.embedding_column",
                        name,
                        "Vectorizer " + vectorizer.name() + " (id " + vectorizer.id() + ") writes to the column \""
                                + name + "\", too: the last to write wins.",
                        "Name another column."));
    }

    private void checkView(Destination.Table table) {
        String asked = table.viewSchema();
        String actual = definition.source().schema();
        if (asked != null && !asked.equals(actual)) {
            add(
                    Code.VIEW_SCHEMA_IGNORED,
                    "destination.view_schema",
                    asked,
                    "The catalog creates the view in the source's schema, \"" + actual + "\", whatever is asked.",
                    "Leave view_schema out, and create a view of your own where you need one.");
        }
    }

    private void add(Code code, @Nullable String option, String value, String message, String hint) {
        problems.add(Problem.of(code, option, value, message, hint));
    }
}
