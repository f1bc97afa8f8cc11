package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonText;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.Enqueue;
import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JSON form of changes. */
final class ChangeJson {

    static final String ACTION = "action";
    static final String ENQUEUE = "enqueue";
    static final String DELETE_ORPHANS = "delete_orphans";

    private static final Map<String, Function<JsonObject, VectorizerChange>> READERS = new TreeMap<>(Map.ofEntries(
            Map.entry(AbortReplacement.ACTION, AbortReplacement::read),
            Map.entry(AdoptVectorizer.ACTION, AdoptVectorizer::read),
            Map.entry(AlterVectorizer.ACTION, AlterVectorizer::read),
            Map.entry(CompleteReplacement.ACTION, CompleteReplacement::read),
            Map.entry(CreateVectorizer.ACTION, CreateVectorizer::read),
            Map.entry(CreateVectorizerIfAbsent.ACTION, CreateVectorizerIfAbsent::read),
            Map.entry(DisableVectorizer.ACTION, DisableVectorizer::read),
            Map.entry(DropVectorizer.ACTION, DropVectorizer::read),
            Map.entry(DropVectorizerIfExists.ACTION, DropVectorizerIfExists::read),
            Map.entry(EnableVectorizer.ACTION, EnableVectorizer::read),
            Map.entry(EnqueueRows.ACTION, EnqueueRows::read),
            Map.entry(ForgetVectorizer.ACTION, ForgetVectorizer::read),
            Map.entry(RefreshVectorizerView.ACTION, RefreshVectorizerView::read),
            Map.entry(RepairVectorizer.ACTION, RepairVectorizer::read),
            Map.entry(SetVectorizerScheduling.ACTION, SetVectorizerScheduling::read),
            Map.entry(StartReplacement.ACTION, StartReplacement::read)));

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

    static Enqueue enqueue(JsonObject json, Enqueue absent) {
        return Objects.requireNonNullElse(json.optional(ENQUEUE, key -> json.constant(key, Enqueue.class)), absent);
    }

    static boolean orphans(JsonObject json) {
        return Boolean.TRUE.equals(json.optional(DELETE_ORPHANS, json::bool));
    }

    /** A vectorizer is looked for by it, so that it need not be one that could be created. */
    static String name(@Nullable String name) {
        return Check.text("name", name);
    }
}
