package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonText;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JSON form of changes. */
final class ChangeJson {

    static final String ACTION = "action";

    private static final Map<String, Function<JsonObject, VectorizerChange>> READERS = new TreeMap<>(Map.of(
            CreateVectorizer.ACTION, CreateVectorizer::read,
            CreateVectorizerIfAbsent.ACTION, CreateVectorizerIfAbsent::read,
            DropVectorizer.ACTION, DropVectorizer::read,
            DropVectorizerIfExists.ACTION, DropVectorizerIfExists::read,
            EnableVectorizer.ACTION, EnableVectorizer::read,
            DisableVectorizer.ACTION, DisableVectorizer::read,
            SetVectorizerScheduling.ACTION, SetVectorizerScheduling::read));

    private final Map<String, Object> values = new LinkedHashMap<>();

    private ChangeJson(String action) {
        values.put(ACTION, action);
    }

    static ChangeJson write(String action) {
        return new ChangeJson(action);
    }

    ChangeJson with(String key, @Nullable Object value) {
        if (value != null) {
            values.put(key, value);
        }
        return this;
    }

    ChangeJson with(VectorizerDefinition definition) {
        values.putAll(values(definition));
        return this;
    }

    ChangeJson with(Option option) {
        values.put(option.configType(), DefinitionForm.toMap(option));
        return this;
    }

    @Override
    public String toString() {
        return JsonText.write(values);
    }

    static Map<String, Object> values(VectorizerDefinition definition) {
        return DefinitionForm.toMap(definition);
    }

    static VectorizerChange read(JsonObject json) {
        return read(json.text(ACTION), json);
    }

    static VectorizerChange read(String action, JsonObject json) {
        Function<JsonObject, VectorizerChange> reader = READERS.get(action);
        if (reader == null) {
            throw new InvalidArgumentException(
                    json.pathOf(ACTION), action, "it must be one of " + READERS.keySet(), "Choose one of these.");
        }
        VectorizerChange change = reader.apply(json);
        json.refuseOtherKeys();
        return change;
    }

    /** A vectorizer is looked for by it, so that it need not be one that could be created. */
    static String name(@Nullable String name) {
        return Check.text("name", name);
    }
}
