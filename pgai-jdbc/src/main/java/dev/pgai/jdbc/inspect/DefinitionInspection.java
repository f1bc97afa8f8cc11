package dev.pgai.jdbc.inspect;

import dev.pgai.database.Damage;
import dev.pgai.database.Damage.Code;
import dev.pgai.database.Problem;
import dev.pgai.jdbc.catalog.Column;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.check.SourceChecks;
import dev.pgai.jdbc.check.StoreColumns;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the objects of a vectorizer fit its definition. */
final class DefinitionInspection {

    private final VectorizerRow vectorizer;
    private final VectorizerDefinition definition;
    private final VectorizerObjects objects;
    private final VectorizerDetails details;
    private final KeyComparison key;
    private final int dimensions;
    private final List<Damage> damages = new ArrayList<>();

    DefinitionInspection(
            VectorizerRow vectorizer,
            VectorizerDefinition definition,
            VectorizerObjects objects,
            VectorizerDetails details,
            KeyComparison key) {
        this.vectorizer = vectorizer;
        this.definition = definition;
        this.objects = objects;
        this.details = details;
        this.key = key;
        this.dimensions = definition.embedding().dimensions();
    }

    List<Damage> damages() {
        if (objects.source() != null && objects.source().isTable()) {
            SourceChecks.problems(definition, objects.source().kind(), details.source(), details.key())
                    .forEach(this::addColumn);
        }
        if (definition.destination() instanceof Destination.Column column) {
            inspectColumn(column.embeddingColumn());
        } else if (objects.store() != null && objects.store().isTable()) {
            inspectStore(objects.store().kind());
        }
        return damages;
    }

    /** What keeps a definition from being created keeps a worker from its work later, too. */
    private void addColumn(Problem problem) {
        if (problem.code() == Problem.Code.COLUMN_RESERVED) {
            addReserved(String.valueOf(problem.value()), problem);
            return;
        }
        Code code = code(problem.code());
        if (code != null) {
            damages.add(Damage.of(
                    code,
                    "table " + vectorizer.source(),
                    problem.message() + " The worker fails, or deletes what was embedded.",
                    (problem.code() == Problem.Code.KEY_TYPE
                                    ? "Change the table back; or drop the vectorizer, and create it again. "
                                    : "Change the table back; or alter the vectorizer to a definition that fits, which embeds"
                                            + " all rows again. ")
                            + problem.hint()));
        }
    }

    private void addReserved(String column, Problem problem) {
        boolean shown = SourceChecks.isOfStore(column);
        if (shown && vectorizer.view() == null) {
            return;
        }
        damages.add(Damage.of(
                shown ? Code.VIEW_COLUMN_TAKEN : Code.COLUMN_RESERVED,
                "column " + column + " of " + vectorizer.source(),
                shown
                        ? "The store has one of this name, too, and the view cannot show both: it cannot be made again,"
                                + " nor show columns that are new."
                        : problem.message() + " The worker fails.",
                "Rename it."));
    }

    /** The damage that it is to a vectorizer which is there; null for what keeps no worker from its work. */
    static @Nullable Code code(Problem.Code code) {
        return switch (code) {
            case LOADING_COLUMN_MISSING, TEMPLATE_COLUMN_MISSING -> Code.COLUMN_MISSING;
            case LOADING_COLUMN_TYPE, KEY_TYPE, PARSING_MISMATCH -> Code.COLUMN_TYPE;
            default -> null;
        };
    }

    private void inspectColumn(String name) {
        Column.find(details.source(), name)
                .filter(column -> !column.takesVectors(dimensions))
                .ifPresent(column -> damages.add(Damage.of(
                        Code.EMBEDDING_COLUMN_DIFFERS,
                        "column " + name + " of " + vectorizer.source(),
                        "It is of type " + column.fullType() + ", and the model gives vector(" + dimensions
                                + "): the worker fails.",
                        "Drop the column and repair the vectorizer, or change its type.")));
    }

    private void inspectStore(char kind) {
        List<String> wrong = StoreColumns.wrong(kind, details.store(), details.storeKeys(), key.asMade(), dimensions);
        if (!wrong.isEmpty()) {
            damages.add(
                    Damage.of(
                            Code.STORE_DIFFERS,
                            "table " + vectorizer.store(),
                            "It " + String.join(", and it ", wrong) + ": the worker fails, or a search does.",
                            "Make it as the definition says; or drop it and repair the vectorizer, which embeds all rows again."));
        }
    }
}
