package dev.pgai.vectorizer;

import dev.pgai.argument.Check;
import dev.pgai.json.JsonValues;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the catalog stores for options and arguments that were not given, as of pgai 0.12.1. */
final class CatalogDefaults {

    private static final int RETRIES = 6;
    static final int CHUNK_SIZE = 800;
    static final int CHUNK_OVERLAP = 400;
    private static final String SEPARATOR = "\n\n";
    private static final List<String> SEPARATORS = List.of("\n\n", "\n", ".", "?", "!", " ", "");
    private static final int MIN_ROWS = 100_000;

    private CatalogDefaults() {}

    static VectorizerDefinition resolve(VectorizerDefinition definition) {
        VectorizerDefinition.Builder stored = VectorizerDefinition.builder(
                        definition.source(), resolve(definition.loading()), resolve(definition.embedding()))
                .name(CatalogNames.of(definition).vectorizer())
                .destination(resolve(definition.destination(), definition))
                .parsing(definition.parsing() == null ? Parsing.auto() : definition.parsing())
                .chunking(resolve(definition.chunking()))
                .indexing(resolve(definition.indexing()))
                .formatting(resolve(definition.formatting()))
                .scheduling(resolve(definition.scheduling()))
                .processing(definition.processing() == null ? Processing.byDefault() : definition.processing());
        if (definition.queueSchema() != null) {
            stored.queueSchema(definition.queueSchema());
        }
        if (definition.queueTable() != null) {
            stored.queueTable(definition.queueTable());
        }
        return stored.buildUnchecked();
    }

    private static Chunking resolve(@Nullable Chunking chunking) {
        if (chunking == null) {
            return resolve(Chunking.recursiveCharacterTextSplitter());
        }
        if (chunking instanceof Chunking.CharacterTextSplitter given) {
            return new Chunking.CharacterTextSplitter(
                    or(given.chunkSize(), CHUNK_SIZE),
                    or(given.chunkOverlap(), CHUNK_OVERLAP),
                    or(given.separator(), SEPARATOR),
                    or(given.isSeparatorRegex(), false));
        }
        if (chunking instanceof Chunking.RecursiveCharacterTextSplitter given) {
            return new Chunking.RecursiveCharacterTextSplitter(
                    or(given.chunkSize(), CHUNK_SIZE),
                    or(given.chunkOverlap(), CHUNK_OVERLAP),
                    or(given.separators(), SEPARATORS),
                    or(given.isSeparatorRegex(), false));
        }
        return chunking;
    }

    private static Loading resolve(Loading loading) {
        if (loading instanceof Loading.Column given) {
            return new Loading.Column(given.columnName(), or(given.retries(), RETRIES));
        }
        if (loading instanceof Loading.Uri given) {
            return new Loading.Uri(given.columnName(), or(given.retries(), RETRIES), given.awsRoleArn());
        }
        return loading;
    }

    private static Embedding resolve(Embedding embedding) {
        if (embedding instanceof Embedding.OpenAi given) {
            return new Embedding.OpenAi(
                    given.model(),
                    given.dimensions(),
                    given.chatUser(),
                    or(given.apiKeyName(), "OPENAI_API_KEY"),
                    given.baseUrl());
        }
        if (embedding instanceof Embedding.VoyageAi given) {
            return new Embedding.VoyageAi(
                    given.model(),
                    given.dimensions(),
                    or(given.inputType(), Embedding.InputType.DOCUMENT),
                    or(given.apiKeyName(), "VOYAGE_API_KEY"));
        }
        if (embedding instanceof Embedding.Ollama given && given.options() != null) {
            return given.withOptions(JsonValues.withoutNulls(given.options()));
        }
        if (embedding instanceof Embedding.LiteLlm given && given.extraOptions() != null) {
            return given.withExtraOptions(JsonValues.withoutNulls(given.extraOptions()));
        }
        return embedding;
    }

    private static Destination resolve(@Nullable Destination destination, VectorizerDefinition definition) {
        CatalogNames names = CatalogNames.of(definition);
        if (names.store() == null || names.view() == null) {
            return Check.notNull("destination", destination);
        }
        return new Destination.Table(
                null,
                names.store().schema(),
                names.store().name(),
                names.view().schema(),
                names.view().name());
    }

    private static Indexing resolve(@Nullable Indexing indexing) {
        if (indexing == null || indexing instanceof Indexing.Default) {
            return Indexing.none();
        }
        if (indexing instanceof Indexing.Hnsw given) {
            return new Indexing.Hnsw(
                    or(given.minRows(), MIN_ROWS),
                    or(given.opclass(), Indexing.OpClass.VECTOR_COSINE_OPS),
                    given.m(),
                    given.efConstruction(),
                    or(given.createWhenQueueEmpty(), true));
        }
        if (indexing instanceof Indexing.DiskAnn given) {
            return new Indexing.DiskAnn(
                    or(given.minRows(), MIN_ROWS),
                    given.storageLayout(),
                    given.numNeighbors(),
                    given.searchListSize(),
                    given.maxAlpha(),
                    given.numDimensions(),
                    given.numBitsPerDimension(),
                    or(given.createWhenQueueEmpty(), true));
        }
        return indexing;
    }

    private static Formatting resolve(@Nullable Formatting formatting) {
        if (formatting instanceof Formatting.Unknown unknown) {
            return unknown;
        }
        return formatting instanceof Formatting.PythonTemplate given && given.template() != null
                ? given
                : Formatting.pythonTemplate("$chunk");
    }

    private static Scheduling resolve(@Nullable Scheduling scheduling) {
        if (scheduling == null || scheduling instanceof Scheduling.Default) {
            return Scheduling.none();
        }
        if (scheduling instanceof Scheduling.Timescaledb given) {
            return new Scheduling.Timescaledb(
                    or(given.scheduleInterval(), Interval.of(Duration.ofMinutes(5))),
                    given.initialStart(),
                    given.fixedSchedule(),
                    given.timezone());
        }
        return scheduling;
    }

    private static <T> T or(@Nullable T given, T byDefault) {
        return given == null ? byDefault : given;
    }
}
