package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one vectorizer is: the arguments of {@code ai.create_vectorizer}, since pgai 0.10.
 *
 * <p>Immutable, and equal by value. What was not set is null here and is not rendered, so that the server's default
 * holds.
 *
 * <pre>{@code
 * VectorizerDefinition definition = VectorizerDefinition.builder(
 *                 RelationName.of("public", "blog"),
 *                 Loading.column("content"),
 *                 Embedding.openai("text-embedding-3-small", 768))
 *         .name("blog_content_embedder")
 *         .destination(Destination.table("blog_embeddings"))
 *         .formatting(Formatting.pythonTemplate("$title - $chunk"))
 *         .build();
 * }</pre>
 */
public final class VectorizerDefinition {

    private final RelationName source;
    private final @Nullable String name;
    private final @Nullable Destination destination;
    private final Loading loading;
    private final @Nullable Parsing parsing;
    private final Embedding embedding;
    private final @Nullable Chunking chunking;
    private final @Nullable Indexing indexing;
    private final @Nullable Formatting formatting;
    private final @Nullable Scheduling scheduling;
    private final @Nullable Processing processing;
    private final @Nullable String queueSchema;
    private final @Nullable String queueTable;
    private final @Nullable List<String> grantTo;

    private VectorizerDefinition(Builder builder) {
        source = builder.source;
        name = builder.name;
        destination = builder.destination;
        loading = builder.loading;
        parsing = builder.parsing;
        embedding = builder.embedding;
        chunking = builder.chunking;
        indexing = builder.indexing;
        formatting = builder.formatting;
        scheduling = builder.scheduling;
        processing = builder.processing;
        queueSchema = builder.queueSchema;
        queueTable = builder.queueTable;
        grantTo = builder.grantTo;
    }

    /**
     * Starts a definition with what is required.
     *
     * @param source the table whose rows are embedded; must have a primary key
     * @param loading where the text of a row comes from
     * @param embedding which model embeds it
     * @return a builder
     * @throws InvalidArgumentException when an argument is null
     */
    public static Builder builder(RelationName source, Loading loading, Embedding embedding) {
        return new Builder(source, loading, embedding);
    }

    /**
     * A builder that has all values of this definition, to change some of them.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder(source, loading, embedding);
        builder.name = name;
        builder.destination = destination;
        builder.parsing = parsing;
        builder.chunking = chunking;
        builder.indexing = indexing;
        builder.formatting = formatting;
        builder.scheduling = scheduling;
        builder.processing = processing;
        builder.queueSchema = queueSchema;
        builder.queueTable = queueTable;
        builder.grantTo = grantTo;
        return builder;
    }

    /**
     * The table whose rows are embedded.
     *
     * @return the argument {@code source}
     */
    public RelationName source() {
        return source;
    }

    /**
     * The vectorizer's name.
     *
     * @return the argument {@code name}, or null when not set; {@link CatalogNames#vectorizer()} says what the catalog
     *     makes of it then
     */
    public @Nullable String name() {
        return name;
    }

    /**
     * Where the embeddings go.
     *
     * @return the argument {@code destination}, or null when not set
     */
    public @Nullable Destination destination() {
        return destination;
    }

    /**
     * Where the text of a row comes from.
     *
     * @return the argument {@code loading}
     */
    public Loading loading() {
        return loading;
    }

    /**
     * How what was loaded becomes text.
     *
     * @return the argument {@code parsing}, or null when not set
     */
    public @Nullable Parsing parsing() {
        return parsing;
    }

    /**
     * Which model embeds.
     *
     * @return the argument {@code embedding}
     */
    public Embedding embedding() {
        return embedding;
    }

    /**
     * How a text is cut into chunks.
     *
     * @return the argument {@code chunking}, or null when not set
     */
    public @Nullable Chunking chunking() {
        return chunking;
    }

    /**
     * Which index the embeddings get.
     *
     * @return the argument {@code indexing}, or null when not set
     */
    public @Nullable Indexing indexing() {
        return indexing;
    }

    /**
     * What text is embedded for a chunk.
     *
     * @return the argument {@code formatting}, or null when not set
     */
    public @Nullable Formatting formatting() {
        return formatting;
    }

    /**
     * What runs the vectorizer from inside the database.
     *
     * @return the argument {@code scheduling}, or null when not set
     */
    public @Nullable Scheduling scheduling() {
        return scheduling;
    }

    /**
     * How the worker batches.
     *
     * @return the argument {@code processing}, or null when not set
     */
    public @Nullable Processing processing() {
        return processing;
    }

    /**
     * The schema of the queue.
     *
     * @return the argument {@code queue_schema}, or null when not set
     */
    public @Nullable String queueSchema() {
        return queueSchema;
    }

    /**
     * The name of the queue.
     *
     * @return the argument {@code queue_table}, or null when not set
     */
    public @Nullable String queueTable() {
        return queueTable;
    }

