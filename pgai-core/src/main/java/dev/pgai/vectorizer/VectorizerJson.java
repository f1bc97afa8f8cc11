package dev.pgai.vectorizer;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonpCharacterEscapes;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of definitions. Lossless: what is written reads back equal.
 *
 * <p>The keys are those of the catalog's functions: {@code source} with {@code schema} and {@code table}, {@code name},
 * {@code destination}, {@code loading}, {@code parsing}, {@code embedding}, {@code chunking}, {@code indexing},
 * {@code formatting}, {@code scheduling}, {@code processing}, {@code queue_schema}, {@code queue_table},
 * {@code grant_to}, {@code enqueue_existing}, {@code if_not_exists}. Each option has {@code implementation} and its
 * arguments. What was not set is absent.
 *
 * <p>An option that holds {@code config_type}, as the catalog stores it, is read as the catalog's: an implementation or
 * a key that this version does not know makes it an {@link UnknownOption}. Without {@code config_type} the same is an
 * error, because it is most likely a misspelling.
 */
public final class VectorizerJson {

    private static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactoryBuilder()
                    .characterEscapes(JsonpCharacterEscapes.instance()) // U+2028 and U+2029 end lines, too
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES) // so that messages show what was written
            .build();

    private VectorizerJson() {}

    /**
     * Writes a definition.
     *
     * @param definition the definition
     * @return JSON on one line
     */
    public static String write(VectorizerDefinition definition) {
        return writeValue(toMap(definition));
    }

    /**
     * Reads one definition.
     *
     * @param json a JSON object
     * @return the definition
     * @throws InvalidDefinitionException when the text is not JSON, a key is unknown or twice there, a value has the
     *     wrong type, or the definition is invalid; the message names the path
     */
    public static VectorizerDefinition read(String json) {
        return definition(new JsonObject("", parse(json)));
    }

    /**
     * Reads a definition from a format that knows no types, such as XML, or that loses some, such as a tool's
     * changelog. The keys are those of the JSON form. A number, {@code true} and {@code false} may be a text; a list of
     * one may be its element, and a list of none null; {@code embedding.options} and {@code embedding.extra_options}
     * are the text of a JSON object, because there no type is known beforehand.
     *
     * @param values texts, numbers, booleans, lists and maps by key
     * @return the definition
     * @throws InvalidDefinitionException when a key is unknown, a value does not have or does not spell the right type,
     *     an option has {@code config_type}, or the definition is invalid; the message names the path
     */
    public static VectorizerDefinition readLoose(Map<String, ?> values) {
        return definition(new LooseObject("", MAPPER.valueToTree(values)));
    }

    /**
     * Reads several definitions.
     *
     * @param json a JSON array of objects
     * @return the definitions in their order
     * @throws InvalidDefinitionException as {@link #read(String)}; also when the text is not an array
     */
    public static List<VectorizerDefinition> readList(String json) {
        JsonNode array = parse(json);
        if (!array.isArray()) {
            throw JsonObject.wrongType("", array, "an array of definitions");
        }
        List<VectorizerDefinition> definitions = new ArrayList<>();
        for (JsonNode element : array) {
            try {
                definitions.add(definition(new JsonObject("", element)));
            } catch (InvalidDefinitionException e) {
                String index = "[" + definitions.size() + "]";
                throw e.at(e.option().equals(JsonObject.ROOT) ? index : index + "." + e.option());
            }
        }
        return List.copyOf(definitions);
    }

    /**
     * Reads what a catalog stores. Nothing is refused and nothing is lost: an option that this version does not know,
     * or whose values it would refuse, becomes an {@link UnknownOption}.
     *
     * @param source the columns {@code source_schema} and {@code source_table}
     * @param name the column {@code name}
     * @param queueSchema the column {@code queue_schema}
     * @param queueTable the column {@code queue_table}
     * @param config the column {@code config}
     * @return the definition with all options set; {@code grant_to}, {@code enqueue_existing} and {@code if_not_exists}
     *     are not stored
     * @throws InvalidDefinitionException when {@code config} is not an object, or has no {@code loading} or
     *     {@code embedding}
     */
    public static VectorizerDefinition readStored(
            RelationName source,
            @Nullable String name,
            @Nullable String queueSchema,
            @Nullable String queueTable,
            String config) {
        JsonObject object = new JsonObject("config", parse(config));
        VectorizerDefinition.Builder builder =
                options(source, object, configType -> OptionJson.readStored(configType, object.object(configType)));
        if (name != null) {
            builder.name(name);
        }
        if (queueSchema != null) {
            builder.queueSchema(queueSchema);
        }
        if (queueTable != null) {
            builder.queueTable(queueTable);
        }
        return builder.buildUnchecked();
    }

    /**
     * Writes JSON values: the text of a {@code jsonb} literal.
     *
     * @param value a map of JSON values, as {@link Option#arguments()} holds it
     * @return JSON on one line
     */
    public static String writeValue(Map<String, ?> value) {
        return writeAny(value);
    }

    static String writeAny(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON values are always writable", e);
        }
    }

    static JsonNode parse(String json) {
        try {
            JsonNode node = MAPPER.readTree(Check.notNull("json", json));
            if (node.isMissingNode()) {
                throw new InvalidDefinitionException("json", json, "it is empty", "Write a JSON value.");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new InvalidDefinitionException("json", json, "it is not JSON" + reason(e), "Correct the text.");
        }
    }

    /** Without what the parser's message says about its own settings and classes, after a colon or a comma. */
    private static String reason(JsonProcessingException e) {
        String place = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        if (e instanceof MismatchedInputException) {
            return place + ": There is more text after the value";
        }
        return place + ": " + e.getOriginalMessage().replaceAll("(?s): .*|, from `[^`]*`", "");
    }

    /**
     * The values of the JSON form.
     *
     * @param definition the definition
     * @return texts, numbers, booleans, lists and maps by key, in the order in which {@link #write} has them
     */
    public static Map<String, Object> toMap(VectorizerDefinition definition) {
        Map<String, Object> map = new LinkedHashMap<>();
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("schema", definition.source().schema());
        source.put("table", definition.source().name());
        map.put("source", source);
        putIfSet(map, "name", definition.name());
        for (Option option : definition.options()) {
            map.put(option.configType(), OptionJson.toMap(option));
        }
        putIfSet(map, "queue_schema", definition.queueSchema());
        putIfSet(map, "queue_table", definition.queueTable());
        putIfSet(map, "grant_to", definition.grantTo());
        putIfSet(map, "enqueue_existing", definition.enqueueExisting());
        putIfSet(map, "if_not_exists", definition.ifNotExists());
        return map;
    }

    private static void putIfSet(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private static VectorizerDefinition definition(JsonObject object) {
        RelationName source = source(object.object("source"));
        VectorizerDefinition.Builder builder =
                options(source, object, configType -> OptionJson.read(configType, object.object(configType)));
        object.ifPresent("name", object::text, builder::name);
        object.ifPresent("queue_schema", object::text, builder::queueSchema);
        object.ifPresent("queue_table", object::text, builder::queueTable);
        object.ifPresent("grant_to", object::texts, builder::grantTo);
        object.ifPresent("enqueue_existing", object::bool, builder::enqueueExisting);
        object.ifPresent("if_not_exists", object::bool, builder::ifNotExists);
        object.refuseOtherKeys();
        return builder.build();
    }

    private static RelationName source(JsonObject object) {
        String schema = object.text("schema");
        String table = object.text("table");
        object.refuseOtherKeys();
        try {
            return new RelationName(schema, table);
        } catch (InvalidDefinitionException e) {
            throw e.at(object.pathOf(e.option()));
        }
    }

    private static VectorizerDefinition.Builder options(
            RelationName source, JsonObject object, Function<String, Option> reader) {
        VectorizerDefinition.Builder builder = VectorizerDefinition.builder(
                source, (Loading) reader.apply("loading"), (Embedding) reader.apply("embedding"));
        object.ifPresent("parsing", key -> (Parsing) reader.apply(key), builder::parsing);
        object.ifPresent("chunking", key -> (Chunking) reader.apply(key), builder::chunking);
        object.ifPresent("indexing", key -> (Indexing) reader.apply(key), builder::indexing);
        object.ifPresent("formatting", key -> (Formatting) reader.apply(key), builder::formatting);
        object.ifPresent("scheduling", key -> (Scheduling) reader.apply(key), builder::scheduling);
        object.ifPresent("processing", key -> (Processing) reader.apply(key), builder::processing);
        object.ifPresent("destination", key -> (Destination) reader.apply(key), builder::destination);
        return builder;
    }
}
