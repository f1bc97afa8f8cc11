package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.java.JavaSource;
import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonText;
import dev.pgai.secret.Secrets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Definitions and JSON objects, for the modules of this library: {@link VectorizerJson} is what users see of it.
 *
 * @hidden
 */
@SuppressWarnings({"exports", "InvalidBlockTag"}) // the tag may stand on types, too
public final class DefinitionForm {

    private DefinitionForm() {}

    /**
     * Reads an object that is a definition and nothing else.
     *
     * @param json the object
     * @return the definition
     */
    public static VectorizerDefinition readAlone(JsonObject json) {
        VectorizerDefinition definition = read(json);
        for (String key : List.of("enqueue_existing", "if_not_exists")) {
            if (json.toMap().containsKey(key)) {
                throw new InvalidArgumentException(
                        json.pathOf(key),
                        json.toMap().get(key),
                        "it is no part of a definition",
                        "It belongs to the change that creates the vectorizer.");
            }
        }
        json.refuseOtherKeys();
        return definition;
    }

    /**
     * Reads the keys of a definition; the caller asks for others that may be there, and refuses the rest.
     *
     * @param json the object
     * @return the definition
     */
    public static VectorizerDefinition read(JsonObject json) {
        VectorizerDefinition.Builder builder = VectorizerDefinition.builder(
                source(json.object("source")), OptionJson.LOADING.read(json), OptionJson.EMBEDDING.read(json));
        json.ifPresent("destination", key -> OptionJson.DESTINATION.read(json), builder::destination);
        json.ifPresent("parsing", key -> OptionJson.PARSING.read(json), builder::parsing);
        json.ifPresent("chunking", key -> OptionJson.CHUNKING.read(json), builder::chunking);
        json.ifPresent("indexing", key -> OptionJson.INDEXING.read(json), builder::indexing);
        json.ifPresent("formatting", key -> OptionJson.FORMATTING.read(json), builder::formatting);
        json.ifPresent("scheduling", key -> OptionJson.SCHEDULING.read(json), builder::scheduling);
        json.ifPresent("processing", key -> OptionJson.PROCESSING.read(json), builder::processing);
        json.ifPresent("name", json::text, builder::name);
        json.ifPresent("queue_schema", json::text, builder::queueSchema);
        json.ifPresent("queue_table", json::text, builder::queueTable);
        json.ifPresent("grant_to", json::texts, builder::grantTo);
        return builder.build();
    }