    /**
     * The roles that may use the vectorizer's objects.
     *
     * @return the argument {@code grant_to} as an unmodifiable list, or null when not set
     */
    public @Nullable List<String> grantTo() {
        return grantTo;
    }

    /**
     * The options that were set, in the order of the arguments of {@code ai.create_vectorizer}.
     *
     * @return an unmodifiable list
     */
    public List<Option> options() {
        List<Option> options = new ArrayList<>();
        addTo(options, destination);
        addTo(options, loading);
        addTo(options, parsing);
        addTo(options, embedding);
        addTo(options, chunking);
        addTo(options, indexing);
        addTo(options, formatting);
        addTo(options, scheduling);
        addTo(options, processing);
        return Collections.unmodifiableList(options);
    }

    private static void addTo(List<Option> options, @Nullable Option option) {
        if (option != null) {
            options.add(option);
        }
    }

    /**
     * The definition as the catalog stores it: every option set, with the catalog's defaults for what was not given,
     * the destination and the name with the names that the catalog derives, and without the members of JSON options
     * that are null. The default index and schedule are taken to be none, which holds unless the database has the
     * settings {@code ai.indexing_default} or {@code ai.scheduling_default}. What the catalog does not store is left
     * out: {@code grant_to}. The queue is named only when it was given, because its default name holds the vectorizer's
     * id.
     *
     * @return a definition that equals what the catalog gives back, as of pgai 0.12.1
     */
    public VectorizerDefinition asStored() {
        return CatalogDefaults.resolve(this);
    }

    private List<@Nullable Object> values() {
        return Arrays.asList(
                source,
                name,
                destination,
                loading,
                parsing,
                embedding,
                chunking,
                indexing,
                formatting,
                scheduling,
                processing,
                queueSchema,
                queueTable,
                grantTo);
    }

    /**
     * Equal when all values are.
     *
     * @param other anything
     * @return whether it is a definition with the same values
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VectorizerDefinition definition && values().equals(definition.values());
    }

    /**
     * Agrees with {@link #equals(Object)}.
     *
     * @return the hash code
     */
    @Override
    public int hashCode() {
        return Objects.hashCode(values());
    }

    /**
     * For people.
     *
     * @return {@code VectorizerDefinition} and the JSON form, without what may be a secret
     */
    @Override
    public String toString() {
        return "VectorizerDefinition" + DefinitionForm.writeMasked(this);
    }

    /** Collects the values of a definition. {@link #build()} validates what concerns more than one of them. */
    public static final class Builder {

        private static final Pattern NAME = Pattern.compile("[a-z][a-z_0-9]*");

        private RelationName source;
        private @Nullable String name;
        private @Nullable Destination destination;
        private Loading loading;
        private @Nullable Parsing parsing;
        private Embedding embedding;
        private @Nullable Chunking chunking;
        private @Nullable Indexing indexing;
        private @Nullable Formatting formatting;
        private @Nullable Scheduling scheduling;
        private @Nullable Processing processing;
        private @Nullable String queueSchema;
        private @Nullable String queueTable;
        private @Nullable List<String> grantTo;

        private Builder(RelationName source, Loading loading, Embedding embedding) {
            this.source = Check.notNull("source", source);
            this.loading = Check.notNull("loading", loading);
            this.embedding = Check.notNull("embedding", embedding);
        }

        /**
         * Sets the table whose rows are embedded.
         *
         * @param source the table; must have a primary key
         * @return this builder
         * @throws InvalidArgumentException when null
         */
        public Builder source(RelationName source) {
            this.source = Check.notNull("source", source);
            return this;
        }

        /**
         * Names the vectorizer.
         *
         * @param name lower-case letters a to z, digits and underscores, a letter first, at most 63 bytes; by default
         *     the catalog makes {@code <schema>_<table>} of the store, or {@code <schema>_<table>_<column>} of a column
         *     destination
         * @return this builder
         * @throws InvalidArgumentException when null or of another form
         */
        public Builder name(String name) {
            Check.identifier("name", Check.given("name", name));
            if (!NAME.matcher(name).matches()) {
                throw new InvalidArgumentException(
                        "name",
                        name,
                        "the catalog allows a to z, 0 to 9 and _ only, with a letter first",
                        "Write it in lower case with underscores.");
            }
            this.name = name;
            return this;
        }

        /**
         * Sets where the embeddings go.
         *
         * @param destination a table or a column; by default a table named after the source
         * @return this builder
         * @throws InvalidArgumentException when null
         */
        public Builder destination(Destination destination) {
            this.destination = Check.given("destination", destination);
            return this;
        }

        /**
         * Sets where the text of a row comes from.
         *
         * @param loading a column, or the URI in a column
         * @return this builder
         * @throws InvalidArgumentException when null
         */
        public Builder loading(Loading loading) {
            this.loading = Check.notNull("loading", loading);
            return this;
        }

