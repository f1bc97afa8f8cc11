package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonText;
import java.util.List;

/**
 * The JSON form of definitions. Lossless: what is written reads back equal.
 *
 * <p>The keys are those of the catalog's functions: {@code source} with {@code schema} and {@code table}, {@code name},
 * {@code destination}, {@code loading}, {@code parsing}, {@code embedding}, {@code chunking}, {@code indexing},
 * {@code formatting}, {@code scheduling}, {@code processing}, {@code queue_schema}, {@code queue_table},
 * {@code grant_to}. Each option has {@code implementation} and its arguments. What was not set is absent.
 * {@code enqueue_existing} and {@code if_not_exists} are no part of a definition: a create has them, see
 * {@code dev.pgai.change.VectorizerChange}.
 *
 * <p>An option that holds {@code config_type}, as the catalog stores it, is read as the catalog's: an implementation or
 * a key that this version does not know makes it an {@link UnknownOption}. Without {@code config_type} the same is an
 * error, because it is most likely a misspelling.
 */
public final class VectorizerJson {

    private VectorizerJson() {}

    /**
     * Writes a definition.
     *
     * @param definition the definition
     * @return JSON on one line
     */
    public static String write(VectorizerDefinition definition) {
        return JsonText.write(DefinitionForm.toMap(definition));
    }

    /**
     * Reads one definition.
     *
     * @param json a JSON object
     * @return the definition
     * @throws InvalidArgumentException when the text is not JSON, a key is unknown or twice there, a value has the
     *     wrong type, or the definition is invalid; the message names the path
     */
    public static VectorizerDefinition read(String json) {
        return DefinitionForm.readAlone(JsonObject.of(json));
    }

    /**
     * Reads several definitions.
     *
     * @param json a JSON array of objects
     * @return the definitions in their order
     * @throws InvalidArgumentException as {@link #read(String)}; also when the text is not an array
     */
    public static List<VectorizerDefinition> readList(String json) {
        return JsonObject.each(json, "definitions", DefinitionForm::readAlone);
    }
}
