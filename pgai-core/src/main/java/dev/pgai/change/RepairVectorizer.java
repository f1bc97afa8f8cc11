package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.EnumNames;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.RepairSql;
import dev.pgai.vectorizer.Enqueue;
import java.util.List;
import java.util.Optional;

/**
 * Makes again what is missing of a vectorizer, by the catalog's own functions: queues, store, view, column, triggers,
 * and the rights on them. In the JSON form {@code enqueue} is {@code all}, the default, {@code missing} or
 * {@code none}, and {@code delete_orphans} is false by default.
 *
 * @param name the vectorizer
 * @param enqueue which rows are queued when changes of the source went by unseen, or embeddings are lost
 * @param deleteOrphans whether embeddings whose row is gone are deleted
 */
public record RepairVectorizer(String name, Enqueue enqueue, boolean deleteOrphans) implements VectorizerChange {

    static final String ACTION = "repair";

    /**
     * Checks the arguments.
     *
     * @param name as above
     * @param enqueue as above
     * @param deleteOrphans as above
     * @throws InvalidArgumentException when name or enqueue are null, or the name cannot be stored
     */
    public RepairVectorizer {
        ChangeJson.name(name);
        Check.notNull("enqueue", enqueue);
    }

    /**
     * Says which rows are queued. Without it that is {@link Enqueue#ALL}, because nobody knows which ones were changed.
     *
     * @param enqueue the rows
     * @return a copy
     * @throws InvalidArgumentException when it is null
     */
    public RepairVectorizer withEnqueue(Enqueue enqueue) {
        return new RepairVectorizer(name, enqueue, deleteOrphans);
    }

    /**
     * Agrees that embeddings whose row is gone are deleted, as the trigger would have done. Without it they stay, and a
     * search finds them.
     *
     * @return a copy
     */
    public RepairVectorizer deletingOrphans() {
        return new RepairVectorizer(name, enqueue, true);
    }

    static VectorizerChange read(JsonObject json) {
        return new RepairVectorizer(json.text("name"), ChangeJson.enqueue(json, Enqueue.ALL), ChangeJson.orphans(json));
    }

    @Override
    public List<String> sql() {
        return List.of(RepairSql.repair(name, enqueue, deleteOrphans));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.empty();
    }

    @Override
    public String whyNoInverse() {
        return "Nobody wants the damage back.";
    }

    @Override
    public String toJson() {
        return ChangeJson.write(ACTION)
                .with("name", name)
                .with(ChangeJson.ENQUEUE, EnumNames.nameOf(enqueue))
                .with(ChangeJson.DELETE_ORPHANS, deleteOrphans)
                .toString();
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.PRESENT, Expectation.Right.UPDATE)
                .with(Expectation.State.MENDABLE)
                .with(Expectation.Owned.ALL);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return "Repaired " + vectorizer;
    }

    /**
     * For people.
     *
     * @return for example {@code repair vectorizer "blog"}
     */
    @Override
    public String toString() {
        return "repair vectorizer \"" + name + "\"";
    }
}
