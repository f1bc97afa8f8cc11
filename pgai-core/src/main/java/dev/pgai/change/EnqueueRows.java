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
 * Queues rows of a vectorizer's source, so that workers embed them again. A search finds them as they are until then.
 * In the JSON form {@code enqueue} is {@code all}, the default, or {@code missing}.
 *
 * @param name the vectorizer
 * @param enqueue all rows, or those without an embedding
 */
public record EnqueueRows(String name, Enqueue enqueue) implements VectorizerChange {

    static final String ACTION = "enqueue";

    /**
     * Checks the arguments.
     *
     * @param name as above
     * @param enqueue as above
     * @throws InvalidArgumentException when an argument is null, the name cannot be stored, or it is
     *     {@link Enqueue#NONE}
     */
    public EnqueueRows {
        ChangeJson.name(name);
        if (Check.notNull(ChangeJson.ENQUEUE, enqueue) == Enqueue.NONE) {
            throw new InvalidArgumentException(
                    ChangeJson.ENQUEUE, enqueue, "no row would be queued", "Choose ALL or MISSING.");
        }
    }

    /**
     * Says which rows.
     *
     * @param enqueue all, which is the default, or those without an embedding
     * @return a copy
     * @throws InvalidArgumentException when it is null or {@link Enqueue#NONE}
     */
    public EnqueueRows withEnqueue(Enqueue enqueue) {
        return new EnqueueRows(name, enqueue);
    }

    static VectorizerChange read(JsonObject json) {
        return new EnqueueRows(json.text("name"), ChangeJson.enqueue(json, Enqueue.ALL));
    }

    @Override
    public List<String> sql() {
        return List.of(RepairSql.queue(name, enqueue));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.empty();
    }

    @Override
    public String whyNoInverse() {
        return "Workers may have embedded the rows by then.";
    }

    @Override
    public String toJson() {
        return ChangeJson.write(ACTION)
                .with("name", name)
                .with(ChangeJson.ENQUEUE, EnumNames.nameOf(enqueue))
                .toString();
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.PRESENT, Expectation.Right.UPDATE)
                .with(Expectation.State.WHOLE);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return (enqueue == Enqueue.ALL ? "Queued all rows of " : "Queued the rows without an embedding of ")
                + vectorizer;
    }

    /**
     * For people.
     *
     * @return for example {@code queue rows of vectorizer "blog"}
     */
    @Override
    public String toString() {
        return "queue rows of vectorizer \"" + name + "\"";
    }
}
