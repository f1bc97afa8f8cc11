package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.EnumNames;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.AdoptSql;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Enqueue;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Optional;

/**
 * Creates a vectorizer over embeddings that a drop has kept: {@code ai.create_vectorizer}, and the vectorizer is then
 * told of their store. Nothing but the dimensions tells which model they are of: adopt what was made by the same one.
 * In the JSON form the keys of the definition stand beside {@code action}; {@code enqueue} is {@code missing}, the
 * default, {@code all} or {@code none}, and {@code delete_orphans} is false by default.
 *
 * @param definition what is created; its destination is where the embeddings are
 * @param enqueue which rows are queued
 * @param deleteOrphans whether embeddings whose row is gone are deleted
 */
public record AdoptVectorizer(VectorizerDefinition definition, Enqueue enqueue, boolean deleteOrphans)
        implements VectorizerChange {

    static final String ACTION = "adopt";

    /**
     * Checks the arguments.
     *
     * @param definition as above
     * @param enqueue as above
     * @param deleteOrphans as above
     * @throws InvalidArgumentException when definition or enqueue are null, or this version does not know the kind of
     *     the destination
     */
    public AdoptVectorizer {
        Check.notNull("definition", definition);
        Check.notNull("enqueue", enqueue);
        if (definition.destination() instanceof Destination.Unknown unknown) {
            throw new InvalidArgumentException(
                    "destination.implementation",
                    unknown.implementation(),
                    "this version does not know where it keeps embeddings",
                    "Use a newer version of this library, or create the vectorizer.");
        }
    }

    /**
     * Says which rows are queued. Without it that is {@link Enqueue#MISSING}.
     *
     * @param enqueue the rows
     * @return a copy
     * @throws InvalidArgumentException when it is null
     */
    public AdoptVectorizer withEnqueue(Enqueue enqueue) {
        return new AdoptVectorizer(definition, enqueue, deleteOrphans);
    }

    /**
     * Agrees that embeddings whose row is gone are deleted. Without it they stay, and a search finds them.
     *
     * @return a copy
     */
    public AdoptVectorizer deletingOrphans() {
        return new AdoptVectorizer(definition, enqueue, true);
    }

    static VectorizerChange read(JsonObject json) {
        return new AdoptVectorizer(
                DefinitionForm.read(json), ChangeJson.enqueue(json, Enqueue.MISSING), ChangeJson.orphans(json));
    }

    @Override
    public String name() {
        return CatalogNames.of(definition).vectorizer();
    }

    @Override
    public List<String> sql() {
        return List.of(AdoptSql.adopt(definition, enqueue, deleteOrphans));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.of(new DropVectorizer(name(), Embeddings.KEEP, null));
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
                .with(ChangeJson.DELETE_ORPHANS, deleteOrphans)
                .toString();
    }

    @Override
    public Optional<VectorizerDefinition> creates() {
        return Optional.of(definition);
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.ABSENT, Expectation.Right.INSERT)
                .with(Expectation.State.EMBEDDINGS_KEPT);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return "Adopted the embeddings in "
                + (vectorizer.store() == null ? "column " + vectorizer.column() : vectorizer.store()) + " with "
                + vectorizer;
    }

    /**
     * For people.
     *
     * @return for example {@code adopt the embeddings of vectorizer "blog" on public.blog}
     */
    @Override
    public String toString() {
        return "adopt the embeddings of vectorizer \"" + name() + "\" on " + definition.source();
    }
}
