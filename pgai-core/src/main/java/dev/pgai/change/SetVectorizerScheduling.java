package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.VectorizerSql;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import java.util.List;
import java.util.Optional;

/**
 * Gives a vectorizer another schedule and another index: {@code ai.set_scheduling}, since pgai 0.12. It needs
 * TimescaleDB, and fails on a plain PostgreSQL whatever is set.
 *
 * @param name the vectorizer
 * @param scheduling the new schedule
 * @param indexing the new index, which needs a schedule unless it is none; an index that is there stays
 */
public record SetVectorizerScheduling(String name, Scheduling scheduling, Indexing indexing)
        implements VectorizerChange {

    static final String ACTION = "set_scheduling";

    private static final String UNDEFINED_FUNCTION = "42883";

    /**
     * Checks the arguments.
     *
     * @param name as above
     * @param scheduling as above
     * @param indexing as above
     * @throws InvalidArgumentException when an argument is null, or the name cannot be stored
     */
    public SetVectorizerScheduling {
        ChangeJson.name(name);
        Check.notNull("scheduling", scheduling);
        Check.notNull("indexing", indexing);
    }

    static VectorizerChange read(JsonObject json) {
        return new SetVectorizerScheduling(
                json.text("name"), DefinitionForm.readScheduling(json), DefinitionForm.readIndexing(json));
    }

    @Override
    public List<String> sql() {
        return List.of(VectorizerSql.setScheduling(name, scheduling, indexing));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.empty();
    }

    @Override
    public String whyNoInverse() {
        return "The schedule that it had before is not known. Set that one by a change of its own.";
    }

    @Override
    public String toJson() {
        return ChangeJson.write(ACTION)
                .with("name", name)
                .with(scheduling)
                .with(indexing)
                .toString();
    }

    @Override
    public String hintFor(String sqlState) {
        return sqlState.equals(UNDEFINED_FUNCTION)
                ? "ai.set_scheduling came with pgai 0.12 and calls functions of TimescaleDB, whatever is set: it needs"
                        + " both, and the extension ai for a schedule other than none."
                : "";
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.PRESENT, Expectation.Right.UPDATE);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return "Set scheduling to " + scheduling.implementation() + " and indexing to " + indexing.implementation()
                + " for " + vectorizer;
    }

    /**
     * For people.
     *
     * @return for example {@code set scheduling of vectorizer "blog" to none, indexing to none}
     */
    @Override
    public String toString() {
        return "set scheduling of vectorizer \"" + name + "\" to " + scheduling.implementation() + ", indexing to "
                + indexing.implementation();
    }
}
