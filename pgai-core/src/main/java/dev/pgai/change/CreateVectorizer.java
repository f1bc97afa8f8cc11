package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.VectorizerSql;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates a vectorizer: {@code ai.create_vectorizer}. In the JSON form the keys of the definition stand beside
 * {@code action}.
 *
 * @param definition what is created
 * @param enqueueExisting whether the rows that are there already are queued; null for the catalog's default, true
 */
public record CreateVectorizer(
        VectorizerDefinition definition, @Nullable Boolean enqueueExisting) implements VectorizerChange {

    static final String ACTION = "create";

    /**
     * Checks the arguments.
     *
     * @param definition as above
     * @param enqueueExisting as above
     * @throws InvalidArgumentException when the definition is null
     */
    public CreateVectorizer {
        Check.notNull("definition", definition);
    }

    /**
     * Says whether the rows that are there already are queued.
     *
     * @param enqueueExisting the catalog's default is true
     * @return a copy
     */
    public CreateVectorizer withEnqueueExisting(boolean enqueueExisting) {
        return new CreateVectorizer(definition, enqueueExisting);
    }

    static VectorizerChange read(JsonObject json) {
        VectorizerDefinition definition = DefinitionForm.read(json);
        Boolean enqueueExisting = json.optional("enqueue_existing", json::bool);
        return Boolean.TRUE.equals(json.optional("if_not_exists", json::bool))
                ? new CreateVectorizerIfAbsent(definition, enqueueExisting)
                : new CreateVectorizer(definition, enqueueExisting);
    }

    @Override
    public String name() {
        return CatalogNames.of(definition).vectorizer();
    }

    @Override
    public List<String> sql() {
        return List.of(VectorizerSql.create(definition, enqueueExisting));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.of(new DropVectorizer(name(), Embeddings.DROP, null));
    }

    @Override
    public String whyNoInverse() {
        return "";
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
        return Expectation.of(Expectation.Presence.ABSENT, Expectation.Right.INSERT);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return "Created " + vectorizer;
    }

    /**
     * For people.
     *
     * @return for example {@code create vectorizer "blog" on public.blog}
     */
    @Override
    public String toString() {
        return "create vectorizer \"" + name() + "\" on " + definition.source();
    }
}
