package dev.pgai.vectorizer;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The JSON form of one option, in the definition's shape and in the shape that the catalog stores. */
final class OptionJson {

    /** By the name of the catalog's function. */
    private static final Map<String, Function<JsonObject, Option>> READERS = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "loading_column",
                    json -> new Loading.Column(json.text("column_name"), json.optional("retries", json::integer))),
            Map.entry(
                    "loading_uri",
                    json -> new Loading.Uri(
                            json.text("column_name"),
                            json.optional("retries", json::integer),
                            json.optional("aws_role_arn", json::text))),
            Map.entry("parsing_auto", json -> Parsing.auto()),
            Map.entry("parsing_none", json -> Parsing.none()),
            Map.entry("parsing_pymupdf", json -> Parsing.pymupdf()),
            Map.entry("parsing_docling", json -> Parsing.docling()),
            Map.entry(
                    "embedding_openai",
                    json -> new Embedding.OpenAi(
                            json.text("model"),
                            json.integer("dimensions"),
                            // The catalog stores the argument chat_user under the name that the provider knows.
                            json.optional(json.has("config_type") ? "user" : "chat_user", json::text),
                            json.optional("api_key_name", json::text),
                            json.optional("base_url", json::text))),
            Map.entry(
                    "embedding_ollama",
                    json -> new Embedding.Ollama(
                            json.text("model"),
                            json.integer("dimensions"),
                            json.optional("base_url", json::text),
                            json.optional("options", json::map),
                            json.optional("keep_alive", json::text))),
            Map.entry(
                    "embedding_voyageai",
                    json -> new Embedding.VoyageAi(
                            json.text("model"),
                            json.integer("dimensions"),
                            json.optional("input_type", key -> json.constant(key, Embedding.InputType.class)),
                            json.optional("api_key_name", json::text))),
            Map.entry(
                    "embedding_litellm",
                    json -> new Embedding.LiteLlm(
                            json.text("model"),
                            json.integer("dimensions"),
                            json.optional("api_key_name", json::text),
                            json.optional("extra_options", json::map))),
            Map.entry("chunking_none", json -> Chunking.none()),
            Map.entry(
                    "chunking_character_text_splitter",
                    json -> new Chunking.CharacterTextSplitter(
                            json.optional("chunk_size", json::integer),
                            json.optional("chunk_overlap", json::integer),
                            json.optional("separator", json::text),
                            json.optional("is_separator_regex", json::bool))),
            Map.entry(
                    "chunking_recursive_character_text_splitter",
                    json -> new Chunking.RecursiveCharacterTextSplitter(
                            json.optional("chunk_size", json::integer),
                            json.optional("chunk_overlap", json::integer),
                            json.optional("separators", json::texts),
                            json.optional("is_separator_regex", json::bool))),
            Map.entry("indexing_default", json -> Indexing.byDefault()),
            Map.entry("indexing_none", json -> Indexing.none()),
            Map.entry(
                    "indexing_hnsw",
                    json -> new Indexing.Hnsw(
                            json.optional("min_rows", json::integer),
                            json.optional("opclass", key -> json.constant(key, Indexing.OpClass.class)),
                            json.optional("m", json::integer),
                            json.optional("ef_construction", json::integer),
                            json.optional("create_when_queue_empty", json::bool))),
            Map.entry(
                    "indexing_diskann",
                    json -> new Indexing.DiskAnn(
                            json.optional("min_rows", json::integer),
                            json.optional("storage_layout", key -> json.constant(key, Indexing.StorageLayout.class)),
                            json.optional("num_neighbors", json::integer),
                            json.optional("search_list_size", json::integer),
                            json.optional("max_alpha", json::decimal),
                            json.optional("num_dimensions", json::integer),
                            json.optional("num_bits_per_dimension", json::integer),
                            json.optional("create_when_queue_empty", json::bool))),
            Map.entry(
                    "formatting_python_template",
                    json -> new Formatting.PythonTemplate(json.optional("template", json::text))),
            Map.entry("scheduling_default", json -> Scheduling.byDefault()),
            Map.entry("scheduling_none", json -> Scheduling.none()),
            Map.entry("scheduling_timescaledb", json -> {
                // The catalog adds the id of the job that it made. It is no argument, and differs between databases.
                json.has("job_id");
                return new Scheduling.Timescaledb(
                        json.optional("schedule_interval", json::interval),
                        json.optional("initial_start", json::instant),
                        json.optional("fixed_schedule", json::bool),
                        json.optional("timezone", json::text));
            }),
            Map.entry(
                    "processing_default",
                    json -> new Processing.Default(
                            json.optional("batch_size", json::integer), json.optional("concurrency", json::integer))),
            Map.entry(
                    "destination_table",
                    json -> new Destination.Table(
                            json.optional("destination", json::text),
                            json.optional("target_schema", json::text),
                            json.optional("target_table", json::text),
                            json.optional("view_schema", json::text),
                            json.optional("view_name", json::text))),
            Map.entry("destination_column", json -> new Destination.Column(json.text("embedding_column")))));

    private OptionJson() {}

    static Map<String, Object> toMap(Option option) {
        if (option instanceof UnknownOption unknown) {
            return unknown.config();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("implementation", option.implementation());
        option.arguments()
                .forEach((name, value) -> map.put(
                        name, value instanceof Interval || value instanceof Instant ? value.toString() : value));
        return map;
    }

    static Option read(String configType, JsonObject json) {
        return json.isStored() ? readStored(configType, json) : readKnown(configType, json);
    }

    static Option readStored(String configType, JsonObject json) {
        if (json.has("config_type") && !json.text("config_type").equals(configType)) {
            throw new InvalidDefinitionException(
                    json.pathOf("config_type"),
                    json.text("config_type"),
                    "it must be " + configType,
                    "Move the option to its own key.");
        }
        try {
            return readKnown(configType, json);
        } catch (InvalidDefinitionException notKnownToThisVersion) {
            Map<String, Object> config = json.toMap();
            config.putIfAbsent("config_type", configType);
            return new UnknownOption(config);
        }
    }

    private static Option readKnown(String configType, JsonObject json) {
        String implementation = json.text("implementation");
        Function<JsonObject, Option> reader = READERS.get(configType + "_" + implementation);
        if (reader == null) {
            throw new InvalidDefinitionException(
                    json.pathOf("implementation"),
                    implementation,
                    "it must be one of " + implementations(configType),
                    json.unknownImplementation());
        }
        Option option = reader.apply(json);
        json.refuseOtherKeys();
        return option;
    }

    private static List<String> implementations(String configType) {
        return READERS.keySet().stream()
                .filter(function -> function.startsWith(configType + "_"))
                .map(function -> function.substring(configType.length() + 1))
                .toList();
    }
}
