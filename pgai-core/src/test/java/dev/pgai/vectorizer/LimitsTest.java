package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is just allowed. {@link InvalidDefinitionTest} has what is just refused. */
class LimitsTest {

    @ParameterizedTest
    @MethodSource
    void what_is_within_the_limits_is_allowed(Consumer<VectorizerDefinition.Builder> change) {
        VectorizerDefinition.Builder builder = VectorizerDefinition.builder(
                RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 768));

        assertThatCode(() -> {
                    change.accept(builder);
                    builder.build();
                })
                .doesNotThrowAnyException();
    }

    static Stream<Consumer<VectorizerDefinition.Builder>> what_is_within_the_limits_is_allowed() {
        Indexing.Hnsw hnsw = Indexing.hnsw();
        Scheduling.Timescaledb job = Scheduling.timescaledb();
        return Stream.of(
                builder -> builder.embedding(Embedding.openai("m", 1)),
                builder -> builder.embedding(Embedding.openai("m", 16_000)),
                builder -> builder.embedding(Embedding.openai("m", 1)
                        .withChatUser("")
                        .withApiKeyName("")
                        .withBaseUrl("")),
                builder -> builder.loading(Loading.column("content").withRetries(0)),
                builder -> builder.loading(Loading.uri("u").withAwsRoleArn("arn:aws:iam:::role/")),
                builder -> builder.chunking(
                        Chunking.characterTextSplitter().withChunkSize(1).withChunkOverlap(1)),
                builder -> builder.chunking(
                        Chunking.recursiveCharacterTextSplitter().withChunkSize(400)),
                builder -> builder.chunking(
                        Chunking.recursiveCharacterTextSplitter().withChunkOverlap(800)),
                builder -> builder.chunking(
                        Chunking.recursiveCharacterTextSplitter().withSeparators(List.of(""))),
                builder -> builder.formatting(Formatting.pythonTemplate("$$$chunk")),
                builder -> builder.formatting(Formatting.pythonTemplate("${chunk} $chunk")),
                builder -> builder.indexing(hnsw.withMinRows(0).withM(2).withEfConstruction(32))
                        .scheduling(job),
                builder -> builder.indexing(hnsw.withM(100).withEfConstruction(1000))
                        .scheduling(job),
                builder -> builder.indexing(hnsw.withM(32)).scheduling(Scheduling.byDefault()),
                builder -> builder.indexing(hnsw.withM(2).withEfConstruction(4)).scheduling(job),
                builder -> builder.embedding(Embedding.openai("m", 2000))
                        .indexing(hnsw)
                        .scheduling(job),
                builder -> builder.embedding(Embedding.openai("m", 16_000))
                        .indexing(Indexing.diskann().withMaxAlpha(1.0).withNumDimensions(16_000))
                        .scheduling(job),
                builder -> builder.processing(
                        Processing.byDefault().withBatchSize(1).withConcurrency(1)),
                builder -> builder.processing(
                        Processing.byDefault().withBatchSize(2048).withConcurrency(50)),
                builder -> builder.name("a"),
                builder -> builder.name("v_0" + "9".repeat(60)),
                builder -> builder.source(RelationName.of("public", "t".repeat(52))),
                builder -> builder.source(RelationName.of("a".repeat(63), "t")),
                builder -> builder.name("v")
                        .source(RelationName.of("ü".repeat(31) + "s", "😀".repeat(15) + "abc"))
                        .destination(Destination.table("d".repeat(62))),
                builder -> builder.name("v")
                        .destination(Destination.column("C".repeat(63)))
                        .chunking(Chunking.none()),
                builder -> builder.queueSchema("q".repeat(63)).queueTable("\"'\\ \n"),
                builder -> builder.grantTo(),
                builder -> builder.scheduling(job.withScheduleInterval(Interval.of(Duration.ofNanos(1000)))),
                builder -> builder.scheduling(job.withScheduleInterval(
                        Interval.of(Period.ofMonths(Integer.MAX_VALUE), Duration.parse("PT2562047788H54.775807S")))),
                builder -> builder.scheduling(job.withInitialStart(Instant.parse("0001-01-01T00:00:00Z"))),
                builder -> builder.scheduling(job.withInitialStart(Instant.parse("9999-12-31T23:59:59.999999Z"))));
    }
}