    /**
     * Reads what a catalog stores. Nothing is lost: an option that this version does not know, or whose values it would
     * refuse, becomes an {@link UnknownOption}.
     *
     * @param source the columns {@code source_schema} and {@code source_table}
     * @param name the column {@code name}
     * @param queueSchema the column {@code queue_schema}
     * @param queueTable the column {@code queue_table}
     * @param config the column {@code config}
     * @return the definition with all options set; {@code grant_to} is not stored
     * @throws InvalidArgumentException when it has no loading or no embedding, or one of these, or a name, that cannot
     *     be
     */
    public static VectorizerDefinition readStored(
            RelationName source,
            @Nullable String name,
            @Nullable String queueSchema,
            @Nullable String queueTable,
            JsonObject config) {
        VectorizerDefinition.Builder builder = VectorizerDefinition.builder(
                source, OptionJson.LOADING.readStored(config), OptionJson.EMBEDDING.readStored(config));
        config.ifPresent("destination", key -> OptionJson.DESTINATION.readStored(config), builder::destination);
        config.ifPresent("parsing", key -> OptionJson.PARSING.readStored(config), builder::parsing);
        config.ifPresent("chunking", key -> OptionJson.CHUNKING.readStored(config), builder::chunking);
        config.ifPresent("indexing", key -> OptionJson.INDEXING.readStored(config), builder::indexing);
        config.ifPresent("formatting", key -> OptionJson.FORMATTING.readStored(config), builder::formatting);
        config.ifPresent("scheduling", key -> OptionJson.SCHEDULING.readStored(config), builder::scheduling);
        config.ifPresent("processing", key -> OptionJson.PROCESSING.readStored(config), builder::processing);
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
     * Reads the key {@code scheduling}.
     *
     * @param json the object that has the key
     * @return the option
     */
    public static Scheduling readScheduling(JsonObject json) {
        return OptionJson.SCHEDULING.read(json);
    }

    /**
     * Reads the key {@code indexing}.
     *
     * @param json the object that has the key
     * @return the option
     */
    public static Indexing readIndexing(JsonObject json) {
        return OptionJson.INDEXING.read(json);
    }

    /**
     * The values of the JSON form.
     *
     * @param definition the definition
     * @return texts, numbers, booleans, lists and maps by key, in the order in which they are written
     */
    public static Map<String, Object> toMap(VectorizerDefinition definition) {
        Map<String, Object> map = new LinkedHashMap<>();
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("schema", definition.source().schema());
        source.put("table", definition.source().name());
        map.put("source", source);
        putIfSet(map, "name", definition.name());
        for (Option option : definition.options()) {
            map.put(option.configType(), toMap(option));
        }
        putIfSet(map, "queue_schema", definition.queueSchema());
        putIfSet(map, "queue_table", definition.queueTable());
        putIfSet(map, "grant_to", definition.grantTo());
        return map;
    }

    /**
     * The values of the JSON form of one option.
     *
     * @param option the option
     * @return values by key
     */
    public static Map<String, Object> toMap(Option option) {
        return OptionJson.toMap(option);
    }

    /**
     * The option as Java code.
     *
     * @param java the class that it is in
     * @param option the option
     * @return an expression
     */
    public static String java(JavaSource java, Option option) {
        return VectorizerJava.option(java, option);
    }

    /**
     * The definition as a constant of a class.
     *
     * @param java the class
     * @param definition the definition
     * @return the name of the constant
     */
    public static String javaConstant(JavaSource java, VectorizerDefinition definition) {
        return VectorizerJava.constant(java, definition);
    }

    /**
     * Whether a setting of the database says what an index or a schedule is.
     *
     * @param option the one that was given, or null
     * @return true for none, and for the one by default
     */
    public static boolean isLeftToSettings(@Nullable Option option) {
        return option == null || option instanceof Indexing.Default || option instanceof Scheduling.Default;
    }

    /**
     * The keys under which the catalog stores what an option sets.
     *
     * @param option the option
     * @return names, {@code implementation} included
     */
    public static Set<String> storedKeys(Option option) {
        return DefinitionDifference.storedForm(option).keySet();
    }

    /**
     * The keys of a part that {@link Alteration#IN_PLACE} is for, where others of it are not.
     *
     * @param part such as {@code loading}
     * @return names as the catalog stores them, sorted
     */
    public static List<String> keysInPlace(String part) {
        return Alteration.keysInPlace(part).stream().sorted().toList();
    }

    /**
     * The keys of an embedding that say which model it is.
     *
     * @return names as the catalog stores them, sorted
     */
    public static List<String> keysOfModel() {
        return Alteration.keysOfModel().stream().sorted().toList();
    }

    /**
     * What takes the secrets of a definition out of texts that others wrote, such as the messages of a server.
     *
     * @param definition the definition
     * @return a function that changes a text only where a secret is in it
     */
    public static UnaryOperator<String> mask(VectorizerDefinition definition) {
        Set<String> secrets = new LinkedHashSet<>();
        for (Option option : definition.options()) {
            if (option instanceof UnknownOption unknown) {
                Secrets.collectFromConfig(unknown.config(), secrets);
            } else {
                toMap(option).forEach((key, value) -> Secrets.collect(key, value, secrets));
            }
        }
        return text -> Secrets.masked(text, secrets);
    }

    /** For messages: without what may be a secret. */
    static String writeMasked(VectorizerDefinition definition) {
        Map<String, Object> map = toMap(definition);
        definition.options().forEach(option -> map.put(option.configType(), OptionJson.toMaskedMap(option)));
        return JsonText.write(map);
    }

    private static void putIfSet(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private static RelationName source(JsonObject json) {
        String schema = json.text("schema");
        String table = json.text("table");
        json.refuseOtherKeys();
        try {
            return new RelationName(schema, table);
        } catch (InvalidArgumentException e) {
            throw e.at(json.pathOf(e.argument()));
        }
    }
}
