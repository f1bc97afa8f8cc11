package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.VectorizerSql;
import java.util.List;
import java.util.Optional;

/**
 * Forgets a vectorizer whose source is gone: its row and its queue go, and its embeddings stay in their store. Refused
 * while the source is there.
 *
 * @param name the vectorizer
 */
public record ForgetVectorizer(String name) implements VectorizerChange {

    static final String ACTION = "forget";

    private static final String OBJECT_IN_USE = "55006";

    /**
     * Checks the argument.
     *
     * @param name as above
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     */
    public ForgetVectorizer {
        ChangeJson.name(name);
    }

    static VectorizerChange read(JsonObject json) {
        return new ForgetVectorizer(json.text("name"));
    }

    @Override
    public List<String> sql() {
        return List.of(VectorizerSql.forget(name));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.empty();
    }

    @Override
    public String whyNoInverse() {
        return "Its source is gone. When it is there again, adopt the embeddings.";
    }

    @Override
    public String toJson() {
        return ChangeJson.write(ACTION).with("name", name).toString();
    }

    @Override
    public String hintFor(String sqlState) {
        return sqlState.equals(OBJECT_IN_USE) ? "Drop the vectorizer instead, and keep the embeddings." : "";
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.PRESENT, Expectation.Right.DELETE)
                .with(Expectation.State.SOURCE_GONE)
                .with(Expectation.Owned.SOURCE_AND_QUEUES);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return "Forgot " + vectorizer
                + (vectorizer.store() == null ? "" : "; embeddings kept in " + vectorizer.store());
    }

    /**
     * For people.
     *
     * @return for example {@code forget vectorizer "blog"}
     */
    @Override
    public String toString() {
        return "forget vectorizer \"" + name + "\"";
    }
}