        /**
         * Sets how what was loaded becomes text.
         *
         * @param parsing a parser; by default auto
         * @return this builder
         * @throws InvalidArgumentException when null
         */
        public Builder parsing(Parsing parsing) {
            this.parsing = Check.given("parsing", parsing);
            return this;
        }

        /**
         * Sets which model embeds.
         *
         * @param embedding a provider's model
         * @return this builder
         * @throws InvalidArgumentException when null
         */
        public Builder embedding(Embedding embedding) {
            this.embedding = Check.notNull("embedding", embedding);
            return this;
        }

        /**
         * Sets how a text is cut into chunks.
         *
         * @param chunking a splitter or none; by default the recursive splitter, 800 characters with 400 shared
         * @return this builder
         * @throws InvalidArgumentException when null
         */
        public Builder chunking(Chunking chunking) {
            this.chunking = Check.given("chunking", chunking);
            return this;
        }

        /**
         * Sets which index the embeddings get.
         *
         * @param indexing an index or none; by default what the database's setting says, else none
         * @return this builder
         * @throws InvalidArgumentException when null
         */
        public Builder indexing(Indexing indexing) {
            this.indexing = Check.given("indexing", indexing);
            return this;
        }

        /**
         * Sets what text is embedded for a chunk.
         *
         * @param formatting a template; by default {@code $chunk}
         * @return this builder
         * @throws InvalidArgumentException when null
         */
        public Builder formatting(Formatting formatting) {
            this.formatting = Check.given("formatting", formatting);
            return this;
        }

        /**
         * Sets what runs the vectorizer from inside the database.
         *
         * @param scheduling a job or none; by default what the database's setting says, else none
         * @return this builder
         * @throws InvalidArgumentException when null
         */
        public Builder scheduling(Scheduling scheduling) {
            this.scheduling = Check.given("scheduling", scheduling);
            return this;
        }

        /**
         * Sets how the worker batches.
         *
         * @param processing sizes; by default the worker's own
         * @return this builder
         * @throws InvalidArgumentException when null
         */
        public Builder processing(Processing processing) {
            this.processing = Check.given("processing", processing);
            return this;
        }

        /**
         * Sets the schema of the queue.
         *
         * @param queueSchema an existing schema, 1 to 63 bytes; by default {@code ai}
         * @return this builder
         * @throws InvalidArgumentException when null, empty, or longer than 63 bytes
         */
        public Builder queueSchema(String queueSchema) {
            this.queueSchema = Check.identifier("queue_schema", Check.given("queue_schema", queueSchema));
            return this;
        }

        /**
         * Sets the name of the queue.
         *
         * @param queueTable a name that is free, 1 to 63 bytes; by default {@code _vectorizer_q_<id>}
         * @return this builder
         * @throws InvalidArgumentException when null, empty, or longer than 63 bytes
         */
        public Builder queueTable(String queueTable) {
            this.queueTable = Check.identifier("queue_table", Check.given("queue_table", queueTable));
            return this;
        }

        /**
         * Sets the roles that may use the vectorizer's objects: {@code ai.grant_to(...)}, which adds the roles of the
         * database's setting {@code ai.grant_to_default}. Roles that do not exist are a warning of the server.
         *
         * @param roles names of roles, or {@code public}; none at all means nobody, not even the default's roles; by
         *     default the roles of the setting
         * @return this builder
         * @throws InvalidArgumentException when null, or when a name is null, empty, or longer than 63 bytes
         */
        public Builder grantTo(List<String> roles) {
            this.grantTo = Check.each("grant_to", Check.given("grant_to", roles), Check::identifier);
            return this;
        }

        /**
         * Sets the roles that may use the vectorizer's objects.
         *
         * @param roles as for {@link #grantTo(List)}
         * @return this builder
         * @throws InvalidArgumentException when null, or when a name is null, empty, or longer than 63 bytes
         */
        public Builder grantTo(String... roles) {
            return grantTo(Arrays.asList(Check.given("grant_to", roles)));
        }

        /**
         * Makes the definition.
         *
         * @return the definition
         * @throws InvalidArgumentException when values contradict each other: a column destination with chunking, an
         *     index without scheduling or with more dimensions than it takes, an overlap greater than the chunk, names
         *     that the catalog would derive and then refuse
         */
        public VectorizerDefinition build() {
            VectorizerDefinition definition = new VectorizerDefinition(this);
            CrossChecks.check(definition);
            return definition;
        }

        /** For what a catalog holds: it exists, whatever the rules of this version say. */
        VectorizerDefinition buildUnchecked() {
            return new VectorizerDefinition(this);
        }

        static boolean isName(String name) {
            return NAME.matcher(name).matches();
        }
    }
}
