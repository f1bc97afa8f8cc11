package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.VectorizerSql;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the worker, and a job of TimescaleDB, from working for a vectorizer: {@code ai.disable_vectorizer_schedule}.
 *
 * @param name the vectorizer
 */
public record DisableVectorizer(String name) implements VectorizerChange {

    static final String ACTION = "disable";

    /**
     * Checks the argument.
     *
     * @param name as above
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     */
    public DisableVectorizer {
        ChangeJson.name(name);
    }

    static VectorizerChange read(JsonObject json) {
        return new DisableVectorizer(json.text("name"));
    }

    @Override
    public List<String> sql() {
        return List.of(VectorizerSql.disable(name));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.of(new EnableVectorizer(name));
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
        return "Disabled " + vectorizer;
    }

    /**
     * For people.
     *
     * @return for example {@code disable vectorizer "blog"}
     */
    @Override
    public String toString() {
        return "disable vectorizer \"" + name + "\"";
    }
}
