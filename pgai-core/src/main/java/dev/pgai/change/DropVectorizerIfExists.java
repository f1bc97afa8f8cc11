package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.EnumNames;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.VectorizerSql;
import dev.pgai.vectorizer.Embeddings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Drops a vectorizer if there is one: {@code ai.drop_vectorizer}. In the JSON form {@code embeddings} is {@code drop},
 * the default, or {@code keep}.
 *
 * @param name the vectorizer
 * @param embeddings whether store and view are dropped, too; the column of a column destination always stays
 */
public record DropVectorizerIfExists(String name, Embeddings embeddings) implements VectorizerChange {

    static final String ACTION = "drop_if_exists";

    /**
     * Checks the arguments.
     *
     * @param name as above
     * @param embeddings as above
     * @throws InvalidArgumentException when an argument is null, or the name cannot be stored
     */
    public DropVectorizerIfExists {
        ChangeJson.name(name);
        Check.notNull("embeddings", embeddings);
    }

    static VectorizerChange read(JsonObject json) {
        return new DropVectorizerIfExists(
                json.text("name"),
                Objects.requireNonNullElse(
                        json.optional("embeddings", key -> json.constant(key, Embeddings.class)), Embeddings.DROP));
    }

    @Override
    public List<String> sql() {
        return List.of(VectorizerSql.dropIfExists(name, embeddings));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.empty();
    }

    @Override
    public String whyNoInverse() {
        return "It may not have been there. Create it by a change of its own where it is to be.";
    }

    @Override
    public String toJson() {
        return ChangeJson.write(ACTION)
                .with("name", name)
                .with("embeddings", EnumNames.nameOf(embeddings))
                .toString();
    }

    @Override
    public String hintFor(String sqlState) {
        return DropVectorizer.hintFor(sqlState, embeddings);
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.PRESENT_OR_DONE, Expectation.Right.DELETE)
                .with(embeddings == Embeddings.DROP ? Expectation.Owned.ALL : Expectation.Owned.SOURCE_AND_QUEUES);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return DropVectorizer.done(vectorizer, embeddings);
    }

    /**
     * For people.
     *
     * @return for example {@code drop vectorizer "blog" and its embeddings if it exists}
     */
    @Override
    public String toString() {
        return "drop vectorizer \"" + name + "\" and " + (embeddings == Embeddings.DROP ? "" : "keep ")
                + "its embeddings if it exists";
    }
}
