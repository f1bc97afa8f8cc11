package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.EnumNames;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.ReplaceSql;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.Enqueue;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Optional;

/**
 * Starts to replace the embeddings of a vectorizer by those of another definition: creates a second one beside it,
 * which workers fill while the first goes on to serve. In the JSON form the keys of the definition stand beside
 * {@code action}; {@code enqueue} is {@code all}, the default, {@code missing} or {@code none}.
 *
 * @param definition what the vectorizer becomes when the replacement is completed
 * @param enqueue which rows of the source are queued for the second at once
 */
public record StartReplacement(VectorizerDefinition definition, Enqueue enqueue) implements VectorizerChange {

    static final String ACTION = "start_replacement";

    private static final String DUPLICATE_OBJECT = "42710";

    private static final String NOT_IN_PREREQUISITE_STATE = "55000";

    /**
     * Checks the arguments.
     *
     * @param definition as above
     * @param enqueue as above
     * @throws InvalidArgumentException when an argument is null, or the destination is not a table
     */
    public StartReplacement {
        Check.notNull("definition", definition);
        Check.notNull("enqueue", enqueue);
        if (CatalogNames.of(definition).store() == null) {
            throw new InvalidArgumentException(
                    "destination",
                    definition.destination(),
                    "only a table can be filled beside the one that serves",
                    "Drop the vectorizer, and create it anew.");
        }
    }

    /**
     * Says which rows are queued with it. Writes to the source wait until its transaction ends, which takes a second or
     * two for a million rows; with {@link Enqueue#NONE}, they are queued by {@code Pgai.replacements().start} in a
     * transaction of their own.
     *
     * @param enqueue the rows
     * @return a copy
     * @throws InvalidArgumentException when it is null
     */
    public StartReplacement withEnqueue(Enqueue enqueue) {
        return new StartReplacement(definition, enqueue);
    }

    /**
     * What fills beside the vectorizer.
     *
     * @return the definition with another name, and another table and view
     */
    public VectorizerDefinition second() {
        return ReplaceSql.second(definition);
    }

    /**
     * Whether a second vectorizer that is there has been started by this change.
     *
     * @param second what a row of the catalog holds
     * @return in what it differs, unmodifiable; empty when it is the same
     * @throws InvalidArgumentException when it is null
     */
    public List<DefinitionDifference> differencesFrom(VectorizerDefinition second) {
        return DefinitionDifference.all(second(), Check.notNull("second", second)).stream()
                .filter(difference -> !difference.path().equals("queue_table"))
                .toList();
    }

    static VectorizerChange read(JsonObject json) {
        Enqueue enqueue = ChangeJson.enqueue(json, Enqueue.ALL);
        return new StartReplacement(DefinitionForm.read(json), enqueue);
    }

    @Override
    public String name() {
        return CatalogNames.of(definition).vectorizer();
    }

    @Override
    public List<String> sql() {
        return List.of(ReplaceSql.start(definition, enqueue));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.of(new AbortReplacement(name()));
    }

    @Override
    public String whyNoInverse() {
        return "";
    }

    @Override
    public String toJson() {
        return ChangeJson.write(ACTION)
                .with(definition)
                .with(ChangeJson.ENQUEUE, EnumNames.nameOf(enqueue))
                .toString();
    }

    @Override
    public Optional<VectorizerDefinition> becomes() {
        return Optional.of(definition);
    }

    @Override
    public String hintFor(String sqlState) {
        return switch (sqlState) {
            case DUPLICATE_OBJECT ->
                "Nothing was changed. Complete the replacement that has been started, or abort it; or drop or rename what"
                        + " has a name that the second vectorizer takes.";
            case NOT_IN_PREREQUISITE_STATE ->
                "Nothing was changed. A replacement has the source, destination, queue, schedule and index of what it"
                        + " replaces: drop the vectorizer, and create it anew.";
            default -> "";
        };
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.PRESENT, Expectation.Right.UPDATE)
                .with(Expectation.State.REPLACEABLE)
                .with(Expectation.Owned.ALL);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return "Started to replace " + vectorizer + ": vectorizer " + ReplaceSql.next(vectorizer.name())
                + " fills beside it";
    }

    /**
     * For people.
     *
     * @return for example {@code start to replace vectorizer "blog"}
     */
    @Override
    public String toString() {
        return "start to replace vectorizer \"" + name() + "\"";
    }
}
