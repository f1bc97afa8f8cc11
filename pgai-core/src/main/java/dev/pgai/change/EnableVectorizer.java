package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.VectorizerSql;
import java.util.List;
import java.util.Optional;

/**
 * Lets the worker, and a job of TimescaleDB, work for a vectorizer again: {@code ai.enable_vectorizer_schedule}.
 *
 * @param name the vectorizer
 */
public record EnableVectorizer(String name) implements VectorizerChange {

    static final String ACTION = "enable";

    /**
     * Checks the argument.
     *
     * @param name as above
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     */
    public EnableVectorizer {
        ChangeJson.name(name);
    }

    static VectorizerChange read(JsonObject json) {
        return new EnableVectorizer(json.text("name"));
    }

    @Override
    public List<String> sql() {
        return List.of(VectorizerSql.enable(name));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.of(new DisableVectorizer(name));
    }

    @Override
    public String whyNoInverse() {
        return "";
    }

    @Override
    public String toJson() {
        return ChangeJson.write(ACTION).with("name", name).toString();
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.PRESENT, Expectation.Right.UPDATE);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return "Enabled " + vectorizer;
    }

    /**
     * For people.
     *
     * @return for example {@code enable vectorizer "blog"}
     */
    @Override
    public String toString() {
        return "enable vectorizer \"" + name + "\"";
    }
}
