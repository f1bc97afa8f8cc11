package dev.pgai.jdbc.check;

import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Code;
import dev.pgai.jdbc.check.DefinitionFacts.Column;
import dev.pgai.jdbc.check.DefinitionFacts.Taken;
import dev.pgai.jdbc.check.DefinitionFacts.Vectorizer;
import dev.pgai.jdbc.check.DefinitionFacts.Wanted;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether what the catalog would create has a place, and a name that is free. */
final class DestinationChecks {

    /** What a vector can be assigned to without becoming text, with the number of dimensions in brackets. */
    private static final Set<String> VECTOR_TYPES = Set.of("vector", "halfvec", "sparsevec");

    private static final String REAL_ARRAY = "_float4";

    private final VectorizerDefinition definition;
    private final DefinitionFacts facts;
    private final CatalogNames names;

    private final List<Problem> problems = new ArrayList<>();

    DestinationChecks(VectorizerDefinition definition, DefinitionFacts facts) {
        this.definition = definition;
        this.facts = facts;
        this.names = CatalogNames.of(definition);
    }

    List<Problem> problems() {
        checkVectorizer();
        checkSchemas();
        facts.taken().forEach(this::checkTaken);
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
        add(Code.NAME_TAKEN, option(taken.role()), taken.name().toString(), thereIs(what, taken), hint(taken));
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
            case STORE -> "Drop or rename it if an earlier vectorizer left it, or set target_table.";
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
            return;
        }
        int dimensions = definition.embedding().dimensions();
        if (column.generated() || !takesVectors(column, dimensions)) {
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

    private static boolean takesVectors(Column column, int dimensions) {
        return column.type().equals(REAL_ARRAY)
                || (VECTOR_TYPES.contains(column.type())
                        && (column.modifier() == -1 || column.modifier() == dimensions));
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

    private void add(Code code, String option, String value, String message, String hint) {
        problems.add(Problem.of(code, option, value, message, hint));
    }
}
