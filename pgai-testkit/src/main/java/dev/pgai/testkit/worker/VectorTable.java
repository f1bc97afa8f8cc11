package dev.pgai.testkit.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.file.UserFiles;
import java.util.LinkedHashMap;
import java.util.Map;

/** Vectors by their texts, see {@link Embedder#ofTable}. */
final class VectorTable {

    private static final MapType TYPE =
            TypeFactory.defaultInstance().constructMapType(LinkedHashMap.class, String.class, float[].class);

    private final String name;
    private final Map<String, float[]> vectors = new LinkedHashMap<>();

    VectorTable(String name, Map<String, float[]> vectors) {
        this.name = name;
        vectors.forEach((text, vector) -> this.vectors.put(text, vector.clone()));
    }

    static VectorTable read(String location) {
        String json = UserFiles.text(location);
        try {
            Map<String, float[]> vectors = new JsonMapper().readValue(json, TYPE);
            if (vectors == null || vectors.containsValue(null)) {
                throw new PgaiException(location + ": a vector is null. Write texts and arrays of numbers, such as"
                        + " {\"a text\": [0.1, 0.2]}.");
            }
            return new VectorTable(location, vectors);
        } catch (JsonProcessingException e) {
            throw new PgaiException(
                    location + ": " + e.getOriginalMessage() + ". Write texts and arrays of numbers, such as"
                            + " {\"a text\": [0.1, 0.2]}.",
                    e);
        }
    }

    float[] embed(String text) {
        float[] vector = vectors.get(text);
        if (vector == null) {
            throw new PgaiException("There is no vector for \"" + text + "\" in " + name + ", which has "
                    + vectors.size() + " texts. Add it.");
        }
        return vector.clone();
    }
}
