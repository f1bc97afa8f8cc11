package dev.pgai.contract.generated;

import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Interval;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Parsing;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.Scheduling;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Options of each kind, each argument set or not, hostile text in each text. */
final class RandomOptions {

    private static final long YEAR_ONE = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long YEAR_9999 = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private final SplittableRandom random;
    private final HostileText hostile;

    RandomOptions(SplittableRandom random, HostileText hostile) {
        this.random = random;
        this.hostile = hostile;
    }

    <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    Loading loading(String column, boolean bytes) {
        Integer retries = maybe(() -> random.nextInt(0, Integer.MAX_VALUE));
        return bytes || random.nextInt(3) > 0
                ? new Loading.Column(column, retries)
                : new Loading.Uri(
                        column, retries, maybe(() -> "arn:aws:iam::" + hostile.text() + ":role/" + hostile.text()));
    }

    /** Documents are read from bytes, or from behind a URI; text is not parsed. */
    Parsing parsing(Loading loading, boolean bytes) {
        return bytes || loading instanceof Loading.Uri
                ? oneOf(List.of(Parsing.auto(), Parsing.pymupdf(), Parsing.docling()))
                : oneOf(List.of(Parsing.auto(), Parsing.none()));
    }

    Embedding embedding(int maxDimensions) {
        String model = hostile.nonBlankText();
        int dimensions = random.nextInt(4) == 0 ? maxDimensions : random.nextInt(1, maxDimensions + 1);
        return switch (random.nextInt(4)) {
            case 0 ->
                new Embedding.OpenAi(
                        model, dimensions, maybe(hostile::text), maybe(hostile::text), maybe(hostile::text));
            case 1 ->
                new Embedding.Ollama(
                        model,
                        dimensions,
                        maybe(hostile::text),
                        maybe(() -> hostile.jsonObject(3)),
                        maybe(hostile::text));
            case 2 ->
                new Embedding.VoyageAi(
                        model,
                        dimensions,
                        maybe(() -> oneOf(List.of(Embedding.InputType.values()))),
                        maybe(hostile::text));
            default ->
                new Embedding.LiteLlm(model, dimensions, maybe(hostile::text), maybe(() -> hostile.jsonObject(3)));
        };
    }

    /** Of a newer catalog. */
    Map<String, Object> unknown(String configType) {
        Map<String, Object> config = new LinkedHashMap<>(hostile.jsonObject(3));
        config.put("config_type", configType);
        config.put("implementation", "newer_" + hostile.text());
        if (configType.equals("embedding")) {
            config.put("dimensions", 1 + random.nextInt(2_000));
        }
        return config;
    }

    /** The overlap fits the size, also where one of them is the catalog's 800 or 400. */
    Chunking chunking() {
        if (random.nextInt(8) == 0) {
            return Chunking.none();
        }
        if (random.nextInt(8) == 0) {
            return splitter(1, random.nextInt(2));
        }
        Integer size = maybe(() -> random.nextInt(400, Integer.MAX_VALUE));
        return splitter(size, maybe(() -> random.nextInt(0, size == null ? 801 : size + 1)));
    }

    private Chunking splitter(@Nullable Integer size, @Nullable Integer overlap) {
        Boolean regex = maybe(random::nextBoolean);
        return random.nextBoolean()
                ? new Chunking.CharacterTextSplitter(size, overlap, maybe(hostile::text), regex)
                : new Chunking.RecursiveCharacterTextSplitter(
                        size,
                        overlap,
                        maybe(() -> Stream.generate(hostile::text)
                                .limit(random.nextInt(1, 5))
                                .toList()),
                        regex);
    }

    /** A dollar sign of the text is doubled, and no letter follows a placeholder without braces. */
    Formatting formatting(String column) {
        if (random.nextInt(8) == 0) {
            return Formatting.pythonTemplate();
        }
        String end = oneOf(List.of("", " ", "é", "-", "'", "\n", "$$", "${" + column + "}"));
        return Formatting.pythonTemplate(oneOf(List.of("", "$" + column + " "))
                + hostile.text().replace("$", "$$")
                + "$chunk"
                + end
                + (end.isEmpty() ? "" : hostile.text().replace("$", "$$")));
    }

    Processing processing() {
        return new Processing.Default(maybe(() -> random.nextInt(1, 2049)), maybe(() -> random.nextInt(1, 51)));
    }

    Scheduling timescaledb() {
        return new Scheduling.Timescaledb(
                maybe(() -> new Interval(
                        random.nextInt(100),
                        random.nextInt(1000),
                        Duration.ofNanos(1000 * random.nextLong(1, Long.MAX_VALUE / 1000)))),
                maybe(() ->
                        Instant.ofEpochSecond(random.nextLong(YEAR_ONE, YEAR_9999), 1000L * random.nextInt(1_000_000))),
                maybe(random::nextBoolean),
                maybe(hostile::text));
    }

    /** An index that is made, for at most 2000 dimensions. */
    Indexing index() {
        Integer minRows = maybe(() -> random.nextInt(0, Integer.MAX_VALUE));
        Boolean whenEmpty = maybe(random::nextBoolean);
        return random.nextBoolean()
                ? new Indexing.Hnsw(
                        minRows,
                        maybe(() -> oneOf(List.of(Indexing.OpClass.values()))),
                        maybe(() -> random.nextInt(2, 33)),
                        maybe(() -> random.nextInt(64, 1001)),
                        whenEmpty)
                : new Indexing.DiskAnn(
                        minRows,
                        maybe(() -> oneOf(List.of(Indexing.StorageLayout.values()))),
                        maybe(() -> random.nextInt(1, Integer.MAX_VALUE)),
                        maybe(() -> random.nextInt(1, Integer.MAX_VALUE)),
                        maybe(() -> random.nextDouble(1, 1e6)),
                        maybe(() -> random.nextInt(0, 16_001)),
                        maybe(() -> random.nextInt(1, Integer.MAX_VALUE)),
                        whenEmpty);
    }
}
