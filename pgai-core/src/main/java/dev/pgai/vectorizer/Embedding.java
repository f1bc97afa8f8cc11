package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.JsonValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which model makes the embeddings: the argument {@code embedding}. */
public sealed interface Embedding extends Option
        permits Embedding.OpenAi, Embedding.Ollama, Embedding.VoyageAi, Embedding.LiteLlm, Embedding.Unknown {

    @Override
    default String configType() {
        return "embedding";
    }

    /**
     * The length of the vectors that the model returns and the store takes.
     *
     * @return 1 to 16000
     */
    int dimensions();

    /**
     * OpenAI, or a service that speaks its protocol: {@code ai.embedding_openai}, since pgai 0.10.
     *
     * @param model the model, as the provider names it
     * @param dimensions the length of the vectors that the model returns, 1 to 16000
     * @return the option
     * @throws InvalidArgumentException when the model is null or blank, or the dimensions are out of range
     */
    static OpenAi openai(String model, int dimensions) {
        return new OpenAi(model, dimensions, null, null, null);
    }

    /**
     * A model on an Ollama server: {@code ai.embedding_ollama}, since pgai 0.10.
     *
     * @param model the model, as the provider names it
     * @param dimensions the length of the vectors that the model returns, 1 to 16000
     * @return the option
     * @throws InvalidArgumentException when the model is null or blank, or the dimensions are out of range
     */
    static Ollama ollama(String model, int dimensions) {
        return new Ollama(model, dimensions, null, null, null);
    }

    /**
     * Voyage AI: {@code ai.embedding_voyageai}, since pgai 0.10.
     *
     * @param model the model, as the provider names it
     * @param dimensions the length of the vectors that the model returns, 1 to 16000
     * @return the option
     * @throws InvalidArgumentException when the model is null or blank, or the dimensions are out of range
     */
    static VoyageAi voyageai(String model, int dimensions) {
        return new VoyageAi(model, dimensions, null, null);
    }

    /**
     * Many providers through LiteLLM: {@code ai.embedding_litellm}, since pgai 0.10.
     *
     * @param model the model, as the provider names it
     * @param dimensions the length of the vectors that the model returns, 1 to 16000
     * @return the option
     * @throws InvalidArgumentException when the model is null or blank, or the dimensions are out of range
     */
    static LiteLlm litellm(String model, int dimensions) {
        return new LiteLlm(model, dimensions, null, null);
    }

    /**
     * {@code ai.embedding_openai}.
     *
     * @param model the model, as the provider names it
     * @param dimensions the length of the vectors, 1 to 16000
     * @param chatUser the end user that requests are made for, or null; stored as {@code user}
     * @param apiKeyName the name of the environment variable of the worker that holds the key, not the key; null for
     *     the catalog's default, {@code OPENAI_API_KEY}
     * @param baseUrl the URL of the service, or null for the provider's own
     */
    record OpenAi(
            String model,
            int dimensions,
            @Nullable String chatUser,
            @Nullable String apiKeyName,
            @Nullable String baseUrl)
            implements Embedding {

        /**
         * Checks the arguments.
         *
         * @param model the argument {@code model}
         * @param dimensions the argument {@code dimensions}
         * @param chatUser the argument {@code chat_user}
         * @param apiKeyName the argument {@code api_key_name}
         * @param baseUrl the argument {@code base_url}
         * @throws InvalidArgumentException when the model is null or blank, or the dimensions are out of range, or a
         *     text holds a NUL or a lone surrogate
         */
        public OpenAi {
            checkModel(model, dimensions);
            Check.optionalText("embedding.chat_user", chatUser);
            Check.optionalText("embedding.api_key_name", apiKeyName);
            Check.optionalText("embedding.base_url", baseUrl);
        }

        /**
         * Sets the end user that requests are made for.
         *
         * @param chatUser an identifier that the provider sees; the catalog stores it as {@code user}; no default
         * @return a copy
         * @throws InvalidArgumentException when null, or when it holds a NUL or a lone surrogate
         */
        public OpenAi withChatUser(String chatUser) {
            return new OpenAi(model, dimensions, Check.given("embedding.chat_user", chatUser), apiKeyName, baseUrl);
        }

        /**
         * Sets where the worker finds the key.
         *
         * @param apiKeyName the name of an environment variable of the worker, not the key itself; the catalog's
         *     default is {@code OPENAI_API_KEY}
         * @return a copy
         * @throws InvalidArgumentException when null, or when it holds a NUL or a lone surrogate
         */
        public OpenAi withApiKeyName(String apiKeyName) {
            return new OpenAi(model, dimensions, chatUser, Check.given("embedding.api_key_name", apiKeyName), baseUrl);
        }

        /**
         * Sets the URL of the service.
         *
         * @param baseUrl for example {@code http://localhost:8000/v1}; by default the provider's own
         * @return a copy
         * @throws InvalidArgumentException when null, or when it holds a NUL or a lone surrogate
         */
        public OpenAi withBaseUrl(String baseUrl) {
            return new OpenAi(model, dimensions, chatUser, apiKeyName, Check.given("embedding.base_url", baseUrl));
        }

        @Override
        public String implementation() {
            return "openai";
        }

        /** Without what may be a secret. */
        @Override
        public String toString() {
            return masked(this);
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments()
                    .set("model", model)
                    .set("dimensions", dimensions)
                    .set("chat_user", chatUser)
                    .set("api_key_name", apiKeyName)
                    .set("base_url", baseUrl)
                    .toMap();
        }
    }

    /**
     * {@code ai.embedding_ollama}.
     *
     * @param model the model, as the provider names it
     * @param dimensions the length of the vectors, 1 to 16000
     * @param baseUrl the URL of the server, or null for the worker's {@code OLLAMA_HOST}
     * @param options parameters of the model as JSON values, or null for none
     * @param keepAlive how long the model stays in memory, or null for the server's default
     */
    record Ollama(
            String model,
            int dimensions,
            @Nullable String baseUrl,
            @Nullable Map<String, Object> options,
            @Nullable String keepAlive)
            implements Embedding {

        /**
         * Checks the arguments.
         *
         * @param model the argument {@code model}
         * @param dimensions the argument {@code dimensions}
         * @param baseUrl the argument {@code base_url}
         * @param options the argument {@code options}
         * @param keepAlive the argument {@code keep_alive}
         * @throws InvalidArgumentException when the model is null or blank, or the dimensions are out of range, a text
         *     holds a NUL or a lone surrogate, or an option is not a JSON value
         */
        public Ollama {
            checkModel(model, dimensions);
            Check.optionalText("embedding.base_url", baseUrl);
            options = JsonValues.copyOfOptionalMap("embedding.options", options);
            Check.optionalText("embedding.keep_alive", keepAlive);
        }

        /**
         * Sets the URL of the server.
         *
         * @param baseUrl for example {@code http://ollama:11434}; by default the worker's {@code OLLAMA_HOST}
         * @return a copy
         * @throws InvalidArgumentException when null, or when it holds a NUL or a lone surrogate
         */
        public Ollama withBaseUrl(String baseUrl) {
            return new Ollama(model, dimensions, Check.given("embedding.base_url", baseUrl), options, keepAlive);
        }

        /**
         * Sets parameters of the model.
         *
         * @param options JSON values by name, for example {@code Map.of("num_ctx", 1024)}; copied deeply
         * @return a copy
         * @throws InvalidArgumentException when null, or when a value is not a JSON value
         */
        public Ollama withOptions(Map<String, Object> options) {
            return new Ollama(model, dimensions, baseUrl, Check.given("embedding.options", options), keepAlive);
        }

        /**
         * Sets how long the model stays in memory after a request.
         *
         * @param keepAlive in Ollama's own form, for example {@code 5m}; by default the server's own
         * @return a copy
         * @throws InvalidArgumentException when null, or when it holds a NUL or a lone surrogate
         */
        public Ollama withKeepAlive(String keepAlive) {
            return new Ollama(model, dimensions, baseUrl, options, Check.given("embedding.keep_alive", keepAlive));
        }

        @Override
        public String implementation() {
            return "ollama";
        }

        /** Without what may be a secret. */
        @Override
        public String toString() {
            return masked(this);
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments()
                    .set("model", model)
                    .set("dimensions", dimensions)
                    .set("base_url", baseUrl)
                    .set("options", options)
                    .set("keep_alive", keepAlive)
                    .toMap();
        }
    }

    /**
     * {@code ai.embedding_voyageai}.
     *
     * @param model the model, as the provider names it
     * @param dimensions the length of the vectors, 1 to 16000
     * @param inputType what the texts are, or null for the catalog's default, document
     * @param apiKeyName the name of the environment variable of the worker that holds the key, not the key; null for
     *     the catalog's default, {@code VOYAGE_API_KEY}
     */
    record VoyageAi(
            String model,
            int dimensions,
            @Nullable InputType inputType,
            @Nullable String apiKeyName) implements Embedding {

        /**
         * Checks the arguments.
         *
         * @param model the argument {@code model}
         * @param dimensions the argument {@code dimensions}
         * @param inputType the argument {@code input_type}
         * @param apiKeyName the argument {@code api_key_name}
         * @throws InvalidArgumentException when the model is null or blank, or the dimensions are out of range, or a
         *     text holds a NUL or a lone surrogate
         */
        public VoyageAi {
            checkModel(model, dimensions);
            Check.optionalText("embedding.api_key_name", apiKeyName);
        }

        /**
         * Sets what the texts are.
         *
         * @param inputType document or query; the catalog's default is document
         * @return a copy
         * @throws InvalidArgumentException when null
         */
        public VoyageAi withInputType(InputType inputType) {
            return new VoyageAi(model, dimensions, Check.given("embedding.input_type", inputType), apiKeyName);
        }

        /**
         * Sets where the worker finds the key.
         *
         * @param apiKeyName the name of an environment variable of the worker, not the key itself; the catalog's
         *     default is {@code VOYAGE_API_KEY}
         * @return a copy
         * @throws InvalidArgumentException when null, or when it holds a NUL or a lone surrogate
         */
        public VoyageAi withApiKeyName(String apiKeyName) {
            return new VoyageAi(model, dimensions, inputType, Check.given("embedding.api_key_name", apiKeyName));
        }

        @Override
        public String implementation() {
            return "voyageai";
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments()
                    .set("model", model)
                    .set("dimensions", dimensions)
                    .set("input_type", inputType)
                    .set("api_key_name", apiKeyName)
                    .toMap();
        }
    }

    /**
     * {@code ai.embedding_litellm}.
     *
     * @param model the model, as the provider names it
     * @param dimensions the length of the vectors, 1 to 16000
     * @param apiKeyName the name of the environment variable of the worker that holds the key, not the key; null for
     *     the catalog's default, none
     * @param extraOptions parameters for LiteLLM as JSON values, or null for none
     */
    record LiteLlm(
            String model,
            int dimensions,
            @Nullable String apiKeyName,
            @Nullable Map<String, Object> extraOptions) implements Embedding {

        /**
         * Checks the arguments.
         *
         * @param model the argument {@code model}
         * @param dimensions the argument {@code dimensions}
         * @param apiKeyName the argument {@code api_key_name}
         * @param extraOptions the argument {@code extra_options}
         * @throws InvalidArgumentException when the model is null or blank, or the dimensions are out of range, a text
         *     holds a NUL or a lone surrogate, or an option is not a JSON value
         */
        public LiteLlm {
            checkModel(model, dimensions);
            Check.optionalText("embedding.api_key_name", apiKeyName);
            extraOptions = JsonValues.copyOfOptionalMap("embedding.extra_options", extraOptions);
        }

        /**
         * Sets where the worker finds the key.
         *
         * @param apiKeyName the name of an environment variable of the worker, not the key itself; the catalog's
         *     default is none
         * @return a copy
         * @throws InvalidArgumentException when null, or when it holds a NUL or a lone surrogate
         */
        public LiteLlm withApiKeyName(String apiKeyName) {
            return new LiteLlm(model, dimensions, Check.given("embedding.api_key_name", apiKeyName), extraOptions);
        }

        /**
         * Sets parameters for LiteLLM.
         *
         * @param extraOptions JSON values by name; copied deeply
         * @return a copy
         * @throws InvalidArgumentException when null, or when a value is not a JSON value
         */
        public LiteLlm withExtraOptions(Map<String, Object> extraOptions) {
            return new LiteLlm(model, dimensions, apiKeyName, Check.given("embedding.extra_options", extraOptions));
        }

        @Override
        public String implementation() {
            return "litellm";
        }

        /** Without what may be a secret. */
        @Override
        public String toString() {
            return masked(this);
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments()
                    .set("model", model)
                    .set("dimensions", dimensions)
                    .set("api_key_name", apiKeyName)
                    .set("extra_options", extraOptions)
                    .toMap();
        }
    }

    /** What Voyage AI embeds texts as. */
    enum InputType {
        /** A text that is searched. */
        DOCUMENT,
        /** A text that searches. */
        QUERY
    }

    /** The most dimensions that a {@code vector} of pgvector has. */
    int MAX_DIMENSIONS = 16_000;

    private static String masked(Embedding embedding) {
        return embedding.getClass().getSimpleName() + OptionJson.toMaskedMap(embedding);
    }

    private static void checkModel(String model, int dimensions) {
        Check.nonBlank("embedding.model", model, "Name the model as its provider does.");
        Check.range(
                "embedding.dimensions",
                dimensions,
                1,
                MAX_DIMENSIONS,
                "Give the length of the vectors that the model returns.");
    }

    /**
     * An implementation that this version of the library does not know, or a known one with keys that are new, as the
     * catalog stores it.
     *
     * @param config the whole stored config, {@code config_type} and {@code implementation} included
     */
    record Unknown(Map<String, Object> config) implements Embedding, UnknownOption {

        /**
         * Copies the config deeply and checks that it says what it is.
         *
         * @param config as above
         * @throws InvalidArgumentException when {@code config_type} is not {@code embedding}, {@code implementation} is
         *     not text, {@code dimensions} is no number from 1 to 16000, or a value is not a JSON value
         */
        public Unknown {
            config = StoredConfig.copyOf("embedding", config);
            StoredConfig.dimensions(config);
        }

        @Override
        public int dimensions() {
            return StoredConfig.dimensions(config);
        }

        @Override
        public String toString() {
            return StoredConfig.toString(config);
        }
    }
}
