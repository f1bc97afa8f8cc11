package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.json.JsonObject;
import dev.pgai.secret.Secrets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The JSON form of one option, in the definition's shape and in the shape that the catalog stores. */
final class OptionJson {

    static final Family<Loading> LOADING = new Family<>(
            "loading",
            Loading.Unknown::new,
            Map.of(
                    "column",
                    json -> new Loading.Column(json.text("column_name"), json.optional("retries", json::integer)),
                    "uri",
                    json -> new Loading.Uri(
                            json.text("column_name"),
                            json.optional("retries", json::integer),
                            json.optional("aws_role_arn", json::text))));

    static final Family<Parsing> PARSING = new Family<>(
            "parsing",
            Parsing.Unknown::new,
            Map.of(
                    "auto", json -> Parsing.auto(),
                    "none", json -> Parsing.none(),
                    "pymupdf", json -> Parsing.pymupdf(),
                    "docling", json -> Parsing.docling()));

    static final Family<Embedding> EMBEDDING = new Family<>(
            "embedding",
            Embedding.Unknown::new,
            Map.of(
                    "openai",
                    json -> new Embedding.OpenAi(
                            json.text("model"),
                            json.integer("dimensions"),
                            // The catalog stores the argument chat_user under the name that the provider knows.
                            json.optional(json.isStored() ? "user" : "chat_user", json::text),
                            json.optional("api_key_name", json::text),
                            json.optional("base_url", json::text)),
                    "ollama",
                    json -> new Embedding.Ollama(
                            json.text("model"),
                            json.integer("dimensions"),
                            json.optional("base_url", json::text),
                            json.optional("options", json::map),
                            json.optional("keep_alive", json::text)),
                    "voyageai",
                    json -> new Embedding.VoyageAi(
                            json.text("model"),
                            json.integer("dimensions"),
                            json.optional("input_type", key -> json.constant(key, Embedding.InputType.class)),
                            json.optional("api_key_name", json::text)),
                    "litellm",
                    json -> new Embedding.LiteLlm(
                            json.text("model"),
                            json.integer("dimensions"),
                            json.optional("api_key_name", json::text),
                            json.optional("extra_options", json::map))));

    static final Family<Chunking> CHUNKING = new Family<>(
            "chunking",
            Chunking.Unknown::new,
            Map.of(
                    "none",
                    json -> Chunking.none(),
                    "character_text_splitter",
                    json -> new Chunking.CharacterTextSplitter(
                            json.optional("chunk_size", json::integer),
                            json.optional("chunk_overlap", json::integer),
                            json.optional("separator", json::text),
                            json.optional("is_separator_regex", json::bool)),
                    "recursive_character_text_splitter",
                    json -> new Chunking.RecursiveCharacterTextSplitter(
                            json.optional("chunk_size", json::integer),
                            json.optional("chunk_overlap", json::integer),
                            json.optional("separators", json::texts),
                            json.optional("is_separator_regex", json::bool))));

    static final Family<Indexing> INDEXING = new Family<>(
            "indexing",
            Indexing.Unknown::new,
            Map.of(
                    "default",
                    json -> Indexing.byDefault(),
                    "none",
                    json -> Indexing.none(),
                    "hnsw",
                    json -> new Indexing.Hnsw(
                            json.optional("min_rows", json::integer),
                            json.optional("opclass", key -> json.constant(key, Indexing.OpClass.class)),
                            json.optional("m", json::integer),
                            json.optional("ef_construction", json::integer),
                            json.optional("create_when_queue_empty", json::bool)),
                    "diskann",
                    json -> new Indexing.DiskAnn(
                            json.optional("min_rows", json::integer),
                            json.optional("storage_layout", key -> json.constant(key, Indexing.StorageLayout.class)),
                            json.optional("num_neighbors", json::integer),
                            json.optional("search_list_size", json::integer),
                            json.optional("max_alpha", json::decimal),
                            json.optional("num_dimensions", json::integer),
                            json.optional("num_bits_per_dimension", json::integer),
                            json.optional("create_when_queue_empty", json::bool))));

