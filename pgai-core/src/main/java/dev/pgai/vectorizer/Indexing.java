package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which index the embeddings get, made by the scheduled job: the argument {@code indexing}. */
public sealed interface Indexing extends Option
        permits Indexing.Default, Indexing.None, Indexing.Hnsw, Indexing.DiskAnn, Indexing.Unknown {

    @Override
    default String configType() {
        return "indexing";
    }

    /**
     * What the setting {@code ai.indexing_default} of the database says, else none: {@code ai.indexing_default}, since
     * pgai 0.10. This is the catalog's default.
     *
     * @return the option
     */
    static Default byDefault() {
        return new Default();
    }

    /**
     * No index: {@code ai.indexing_none}, since pgai 0.10.
     *
     * @return the option
     */
    static None none() {
        return new None();
    }

    /**
     * An HNSW index of pgvector: {@code ai.indexing_hnsw}, since pgai 0.10. Needs scheduling.
     *
     * @return the option
     */
    static Hnsw hnsw() {
        return new Hnsw(null, null, null, null, null);
    }

    /**
     * A StreamingDiskANN index of pgvectorscale: {@code ai.indexing_diskann}, since pgai 0.10. Needs scheduling, and
     * the extension {@code vectorscale}.
     *
     * @return the option
     */
    static DiskAnn diskann() {
        return new DiskAnn(null, null, null, null, null, null, null, null);
    }

    /** {@code ai.indexing_default}. */
    record Default() implements Indexing {
        @Override
        public String implementation() {
            return "default";
        }

        @Override
        public Map<String, Object> arguments() {
            return Map.of();
        }
    }

    /** {@code ai.indexing_none}. */
    record None() implements Indexing {
        @Override
        public String implementation() {
            return "none";
        }

        @Override
        public Map<String, Object> arguments() {
            return Map.of();
        }
    }

    /**
     * {@code ai.indexing_hnsw}.
     *
     * @param minRows how many rows the store must have before the index is made, 0 or more; null for the catalog's
     *     default, 100000
     * @param opclass the distance that the index serves; null for the catalog's default, cosine
     * @param m the connections of a layer, 2 to 100; null for the extension's default
     * @param efConstruction the candidates while building, 4 to 1000 and at least twice {@code m}; null for the
     *     extension's default
     * @param createWhenQueueEmpty whether the index waits for an empty queue; null for the catalog's default, true
     */
    record Hnsw(
            @Nullable Integer minRows,
            @Nullable OpClass opclass,
            @Nullable Integer m,
            @Nullable Integer efConstruction,
            @Nullable Boolean createWhenQueueEmpty)
            implements Indexing {

        /**
         * Checks the arguments.
         *
         * @param minRows the argument {@code min_rows}
         * @param opclass the argument {@code opclass}
         * @param m the argument {@code m}
         * @param efConstruction the argument {@code ef_construction}
         * @param createWhenQueueEmpty the argument {@code create_when_queue_empty}
         * @throws InvalidArgumentException when a number is out of range
         */
        public Hnsw {
            checkMinRows(minRows);
            Check.range("indexing.m", m, 2, 100, "The extension's default is 16.");
            Check.range("indexing.ef_construction", efConstruction, 4, 1000, "The extension's default is 64.");
        }

        /**
         * Sets how many rows the store must have before the index is made.
         *
         * @param minRows rows, 0 or more; the catalog's default is 100000
         * @return a copy
         * @throws InvalidArgumentException when negative
         */
        public Hnsw withMinRows(int minRows) {
            return new Hnsw(minRows, opclass, m, efConstruction, createWhenQueueEmpty);
        }

        /**
         * Sets the distance that the index serves.
         *
         * @param opclass one of the three that the catalog allows; its default is cosine
         * @return a copy
         * @throws InvalidArgumentException when null
         */
        public Hnsw withOpclass(OpClass opclass) {
            return new Hnsw(minRows, Check.given("indexing.opclass", opclass), m, efConstruction, createWhenQueueEmpty);
        }

        /**
         * Sets the connections of a layer.
         *
         * @param m 2 to 100; by default the extension's own
         * @return a copy
         * @throws InvalidArgumentException when out of range
         */
        public Hnsw withM(int m) {
            return new Hnsw(minRows, opclass, m, efConstruction, createWhenQueueEmpty);
        }

        /**
         * Sets the candidates while building.
         *
         * @param efConstruction 4 to 1000 and at least twice {@code m}; by default the extension's own
         * @return a copy
         * @throws InvalidArgumentException when out of range
         */
        public Hnsw withEfConstruction(int efConstruction) {
            return new Hnsw(minRows, opclass, m, efConstruction, createWhenQueueEmpty);
        }

        /**
         * Says whether the index waits for an empty queue.
         *
         * @param createWhenQueueEmpty the catalog's default is true
         * @return a copy
         */
        public Hnsw withCreateWhenQueueEmpty(boolean createWhenQueueEmpty) {
            return new Hnsw(minRows, opclass, m, efConstruction, createWhenQueueEmpty);
        }

        @Override
        public String implementation() {
            return "hnsw";
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments()
                    .set("min_rows", minRows)
                    .set("opclass", opclass)
                    .set("m", m)
                    .set("ef_construction", efConstruction)
                    .set("create_when_queue_empty", createWhenQueueEmpty)
                    .toMap();
        }
    }

    /**
     * {@code ai.indexing_diskann}.
     *
     * @param minRows how many rows the store must have before the index is made, 0 or more; null for the catalog's
     *     default, 100000
     * @param storageLayout how vectors are kept; null for the extension's default
     * @param numNeighbors the most neighbours of a node, 1 or more; null for the extension's default
     * @param searchListSize the candidates while building, 1 or more; null for the extension's default
     * @param maxAlpha the quality of the graph, 1 or more; null for the extension's default
     * @param numDimensions the dimensions that are indexed, 0 for all, or more; null for the extension's default
     * @param numBitsPerDimension the bits of a dimension, 1 or more; null for the extension's default
     * @param createWhenQueueEmpty whether the index waits for an empty queue; null for the catalog's default, true
     */
    record DiskAnn(
            @Nullable Integer minRows,
            @Nullable StorageLayout storageLayout,
            @Nullable Integer numNeighbors,
            @Nullable Integer searchListSize,
            @Nullable Double maxAlpha,
            @Nullable Integer numDimensions,
            @Nullable Integer numBitsPerDimension,
            @Nullable Boolean createWhenQueueEmpty)
            implements Indexing {

        /**
         * Checks the arguments.
         *
         * @param minRows the argument {@code min_rows}
         * @param storageLayout the argument {@code storage_layout}
         * @param numNeighbors the argument {@code num_neighbors}
         * @param searchListSize the argument {@code search_list_size}
         * @param maxAlpha the argument {@code max_alpha}
         * @param numDimensions the argument {@code num_dimensions}
         * @param numBitsPerDimension the argument {@code num_bits_per_dimension}
         * @param createWhenQueueEmpty the argument {@code create_when_queue_empty}
         * @throws InvalidArgumentException when a number is out of range
         */
        public DiskAnn {
            checkMinRows(minRows);
            Check.range("indexing.num_neighbors", numNeighbors, 1, Integer.MAX_VALUE, "The extension's default is 50.");
            Check.range(
                    "indexing.search_list_size",
                    searchListSize,
                    1,
                    Integer.MAX_VALUE,
                    "The extension's default is 100.");
            if (maxAlpha != null && !(maxAlpha >= 1.0 && maxAlpha < Double.POSITIVE_INFINITY)) {
                throw new InvalidArgumentException(
                        "indexing.max_alpha",
                        maxAlpha,
                        "it must be a finite number, 1 or more",
                        "The extension's default is 1.2.");
            }
            Check.range(
                    "indexing.num_dimensions", numDimensions, 0, Embedding.MAX_DIMENSIONS, "Use 0 for all dimensions.");
            Check.range(
                    "indexing.num_bits_per_dimension",
                    numBitsPerDimension,
                    1,
                    Integer.MAX_VALUE,
                    "Leave it out for the extension's default.");
        }

        /**
         * Sets how many rows the store must have before the index is made.
         *
         * @param minRows rows, 0 or more; the catalog's default is 100000
         * @return a copy
         * @throws InvalidArgumentException when negative
         */
        public DiskAnn withMinRows(int minRows) {
            return new DiskAnn(
                    minRows,
                    storageLayout,
                    numNeighbors,
                    searchListSize,
                    maxAlpha,
                    numDimensions,
                    numBitsPerDimension,
                    createWhenQueueEmpty);
        }

        /**
         * Sets how vectors are kept.
         *
         * @param storageLayout memory optimized or plain; by default the extension's own
         * @return a copy
         * @throws InvalidArgumentException when null
         */
        public DiskAnn withStorageLayout(StorageLayout storageLayout) {
            return new DiskAnn(
                    minRows,
                    Check.given("indexing.storage_layout", storageLayout),
                    numNeighbors,
                    searchListSize,
                    maxAlpha,
                    numDimensions,
                    numBitsPerDimension,
                    createWhenQueueEmpty);
        }

        /**
         * Sets the most neighbours of a node.
         *
         * @param numNeighbors 1 or more; by default the extension's own
         * @return a copy
         * @throws InvalidArgumentException when out of range
         */
        public DiskAnn withNumNeighbors(int numNeighbors) {
            return new DiskAnn(
                    minRows,
                    storageLayout,
                    numNeighbors,
                    searchListSize,
                    maxAlpha,
                    numDimensions,
                    numBitsPerDimension,
                    createWhenQueueEmpty);
        }

        /**
         * Sets the candidates while building.
         *
         * @param searchListSize 1 or more; by default the extension's own
         * @return a copy
         * @throws InvalidArgumentException when out of range
         */
        public DiskAnn withSearchListSize(int searchListSize) {
            return new DiskAnn(
                    minRows,
                    storageLayout,
                    numNeighbors,
                    searchListSize,
                    maxAlpha,
                    numDimensions,
                    numBitsPerDimension,
                    createWhenQueueEmpty);
        }

        /**
         * Sets the quality of the graph.
         *
         * @param maxAlpha 1 or more; by default the extension's own
         * @return a copy
         * @throws InvalidArgumentException when less than 1 or not a number
         */
        public DiskAnn withMaxAlpha(double maxAlpha) {
            return new DiskAnn(
                    minRows,
                    storageLayout,
                    numNeighbors,
                    searchListSize,
                    maxAlpha,
                    numDimensions,
                    numBitsPerDimension,
                    createWhenQueueEmpty);
        }

        /**
         * Sets the dimensions that are indexed.
         *
         * @param numDimensions 0 for all, or more; by default the extension's own
         * @return a copy
         * @throws InvalidArgumentException when out of range
         */
        public DiskAnn withNumDimensions(int numDimensions) {
            return new DiskAnn(
                    minRows,
                    storageLayout,
                    numNeighbors,
                    searchListSize,
                    maxAlpha,
                    numDimensions,
                    numBitsPerDimension,
                    createWhenQueueEmpty);
        }

        /**
         * Sets the bits of a dimension.
         *
         * @param numBitsPerDimension 1 or more; by default the extension's own
         * @return a copy
         * @throws InvalidArgumentException when out of range
         */
        public DiskAnn withNumBitsPerDimension(int numBitsPerDimension) {
            return new DiskAnn(
                    minRows,
                    storageLayout,
                    numNeighbors,
                    searchListSize,
                    maxAlpha,
                    numDimensions,
                    numBitsPerDimension,
                    createWhenQueueEmpty);
        }

        /**
         * Says whether the index waits for an empty queue.
         *
         * @param createWhenQueueEmpty the catalog's default is true
         * @return a copy
         */
        public DiskAnn withCreateWhenQueueEmpty(boolean createWhenQueueEmpty) {
            return new DiskAnn(
                    minRows,
                    storageLayout,
                    numNeighbors,
                    searchListSize,
                    maxAlpha,
                    numDimensions,
                    numBitsPerDimension,
                    createWhenQueueEmpty);
        }

        @Override
        public String implementation() {
            return "diskann";
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments()
                    .set("min_rows", minRows)
                    .set("storage_layout", storageLayout)
                    .set("num_neighbors", numNeighbors)
                    .set("search_list_size", searchListSize)
                    .set("max_alpha", maxAlpha)
                    .set("num_dimensions", numDimensions)
                    .set("num_bits_per_dimension", numBitsPerDimension)
                    .set("create_when_queue_empty", createWhenQueueEmpty)
                    .toMap();
        }
    }

    /** The distances that the catalog allows for an HNSW index. Euclidean distance is not among them. */
    enum OpClass {
        /** Inner product. */
        VECTOR_IP_OPS,
        /** Cosine distance. */
        VECTOR_COSINE_OPS,
        /** Taxicab distance. */
        VECTOR_L1_OPS
    }

    /** How a StreamingDiskANN index keeps vectors. */
    enum StorageLayout {
        /** Compressed. */
        MEMORY_OPTIMIZED,
        /** As they are. */
        PLAIN
    }

    private static void checkMinRows(@Nullable Integer minRows) {
        Check.range("indexing.min_rows", minRows, 0, Integer.MAX_VALUE, "Use 0 to index from the first row.");
    }

    /**
     * An implementation that this version of the library does not know, or a known one with keys that are new, as the
     * catalog stores it.
     *
     * @param config the whole stored config, {@code config_type} and {@code implementation} included
     */
    record Unknown(Map<String, Object> config) implements Indexing, UnknownOption {

        /**
         * Copies the config deeply and checks that it says what it is.
         *
         * @param config as above
         * @throws InvalidArgumentException when {@code config_type} is not {@code indexing}, {@code implementation} is
         *     not text, or a value is not a JSON value
         */
        public Unknown {
            config = StoredConfig.copyOf("indexing", config);
        }

        @Override
        public String toString() {
            return StoredConfig.toString(config);
        }
    }
}
