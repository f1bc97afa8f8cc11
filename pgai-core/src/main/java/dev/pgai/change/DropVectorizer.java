package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.EnumNames;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.VectorizerSql;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Drops a vectorizer: {@code ai.drop_vectorizer}. In the JSON form {@code embeddings} is {@code drop}, the default, or
 * {@code keep}, and {@code definition} is there when it is known; one with {@code if_exists} is read as a
 * {@link DropVectorizerIfExists}.
 *
 * @param name the vectorizer
 * @param embeddings whether store and view are dropped, too; the column of a column destination always stays
 * @param definition the vectorizer as it was, for the way back; null when it is not known
 */
public record DropVectorizer(
        String name, Embeddings embeddings, @Nullable VectorizerDefinition definition) implements VectorizerChange {

    static final String ACTION = "drop";

    private static final String DEPENDENT_OBJECTS = "2BP01";

    /**
     * Checks the arguments.
     *
     * @param name as above
     * @param embeddings as above
     * @param definition as above
     * @throws InvalidArgumentException when name or embeddings are null, the name cannot be stored, or the definition
     *     is of another name
     */
    public DropVectorizer {
        ChangeJson.name(name);
        Check.notNull("embeddings", embeddings);
        if (definition != null) {
            checkDefinition(name, CatalogNames.of(definition).vectorizer());
        }
    }

    private static void checkDefinition(String name, String defined) {
        if (!name.equals(defined)) {
            throw new InvalidArgumentException(
                    "definition.name",
                    defined,
                    "the vectorizer that is dropped is " + name,
                    "Give the definition that it was created from.");
        }
    }

    /**
     * Gives the drop a way back. Where the embeddings are kept, the vectorizer adopts them; else it is created again,
     * and its rows are embedded anew.
     *
     * @param definition the vectorizer as it was
     * @return a copy
     * @throws InvalidArgumentException when it is null or of another name
     */
    public DropVectorizer withDefinition(VectorizerDefinition definition) {
        return new DropVectorizer(name, embeddings, Check.notNull("definition", definition));
    }

    static VectorizerChange read(JsonObject json) {
        String name = json.text("name");
        Embeddings embeddings = Objects.requireNonNullElse(
                json.optional("embeddings", key -> json.constant(key, Embeddings.class)), Embeddings.DROP);
        VectorizerDefinition definition = json.optional("definition", key -> definition(json, key, name));
        if (!Boolean.TRUE.equals(json.optional("if_exists", json::bool))) {
            return new DropVectorizer(name, embeddings, definition);
        }
        if (definition != null) {
            throw new InvalidArgumentException(
                    json.pathOf("definition"),
                    name,
                    "a drop that may find nothing has no way back",
                    "Leave out the definition, or if_exists.");
        }
        return new DropVectorizerIfExists(name, embeddings);
    }

    /** Its name is known. */
    private static VectorizerDefinition definition(JsonObject json, String key, String name) {
        JsonObject object = json.object(key);
        VectorizerDefinition definition = DefinitionForm.read(object);
        object.refuseOtherKeys();
        return definition.name() == null ? definition.toBuilder().name(name).build() : definition;
    }

    @Override
    public List<String> sql() {
        return List.of(VectorizerSql.drop(name, embeddings));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.ofNullable(definition)
                .map(known ->
                        embeddings == Embeddings.KEEP ? VectorizerChange.adopt(known) : VectorizerChange.create(known));
    }

    @Override
    public String whyNoInverse() {
        return definition == null ? "Its definition is not known. Give the drop the definition, too." : "";
    }

    @Override
    public String toJson() {
        return ChangeJson.write(ACTION)
                .with("name", name)
                .with("embeddings", EnumNames.nameOf(embeddings))
                .with("definition", definition == null ? null : ChangeJson.values(definition))
                .toString();
    }

    @Override
    public String hintFor(String sqlState) {
        return hintFor(sqlState, embeddings);
    }

    static String hintFor(String sqlState, Embeddings embeddings) {
        return sqlState.equals(DEPENDENT_OBJECTS)
                ? "Nothing was dropped. First drop what the message names as dependent"
                        + (embeddings == Embeddings.DROP ? ", or keep the embeddings." : ".")
                : "";
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.PRESENT, Expectation.Right.DELETE)
                .with(embeddings == Embeddings.DROP ? Expectation.Owned.ALL : Expectation.Owned.SOURCE_AND_QUEUES);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return done(vectorizer, embeddings);
    }

    /** What became of the embeddings is not always what was asked for. */
    static String done(ChangedVectorizer vectorizer, Embeddings embeddings) {
        String dropped = "Dropped " + vectorizer + "; embeddings ";
        if (vectorizer.column() != null) {
            return dropped + "stay in column " + vectorizer.column() + " of " + vectorizer.source();
        }
        String store = vectorizer.store();
        if (embeddings == Embeddings.KEEP) {
            return dropped + "kept" + (store == null ? "" : " in " + store);
        }
        return dropped + "dropped" + (store == null ? "" : " with table " + store + " and view " + vectorizer.view());
    }

    /**
     * For people.
     *
     * @return for example {@code drop vectorizer "blog" and its embeddings}
     */
    @Override
    public String toString() {
        return "drop vectorizer \"" + name + "\" and " + (embeddings == Embeddings.DROP ? "" : "keep ")
                + "its embeddings";
    }
}
