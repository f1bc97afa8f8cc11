package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.VectorizerSql;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates a vectorizer unless one of its name is there: {@code ai.create_vectorizer}. In the JSON form the keys of the
 * definition stand beside {@code action}; a {@code create} with {@code if_not_exists} is read as this, too.
 *
 * <p>{@code Pgai.apply} compares one that is there with the definition, and refuses when it is another. The SQL alone
 * compares nothing.
 *
 * @param definition what is created
 * @param enqueueExisting whether the rows that are there already are queued; null for the catalog's default, true
 */
public record CreateVectorizerIfAbsent(
        VectorizerDefinition definition, @Nullable Boolean enqueueExisting) implements VectorizerChange {

    static final String ACTION = "create_if_absent";

    /**
     * Checks the arguments.
     *
     * @param definition as above
     * @param enqueueExisting as above
     * @throws InvalidArgumentException when the definition is null
     */
    public CreateVectorizerIfAbsent {
        Check.notNull("definition", definition);
    }

    /**
     * Says whether the rows that are there already are queued.
     *
     * @param enqueueExisting the catalog's default is true
     * @return a copy
     */
    public CreateVectorizerIfAbsent withEnqueueExisting(boolean enqueueExisting) {
        return new CreateVectorizerIfAbsent(definition, enqueueExisting);
    }

    static VectorizerChange read(JsonObject json) {
        return new CreateVectorizerIfAbsent(DefinitionForm.read(json), json.optional("enqueue_existing", json::bool));
    }

    @Override
    public String name() {
        return CatalogNames.of(definition).vectorizer();
    }

    @Override
    public List<String> sql() {
        return List.of(VectorizerSql.createIfAbsent(name(), definition, enqueueExisting));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.empty();
    }

    @Override
    public String whyNoInverse() {
        return "It may have been there before. Drop it by a change of its own where it is to go.";
    }

    @Override
    public String toJson() {
        return ChangeJson.write(ACTION)
                .with(definition)
                .with("enqueue_existing", enqueueExisting)
                .toString();
    }

    @Override
    public Optional<VectorizerDefinition> creates() {
        return Optional.of(definition);
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.ABSENT_OR_DONE, Expectation.Right.INSERT);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return "Created " + vectorizer;
    }

    /**
     * For people.
     *
     * @return for example {@code create vectorizer "blog" on public.blog if it is absent}
     */
    @Override
    public String toString() {
        return "create vectorizer \"" + name() + "\" on " + definition.source() + " if it is absent";
    }
}
