package dev.pgai.vectorizer;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One option of each kind, with all of its arguments set. */
public final class SampleOptions {

    public static final Loading.Uri URI =
            Loading.uri("file_uri").withRetries(3).withAwsRoleArn("arn:aws:iam::123456789012:role/reader");

    public static final Embedding.OpenAi OPENAI = Embedding.openai("text-embedding-3-small", 768)
            .withChatUser("team-a")
            .withApiKeyName("MY_KEY")
            .withBaseUrl("http://localhost:8000/v1");

    public static final Scheduling.Timescaledb TIMESCALEDB = Scheduling.timescaledb()
            .withScheduleInterval(Interval.of(Period.of(0, 1, 2), Duration.ofMinutes(90)))
            .withInitialStart(Instant.parse("2026-01-31T12:00:00.000001Z"))
            .withFixedSchedule(true)
            .withTimezone("Europe/Berlin");

    public static final Destination.Table TABLE = Destination.table("doc")
            .withTargetSchema("vec")
            .withTargetTable("doc_store")
            .withViewSchema("app")
            .withViewName("doc_view");

    private SampleOptions() {}

    public static List<Option> all() {
        return List.of(
                Loading.column("body").withRetries(0),
                URI,
                Parsing.auto(),
                Parsing.none(),
                Parsing.pymupdf(),
                Parsing.docling(),
                OPENAI,
                Embedding.ollama("nomic-embed-text", 768)
                        .withBaseUrl("http://ollama:11434")
                        .withOptions(Map.of("num_ctx", 1024, "stop", List.of("\n", "it's"), "top_p", 0.5))
                        .withKeepAlive("5m"),
                Embedding.voyageai("voyage-3-lite", 512)
                        .withInputType(Embedding.InputType.QUERY)
                        .withApiKeyName("MY_KEY"),
                Embedding.litellm("cohere/embed-english-v3.0", 1024)
                        .withApiKeyName("COHERE_API_KEY")
                        .withExtraOptions(Map.of("input_type", "search_document")),
                Chunking.none(),
                Chunking.characterTextSplitter()
                        .withChunkSize(800)
                        .withChunkOverlap(400)
                        .withSeparator(".")
                        .withIsSeparatorRegex(false),
                Chunking.recursiveCharacterTextSplitter()
                        .withChunkSize(256)
                        .withChunkOverlap(20)
                        .withSeparators(List.of("\n\n", "\\s", ""))
                        .withIsSeparatorRegex(true),
                Indexing.byDefault(),
                Indexing.none(),
                Indexing.hnsw()
                        .withMinRows(10)
                        .withOpclass(Indexing.OpClass.VECTOR_IP_OPS)
                        .withM(20)
                        .withEfConstruction(80)
                        .withCreateWhenQueueEmpty(false),
                Indexing.diskann()
                        .withMinRows(10)
                        .withStorageLayout(Indexing.StorageLayout.MEMORY_OPTIMIZED)
                        .withNumNeighbors(60)
                        .withSearchListSize(110)
                        .withMaxAlpha(1.1)
                        .withNumDimensions(0)
                        .withNumBitsPerDimension(2)
                        .withCreateWhenQueueEmpty(true),
                Formatting.pythonTemplate("$title: ${author} $$ $chunk"),
                Scheduling.byDefault(),
                Scheduling.none(),
                TIMESCALEDB,
                Processing.byDefault().withBatchSize(2048).withConcurrency(10),
                TABLE,
                Destination.column("body_embedding"));
    }

    /** Each record of each family, found by walking the sealed families. */
    public static List<Class<?>> kinds() {
        return Stream.of(Option.class.getPermittedSubclasses())
                .filter(family -> family != UnknownOption.class)
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .filter(kind -> !UnknownOption.class.isAssignableFrom(kind))
                .<Class<?>>map(kind -> kind)
                .toList();
    }
}
