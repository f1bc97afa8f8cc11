package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.AlterSql;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives a vectorizer that is there the options of a definition, and keeps its embeddings. What the definition leaves
 * out becomes the catalog's default. In the JSON form the keys of the definition stand beside {@code action}, and
 * {@code before} is the definition that it had, when it is known.
 *
 * @param definition what it becomes
 * @param before what it was, for the way back; null when it is not known
 */
public record AlterVectorizer(
        VectorizerDefinition definition, @Nullable VectorizerDefinition before) implements VectorizerChange {

    static final String ACTION = "alter";

    private static final String BEFORE = "before";

    private static final String OBJECT_IN_USE = "55006";

    private static final String NOT_IN_PREREQUISITE_STATE = "55000";

    /**
     * Checks the arguments.
     *
     * @param definition as above
     * @param before as above
     * @throws InvalidArgumentException when the definition is null, or the one before is of another name
     */
    public AlterVectorizer {
        Check.notNull("definition", definition);
        if (before != null) {
            String name = CatalogNames.of(definition).vectorizer();
            String nameBefore = CatalogNames.of(before).vectorizer();
            if (!name.equals(nameBefore)) {
                throw new InvalidArgumentException(
                        "before.name",
                        nameBefore,
                        "the vectorizer that is altered is " + name,
                        "Give the definition that it had before.");
            }
        }
    }

    /**
     * Gives the change a way back.
     *
     * @param before the definition that the vectorizer has before
     * @return a copy
     * @throws InvalidArgumentException when it is null or of another name
     */
    public AlterVectorizer withBefore(VectorizerDefinition before) {
        return new AlterVectorizer(definition, Check.notNull("before", before));
    }

    static VectorizerChange read(JsonObject json) {
        VectorizerDefinition definition = DefinitionForm.read(json);
        return new AlterVectorizer(definition, json.optional(BEFORE, key -> before(json.object(key), definition)));
    }

    /** Its name is known. */
    private static VectorizerDefinition before(JsonObject json, VectorizerDefinition definition) {
        VectorizerDefinition before = DefinitionForm.read(json);
        json.refuseOtherKeys();
        return before.name() == null
                ? before.toBuilder()
                        .name(CatalogNames.of(definition).vectorizer())
                        .build()
                : before;
    }

    @Override
    public String name() {
        return CatalogNames.of(definition).vectorizer();
    }

    @Override
    public List<String> sql() {
        return List.of(AlterSql.alter(name(), definition));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.ofNullable(before).map(known -> new AlterVectorizer(known, definition));
    }

    @Override
    public String whyNoInverse() {
        return before == null ? "The definition that it had before is not known. Give the change that one, too." : "";
    }

    @Override
    public String toJson() {
        return ChangeJson.write(ACTION)
                .with(definition)
                .with(BEFORE, before == null ? null : ChangeJson.values(before))
                .toString();
    }

    @Override
    public Optional<VectorizerDefinition> becomes() {
        return Optional.of(definition);
    }

    @Override
    public String hintFor(String sqlState) {
        return switch (sqlState) {
            case OBJECT_IN_USE ->
                "Nothing was changed. Disable it, commit, wait until the session pgai-worker[<id>] is gone, alter it, and"
                        + " enable it: Pgai.alter on a DataSource does all that.";
            case NOT_IN_PREREQUISITE_STATE ->
                "Nothing was changed. Drop and create it, or create another one beside it: the embeddings that are"
                        + " there are not those of this definition.";
            default -> "";
        };
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.PRESENT, Expectation.Right.UPDATE)
                .with(Expectation.State.ALTERABLE);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return "Altered " + vectorizer;
    }

    /**
     * For people.
     *
     * @return for example {@code alter vectorizer "blog"}
     */
    @Override
    public String toString() {
        return "alter vectorizer \"" + name() + "\"";
    }
}
