package dev.pgai.liquibase;

import dev.pgai.sql.VectorizerSql;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.InvalidDefinitionException;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import liquibase.change.Change;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import org.jspecify.annotations.Nullable;

/**
 * The change {@code dropVectorizer}: {@code ai.drop_vectorizer}. Its options:
 *
 * <ul>
 *   <li>{@code name}: the vectorizer, required
 *   <li>{@code embeddings}: {@code drop}, the default, or {@code keep}: whether store and view go, too. The column of a
 *       column destination always stays.
 *   <li>{@code definition}: the vectorizer as it was, with the options of {@code createVectorizer}. The rollback
 *       creates it again, and the worker embeds anew. Without it the change has no rollback but one that the change set
 *       gives.
 * </ul>
 */
@DatabaseChange(
        name = "dropVectorizer",
        description = "Drops a pgai vectorizer",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class DropVectorizerChange extends VectorizerChange {

    private String name = "";
    private Embeddings embeddings = Embeddings.DROP;
    private @Nullable VectorizerDefinition definition;

    /** For Liquibase, which loads the options afterwards. */
    public DropVectorizerChange() {}

    /**
     * A change for a changelog that is built in Java: drops the embeddings, too, and has no rollback.
     *
     * @param name the vectorizer
     */
    public DropVectorizerChange(String name) {
        this.name = name;
    }

    @Override
    void read(Map<String, Object> values) {
        ChangeOptions options = new ChangeOptions(values);
        name = options.text("name");
        embeddings = embeddings(options.textOr("embeddings", "drop"));
        definition = definition(options.map("definition"));
        options.refuseOthers();
    }

    private static Embeddings embeddings(String value) {
        return switch (value) {
            case "drop" -> Embeddings.DROP;
            case "keep" -> Embeddings.KEEP;
            default ->
                throw new InvalidDefinitionException(
                        "embeddings", value, "it must be one of [drop, keep]", "Choose one of these.");
        };
    }

    private @Nullable VectorizerDefinition definition(@Nullable Map<String, Object> values) {
        if (values == null) {
            return null;
        }
        Map<String, Object> named = new LinkedHashMap<>(values);
        named.putIfAbsent("name", name);
        VectorizerDefinition read = ChangeOptions.at("definition", () -> VectorizerJson.readLoose(named));
        if (!name.equals(read.name())) {
            throw new InvalidDefinitionException(
                    "definition.name",
                    read.name(),
                    "the vectorizer that is dropped is " + name,
                    "Leave it out: the name is known.");
        }
        if (embeddings == Embeddings.KEEP) {
            throw new InvalidDefinitionException(
                    "embeddings",
                    "keep",
                    "a rollback cannot create what is still there",
                    "Leave the definition out, and write the change set's own rollback if it needs one.");
        }
        return read;
    }

    @Override
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", name);
        values.put("embeddings", embeddings.name().toLowerCase(Locale.ROOT));
        if (definition != null) {
            values.put("definition", VectorizerJson.toMap(definition));
        }
        return values;
    }

    @Override
    String vectorizer() {
        return name;
    }

    @Override
    String sql() {
        return VectorizerSql.drop(name, embeddings);
    }

    @Override
    protected Change @Nullable [] createInverses() {
        return definition == null ? null : new Change[] {new CreateVectorizerChange(definition)};
    }

    @Override
    public String getConfirmationMessage() {
        return "Vectorizer " + name + " dropped, embeddings "
                + (embeddings == Embeddings.DROP ? "dropped, too" : "kept");
    }
}
