package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Identifiers;
import org.jspecify.annotations.Nullable;

/** The rules that concern more than one option of a definition. */
final class CrossChecks {

    /** An index of pgvector takes no longer vectors. */
    private static final int HNSW_MAX_DIMENSIONS = 2_000;

    /** What pgvector takes when nothing is set. */
    private static final int HNSW_M = 16;

    private static final int HNSW_EF_CONSTRUCTION = 64;

    private CrossChecks() {}

    static void check(VectorizerDefinition definition) {
        checkChunking(definition);
        checkIndexing(definition);
        checkNames(definition);
    }

    private static void checkChunking(VectorizerDefinition definition) {
        if (definition.destination() instanceof Destination.Column
                && !(definition.chunking() instanceof Chunking.None)
                && !(definition.chunking() instanceof Chunking.Unknown)) {
            throw new InvalidArgumentException(
                    "chunking",
                    implementation(definition.chunking()),
                    "a column destination holds one embedding for each row",
                    "Set chunking to none, or use a table destination.");
        }
        if (definition.chunking() instanceof Chunking.CharacterTextSplitter splitter) {
            checkOverlap(splitter.chunkSize(), splitter.chunkOverlap());
        } else if (definition.chunking() instanceof Chunking.RecursiveCharacterTextSplitter splitter) {
            checkOverlap(splitter.chunkSize(), splitter.chunkOverlap());
        }
    }

    private static void checkOverlap(@Nullable Integer givenSize, @Nullable Integer givenOverlap) {
        int size = givenSize == null ? CatalogDefaults.CHUNK_SIZE : givenSize;
        int overlap = givenOverlap == null ? CatalogDefaults.CHUNK_OVERLAP : givenOverlap;
        if (overlap > size) {
            throw new InvalidArgumentException(
                    "chunking.chunk_overlap",
                    overlap,
                    "it must not be greater than chunk_size, which is " + size,
                    givenOverlap == null
                            ? "This is the catalog's default: set chunk_overlap, too."
                            : "Lower it, or raise chunk_size.");
        }
    }

    private static void checkIndexing(VectorizerDefinition definition) {
        Indexing indexing = definition.indexing();
        if (!(indexing instanceof Indexing.Hnsw || indexing instanceof Indexing.DiskAnn)) {
            return;
        }
        if (definition.scheduling() == null || definition.scheduling() instanceof Scheduling.None) {
            throw new InvalidArgumentException(
                    "scheduling",
                    implementation(definition.scheduling()),
                    "an index is made by the scheduled job, and indexing is " + indexing.implementation(),
                    "Set scheduling to timescaledb, or to default if the database has the setting"
                            + " ai.scheduling_default; or set indexing to none and create the index yourself.");
        }
        if (indexing instanceof Indexing.Hnsw hnsw) {
            checkHnsw(definition.embedding(), hnsw);
        }
    }

    private static void checkHnsw(Embedding embedding, Indexing.Hnsw hnsw) {
        if (embedding.dimensions() > HNSW_MAX_DIMENSIONS) {
            throw new InvalidArgumentException(
                    "embedding.dimensions",
                    embedding.dimensions(),
                    "an hnsw index takes at most " + HNSW_MAX_DIMENSIONS,
                    "Use fewer dimensions, or diskann, or no index.");
        }
        int m = hnsw.m() == null ? HNSW_M : hnsw.m();
        int efConstruction = hnsw.efConstruction() == null ? HNSW_EF_CONSTRUCTION : hnsw.efConstruction();
        if (efConstruction < 2 * m) {
            throw new InvalidArgumentException(
                    "indexing.ef_construction",
                    efConstruction,
                    "it must be at least twice m, which is " + m,
                    hnsw.efConstruction() == null
                            ? "This is the extension's default: set ef_construction, too."
                            : "Raise ef_construction, or set m lower.");
        }
    }

    private static @Nullable String implementation(@Nullable Option option) {
        return option == null ? null : option.implementation();
    }

    private static void checkNames(VectorizerDefinition definition) {
        CatalogNames names = CatalogNames.of(definition);
        if (!VectorizerDefinition.Builder.isName(names.vectorizer())) {
            throw new InvalidArgumentException(
                    "name",
                    definition.name(),
                    "the catalog would make \"" + names.vectorizer()
                            + "\" of the destination, and allows a to z, 0 to 9 and _ only, with a letter first",
                    "Give a name.");
        }
        if (names.store() != null && names.store().equals(names.view())) {
            throw new InvalidArgumentException(
                    "destination",
                    names.store().toString(),
                    "table and view get the same name, because PostgreSQL cuts names at " + Identifiers.MAX_BYTES
                            + " bytes",
                    "Set target_table and view_name.");
        }
    }
}