    static final Family<Formatting> FORMATTING = new Family<>(
            "formatting",
            Formatting.Unknown::new,
            Map.of("python_template", json -> new Formatting.PythonTemplate(json.optional("template", json::text))));

    static final Family<Scheduling> SCHEDULING = new Family<>(
            "scheduling",
            Scheduling.Unknown::new,
            Map.of(
                    "default",
                    json -> Scheduling.byDefault(),
                    "none",
                    json -> Scheduling.none(),
                    "timescaledb",
                    json -> {
                        // The catalog adds the id of the job that it made. It is no argument, and differs between
                        // databases.
                        if (json.isStored()) {
                            json.has("job_id");
                        }
                        return new Scheduling.Timescaledb(
                                json.optional("schedule_interval", key -> json.parsed(key, Interval::parse)),
                                json.optional("initial_start", json::instant),
                                json.optional("fixed_schedule", json::bool),
                                json.optional("timezone", json::text));
                    }));

    static final Family<Processing> PROCESSING = new Family<>(
            "processing",
            Processing.Unknown::new,
            Map.of(
                    "default",
                    json -> new Processing.Default(
                            json.optional("batch_size", json::integer), json.optional("concurrency", json::integer))));

    static final Family<Destination> DESTINATION = new Family<>(
            "destination",
            Destination.Unknown::new,
            Map.of(
                    "table",
                    json -> new Destination.Table(
                            json.optional("destination", json::text),
                            json.optional("target_schema", json::text),
                            json.optional("target_table", json::text),
                            json.optional("view_schema", json::text),
                            json.optional("view_name", json::text)),
                    "column",
                    json -> new Destination.Column(json.text("embedding_column"))));

    private OptionJson() {}

    static Map<String, Object> toMap(Option option) {
        if (option instanceof UnknownOption unknown) {
            return unknown.config();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(StoredConfig.IMPLEMENTATION, option.implementation());
        option.arguments()
                .forEach((name, value) -> map.put(
                        name, value instanceof Interval || value instanceof Instant ? value.toString() : value));
        return map;
    }

    /** For messages: without what may be a secret. */
    static Map<String, Object> toMaskedMap(Option option) {
        Map<String, Object> masked = new LinkedHashMap<>();
        if (option instanceof UnknownOption unknown) {
            masked.putAll(Secrets.maskedConfig(unknown.config()));
        } else {
            toMap(option).forEach((key, value) -> masked.put(key, Secrets.masked(key, value)));
        }
        return masked;
    }

    /**
     * The options that one argument of {@code ai.create_vectorizer} can be.
     *
     * @param unknown makes an option of what this version does not know
     * @param known readers by the name of the implementation
     */
    record Family<T extends Option>(
            String configType, Function<Map<String, Object>, T> unknown, Map<String, Function<JsonObject, T>> known) {

        Family {
            known = new TreeMap<>(known);
        }

        T read(JsonObject definition) {
            JsonObject json = definition.object(configType);
            return json.isStored() ? stored(json) : known(json);
        }

        T readStored(JsonObject config) {
            return stored(config.object(configType));
        }

        private T stored(JsonObject json) {
            if (json.isStored() && !json.text(JsonObject.CONFIG_TYPE).equals(configType)) {
                throw new InvalidArgumentException(
                        json.pathOf(JsonObject.CONFIG_TYPE),
                        json.text(JsonObject.CONFIG_TYPE),
                        "it must be " + configType,
                        "Move the option to its own key.");
            }
            try {
                return known(json);
            } catch (InvalidArgumentException notKnownToThisVersion) {
                Map<String, Object> config = json.toMap();
                config.putIfAbsent(JsonObject.CONFIG_TYPE, configType);
                return unknown.apply(config);
            }
        }

        private T known(JsonObject json) {
            String implementation = json.text(StoredConfig.IMPLEMENTATION);
            Function<JsonObject, T> reader = known.get(implementation);
            if (reader == null) {
                throw new InvalidArgumentException(
                        json.pathOf(StoredConfig.IMPLEMENTATION),
                        implementation,
                        "it must be one of " + List.copyOf(known.keySet()),
                        json.hintForImplementation());
            }
            T option = reader.apply(json);
            json.refuseOtherKeys();
            return option;
        }
    }
}
