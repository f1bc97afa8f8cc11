package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.ReplaceSql;
import java.util.List;
import java.util.Optional;

/**
 * Completes a replacement: the vectorizer and the second one beside it exchange their embeddings, options and queues,
 * so that whoever reads the view finds the new ones from then on. The embeddings from before are with the second one,
 * whose drop is a change of its own, in a transaction of its own: it locks the source, and readers would wait for each
 * other and for it. In the JSON form {@code accept_gaps} is false by default.
 *
 * @param name the vectorizer that is replaced
 * @param acceptGaps whether it is done although rows that are found now have no embedding there
 */
public record CompleteReplacement(String name, boolean acceptGaps) implements VectorizerChange {

    static final String ACTION = "complete_replacement";

    private static final String ACCEPT_GAPS = "accept_gaps";

    private static final String DEPENDENT_OBJECTS = "2BP01";

    private static final String OBJECT_IN_USE = "55006";

    private static final String NOT_IN_PREREQUISITE_STATE = "55000";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * Checks the arguments.
     *
     * @param name as above
     * @param acceptGaps as above
     * @throws InvalidArgumentException when the name is null, or cannot be stored
     */
    public CompleteReplacement {
        ChangeJson.name(name);
    }

    /**
     * Agrees that rows which are found now are not found afterwards: those that have failed, that have no text by the
     * new definition, or that are still queued.
     *
     * @return a copy
     */
    public CompleteReplacement acceptingGaps() {
        return new CompleteReplacement(name, true);
    }

    static VectorizerChange read(JsonObject json) {
        return new CompleteReplacement(json.text("name"), Boolean.TRUE.equals(json.optional(ACCEPT_GAPS, json::bool)));
    }

    @Override
    public List<String> sql() {
        return List.of(ReplaceSql.complete(name, acceptGaps));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.empty();
    }

    @Override
    public String whyNoInverse() {
        return "The embeddings from before are dropped next. Start a replacement by the definition from before, which"
                + " embeds all rows again.";
    }

    @Override
    public String toJson() {
        return ChangeJson.write(ACTION)
                .with("name", name)
                .with(ACCEPT_GAPS, acceptGaps)
                .toString();
    }

    @Override
    public String hintFor(String sqlState) {
        return switch (sqlState) {
            case DEPENDENT_OBJECTS ->
                "Nothing was changed. Drop what is named, and make it again afterwards; make a trigger, policy or constraint"
                        + " on the table or view beside it, too.";
            case OBJECT_IN_USE ->
                "Nothing was changed. Disable the vectorizer and " + ReplaceSql.next(name) + ", commit, wait until the"
                        + " sessions pgai-worker[<id>] of the two are gone, complete it, and enable the vectorizer:"
                        + " Pgai.replacements().complete on a DataSource does all that.";
            case NOT_IN_PREREQUISITE_STATE -> "Nothing was changed. Pgai.replacements().find tells how far it is.";
            case LOCK_NOT_AVAILABLE -> "Nothing was changed. Try again: another transaction held a lock.";
            default -> "";
        };
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.PRESENT, Expectation.Right.UPDATE)
                .with(Expectation.State.REPLACEMENT_STARTED)
                .with(Expectation.Owned.ALL);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return "Replaced " + vectorizer + "; what was before is in vectorizer " + ReplaceSql.next(vectorizer.name());
    }

    /**
     * For people.
     *
     * @return for example {@code complete the replacement of vectorizer "blog"}
     */
    @Override
    public String toString() {
        return "complete the replacement of vectorizer \"" + name + "\"";
    }
}
