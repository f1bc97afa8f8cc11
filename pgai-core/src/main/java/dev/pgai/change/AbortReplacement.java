package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.ReplaceSql;
import java.util.List;
import java.util.Optional;

/**
 * Ends a replacement that is not completed: what fills beside the vectorizer is dropped, with its embeddings.
 *
 * @param name the vectorizer that was to be replaced, and stays as it is
 */
public record AbortReplacement(String name) implements VectorizerChange {

    static final String ACTION = "abort_replacement";

    private static final String DEPENDENT_OBJECTS = "2BP01";

    private static final String NOT_IN_PREREQUISITE_STATE = "55000";

    /**
     * Checks the argument.
     *
     * @param name as above
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     */
    public AbortReplacement {
        ChangeJson.name(name);
    }

    static VectorizerChange read(JsonObject json) {
        return new AbortReplacement(json.text("name"));
    }

    @Override
    public List<String> sql() {
        return List.of(ReplaceSql.abort(name));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.empty();
    }

    @Override
    public String whyNoInverse() {
        return "What was embedded for it is lost. Start it again.";
    }

    @Override
    public String toJson() {
        return ChangeJson.write(ACTION).with("name", name).toString();
    }

    @Override
    public String hintFor(String sqlState) {
        return switch (sqlState) {
            case DEPENDENT_OBJECTS ->
                "Nothing was dropped. First drop what the message names as dependent on what fills beside it.";
            case NOT_IN_PREREQUISITE_STATE ->
                "Nothing was changed. Pgai.replacements().find tells how far it is; one that has been completed leaves"
                        + " vectorizer " + ReplaceSql.next(name) + " to be dropped.";
            default -> "";
        };
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.PRESENT, Expectation.Right.DELETE)
                .with(Expectation.State.REPLACEMENT_FILLING);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return "Aborted the replacement of " + vectorizer;
    }

    /**
     * For people.
     *
     * @return for example {@code abort the replacement of vectorizer "blog"}
     */
    @Override
    public String toString() {
        return "abort the replacement of vectorizer \"" + name + "\"";
    }
}
