package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads who gave a wrong definition: the option, the value, the rule, the hint. */
@SuppressWarnings("NullAway") // callers without a null checker give nulls, too
class InvalidDefinitionTest {

    private static final String NUL = "a\0b";
    private static final String LONE_SURROGATE = "a\ud83d";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"required", "texts", "names", "ranges", "contradictions", "unknownOptions", "jsonValues", "times"})
    void says_what_is_wrong_and_what_to_do(String mistake, ThrowingCallable call, String message) {
        InvalidArgumentException refusal = catchThrowableOfType(InvalidArgumentException.class, call);

        assertThat(refusal).isInstanceOf(PgaiException.class).hasMessage(message);
        assertThat(message).startsWith(refusal.argument()).endsWith(refusal.rule() + ". " + refusal.hint());
        assertThat(message).hasLineCount(1);
    }

    static Stream<Arguments> required() {
        return Stream.of(
                arguments(
                        "no source",
                        call(() -> VectorizerDefinition.builder(null, content(), openai())),
                        "source is not set: it is required. Give a value."),
                arguments(
                        "no loading",
                        call(() -> VectorizerDefinition.builder(blog(), null, openai())),
                        "loading is not set: it is required. Give a value."),
                arguments(
                        "no embedding",
                        call(() -> VectorizerDefinition.builder(blog(), content(), null)),
                        "embedding is not set: it is required. Give a value."),
                arguments(
                        "no column",
                        call(() -> Loading.column(null)),
                        "loading.column_name is not set: it is required. Give a value."),
                arguments(
                        "no model",
                        call(() -> Embedding.ollama(null, 1)),
                        "embedding.model is not set: it is required. Give a value."),
                arguments(
                        "a blank model",
                        call(() -> Embedding.voyageai(" \t", 1)),
                        "embedding.model = \" \\u0009\" is refused: it must not be blank. Name the model as its provider does."),
                arguments(
                        "null for a name",
                        call(() -> vectorizer().name(null)),
                        "name is not set: null was given. Leave the call out to keep the catalog's default."),
                arguments(
                        "null for an option",
                        call(() -> vectorizer().chunking(null)),
                        "chunking is not set: null was given. Leave the call out to keep the catalog's default."),
                arguments(
                        "null for a text",
                        call(() -> Embedding.openai("m", 1).withBaseUrl(null)),
                        "embedding.base_url is not set: null was given. Leave the call out to keep the catalog's default."),
                arguments(
                        "null for JSON",
                        call(() -> Embedding.ollama("m", 1).withOptions(null)),
                        "embedding.options is not set: null was given. Leave the call out to keep the catalog's default."),
                arguments(
                        "null for a constant",
                        call(() -> Indexing.hnsw().withOpclass(null)),
                        "indexing.opclass is not set: null was given. Leave the call out to keep the catalog's default."),
                arguments(
                        "null for a list",
                        call(() -> vectorizer().grantTo((List<String>) null)),
                        "grant_to is not set: null was given. Leave the call out to keep the catalog's default."),
                arguments(
                        "null in grant_to",
                        call(() -> vectorizer().grantTo("lab_bob", null)),
                        "grant_to[1] is not set: it is required. Give a value."),
                arguments(
                        "null in separators",
                        call(() -> separators(Arrays.asList(".", null))),
                        "chunking.separators[1] is not set: it is required. Give a value."));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments(
                        "a NUL",
                        call(() -> Embedding.openai("m", 1).withChatUser(NUL)),
                        "embedding.chat_user = \"a\\u0000b\" is refused: PostgreSQL stores no NUL character. Remove the character \\u0000."),
                arguments(
                        "a lone surrogate",
                        call(() -> Embedding.litellm(LONE_SURROGATE, 1)),
                        "embedding.model = \"a\\ud83d\" is refused: the surrogate at index 1 has no partner and no encoding. Cut text between code points, not between chars."),
                arguments(
                        "a lone low surrogate",
                        call(() -> Embedding.litellm("\ude00m", 1)),
                        "embedding.model = \"\\ude00m\" is refused: the surrogate at index 0 has no partner and no encoding. Cut text between code points, not between chars."),
                arguments(
                        "a NUL in a list",
                        call(() -> separators(List.of("\n", NUL))),
                        "chunking.separators[1] = \"a\\u0000b\" is refused: PostgreSQL stores no NUL character. Remove the character \\u0000."),
                arguments(
                        "no separators",
                        call(() -> separators(List.of())),
                        "chunking.separators = [] is refused: there must be at least one. Leave the call out to keep the catalog's default."),
                arguments(
                        "a template without chunk",
                        call(() -> Formatting.pythonTemplate("$title")),
                        "formatting.template = \"$title\" is refused: it must hold the placeholder $chunk, without braces. Put $chunk where the text of the chunk belongs."),
                arguments(
                        "chunk in braces only",
                        call(() -> Formatting.pythonTemplate("${chunk}")),
                        "formatting.template = \"${chunk}\" is refused: it must hold the placeholder $chunk, without braces. Put $chunk where the text of the chunk belongs."),
                arguments(
                        "chunk behind a dollar sign",
                        call(() -> Formatting.pythonTemplate("$$chunk")),
                        "formatting.template = \"$$chunk\" is refused: it must hold the placeholder $chunk, without braces. Put $chunk where the text of the chunk belongs."),
                arguments(
                        "a longer word than chunk",
                        call(() -> Formatting.pythonTemplate("$chunks")),
                        "formatting.template = \"$chunks\" is refused: it must hold the placeholder $chunk, without braces. Put $chunk where the text of the chunk belongs."),
                arguments(
                        "a lone dollar",
                        call(() -> Formatting.pythonTemplate("5 $ for $chunk")),
                        "formatting.template = \"5 $ for $chunk\" is refused: the $ at index 2 starts no placeholder. Write $$ for a dollar sign, $column or ${column} for a column."),
                arguments(
                        "an open brace",
                        call(() -> Formatting.pythonTemplate("$chunk ${title")),
                        "formatting.template = \"$chunk ${title\" is refused: the $ at index 7 starts no placeholder. Write $$ for a dollar sign, $column or ${column} for a column."),
                arguments(
                        "a placeholder out of ASCII",
                        call(() -> Formatting.pythonTemplate("$chunk $über")),
                        "formatting.template = \"$chunk $über\" is refused: the $ at index 7 starts no placeholder. Write $$ for a dollar sign, $column or ${column} for a column."),
                arguments(
                        "null for a template",
                        call(() -> Formatting.pythonTemplate(null)),
                        "formatting.template is not set: null was given. Leave the call out to keep the catalog's default."),
                arguments(
                        "another ARN",
                        call(() -> Loading.uri("u").withAwsRoleArn("arn:aws:s3:::b")),
                        "loading.aws_role_arn = \"arn:aws:s3:::b\" is refused: it must look like arn:aws:iam::<account>:role/<name>. Copy the role's ARN from IAM."));
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments(
                        "an upper-case name",
                        call(() -> vectorizer().name("Blog")),
                        "name = \"Blog\" is refused: the catalog allows a to z, 0 to 9 and _ only, with a letter first. Write it in lower case with underscores."),
                arguments(
                        "a name with a hyphen",
                        call(() -> vectorizer().name("blog-vec")),
                        "name = \"blog-vec\" is refused: the catalog allows a to z, 0 to 9 and _ only, with a letter first. Write it in lower case with underscores."),
                arguments(
                        "a name with a digit first",
                        call(() -> vectorizer().name("1blog")),
                        "name = \"1blog\" is refused: the catalog allows a to z, 0 to 9 and _ only, with a letter first. Write it in lower case with underscores."),
                arguments(
                        "a name with a line end",
                        call(() -> vectorizer().name("blog\n")),
                        "name = \"blog\\u000a\" is refused: the catalog allows a to z, 0 to 9 and _ only, with a letter first. Write it in lower case with underscores."),
                arguments(
                        "an empty name",
                        call(() -> vectorizer().name("")),
                        "name = \"\" is refused: a name must not be empty. Give a name."),
                arguments(
                        "a name of 64 bytes",
                        call(() -> vectorizer().name("v".repeat(64))),
                        "name = \"vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv\" is refused: a name has at most 63 bytes in PostgreSQL and this one has 64. Shorten it: the server would cut it silently."),
                arguments(
                        "an empty schema",
                        call(() -> RelationName.of("", "blog")),
                        "schema = \"\" is refused: a name must not be empty. Give a name."),
                arguments(
                        "an empty table",
                        call(() -> RelationName.of("public", "")),
                        "table = \"\" is refused: a name must not be empty. Give a name."),
                arguments(
                        "a table of 64 bytes",
                        call(() -> RelationName.of("public", "ü".repeat(32))),
                        "table = \"üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü\" is refused: a name has at most 63 bytes in PostgreSQL and this one has 64. Shorten it: the server would cut it silently."),
                arguments(
                        "an empty queue",
                        call(() -> vectorizer().queueTable("")),
                        "queue_table = \"\" is refused: a name must not be empty. Give a name."),
                arguments(
                        "a long queue schema",
                        call(() -> vectorizer().queueSchema("q".repeat(64))),
                        "queue_schema = \"qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq\" is refused: a name has at most 63 bytes in PostgreSQL and this one has 64. Shorten it: the server would cut it silently."),
                arguments(
                        "a long view",
                        call(() -> Destination.table().withViewName("😀".repeat(16))),
                        "destination.view_name = \"😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀\" is refused: a name has at most 63 bytes in PostgreSQL and this one has 64. Shorten it: the server would cut it silently."),
                arguments(
                        "an empty destination",
                        call(() -> Destination.table("")),
                        "destination.destination = \"\" is refused: a name must not be empty. Give a name."),
                arguments(
                        "an empty column",
                        call(() -> Destination.column("")),
                        "destination.embedding_column = \"\" is refused: a name must not be empty. Give a name."),
                arguments(
                        "an empty role",
                        call(() -> vectorizer().grantTo("")),
                        "grant_to[0] = \"\" is refused: a name must not be empty. Give a name."),
                arguments(
                        "a name without schema",
                        call(() -> RelationName.parse("blog")),
                        "source = \"blog\" is refused: it must be a schema, a dot and a name, and a part with a quote, a dot or a space in it needs double quotes. Write schema.table, or use RelationName.of(schema, name)."),
                arguments(
                        "three parts",
                        call(() -> RelationName.parse("db.public.blog")),
                        "source = \"db.public.blog\" is refused: it must be a schema, a dot and a name, and a part with a quote, a dot or a space in it needs double quotes. Write schema.table, or use RelationName.of(schema, name)."),
                arguments(
                        "an open quote",
                        call(() -> RelationName.parse("public.\"blog")),
                        "source = \"public.\"blog\" is refused: it must be a schema, a dot and a name, and a part with a quote, a dot or a space in it needs double quotes. Write schema.table, or use RelationName.of(schema, name)."),
                arguments(
                        "nothing to parse",
                        call(() -> RelationName.parse(null)),
                        "source is not set: it is required. Give a value."),
                arguments(
                        "a default name in upper case",
                        call(() -> vectorizer("public", "Blog").build()),
                        "name is not set: the catalog would make \"public_Blog_embedding_store\" of the destination, and allows a to z, 0 to 9 and _ only, with a letter first. Give a name."),
                arguments(
                        "a default name with a hyphen",
                        call(() -> vectorizer()
                                .destination(Destination.column("content-embedding"))
                                .chunking(Chunking.none())
                                .build()),
                        "name is not set: the catalog would make \"public_blog_content-embedding\" of the destination, and allows a to z, 0 to 9 and _ only, with a letter first. Give a name."),
                arguments(
                        "table and view in one",
                        call(() ->
                                vectorizer("public", "t".repeat(60)).name("v").build()),
                        "destination = \"public.tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt_em\" is refused: table and view get the same name, because PostgreSQL cuts names at 63 bytes. Set target_table and view_name."),
                arguments(
                        "an unknown destination without name",
                        call(() -> vectorizer()
                                .destination(new Destination.Unknown(
                                        Map.of("config_type", "destination", "implementation", "bucket")))
                                .build()),
                        "name is not set: it cannot be derived from a destination that this version does not know. Give a name."));
    }

    static Stream<Arguments> ranges() {
        return Stream.of(
                arguments(
                        "no dimensions",
                        call(() -> Embedding.openai("m", 0)),
                        "embedding.dimensions = 0 is refused: it must be from 1 to 16000. Give the length of the vectors that the model returns."),
                arguments(
                        "too many dimensions",
                        call(() -> Embedding.ollama("m", 16_001)),
                        "embedding.dimensions = 16001 is refused: it must be from 1 to 16000. Give the length of the vectors that the model returns."),
                arguments(
                        "negative retries",
                        call(() -> content().withRetries(-1)),
                        "loading.retries = -1 is refused: it must be 0 or more. Use 0 to try once only."),
                arguments(
                        "negative retries of a URI",
                        call(() -> Loading.uri("u").withRetries(-1)),
                        "loading.retries = -1 is refused: it must be 0 or more. Use 0 to try once only."),
                arguments(
                        "chunks of nothing",
                        call(() -> character().withChunkSize(0)),
                        "chunking.chunk_size = 0 is refused: it must be 1 or more. Give the most characters of a chunk."),
                arguments(
                        "a negative overlap",
                        call(() -> recursive().withChunkOverlap(-1)),
                        "chunking.chunk_overlap = -1 is refused: it must be 0 or more. Use 0 for no overlap."),
                arguments(
                        "negative rows",
                        call(() -> Indexing.hnsw().withMinRows(-1)),
                        "indexing.min_rows = -1 is refused: it must be 0 or more. Use 0 to index from the first row."),
                arguments(
                        "m too small",
                        call(() -> Indexing.hnsw().withM(1)),
                        "indexing.m = 1 is refused: it must be from 2 to 100. The extension's default is 16."),
                arguments(
                        "m too great",
                        call(() -> Indexing.hnsw().withM(101)),
                        "indexing.m = 101 is refused: it must be from 2 to 100. The extension's default is 16."),
                arguments(
                        "ef_construction too small",
                        call(() -> Indexing.hnsw().withEfConstruction(3)),
                        "indexing.ef_construction = 3 is refused: it must be from 4 to 1000. The extension's default is 64."),
                arguments(
                        "ef_construction too great",
                        call(() -> Indexing.hnsw().withEfConstruction(1001)),
                        "indexing.ef_construction = 1001 is refused: it must be from 4 to 1000. The extension's default is 64."),
                arguments(
                        "no neighbours",
                        call(() -> Indexing.diskann().withNumNeighbors(0)),
                        "indexing.num_neighbors = 0 is refused: it must be 1 or more. The extension's default is 50."),
                arguments(
                        "no candidates",
                        call(() -> Indexing.diskann().withSearchListSize(0)),
                        "indexing.search_list_size = 0 is refused: it must be 1 or more. The extension's default is 100."),
                arguments(
                        "alpha too small",
                        call(() -> Indexing.diskann().withMaxAlpha(0.99)),
                        "indexing.max_alpha = 0.99 is refused: it must be a finite number, 1 or more. The extension's default is 1.2."),
                arguments(
                        "alpha no number",
                        call(() -> Indexing.diskann().withMaxAlpha(Double.NaN)),
                        "indexing.max_alpha = NaN is refused: it must be a finite number, 1 or more. The extension's default is 1.2."),
                arguments(
                        "alpha infinite",
                        call(() -> Indexing.diskann().withMaxAlpha(1 / 0.0)),
                        "indexing.max_alpha = Infinity is refused: it must be a finite number, 1 or more. The extension's default is 1.2."),
                arguments(
                        "negative dimensions",
                        call(() -> Indexing.diskann().withNumDimensions(-1)),
                        "indexing.num_dimensions = -1 is refused: it must be from 0 to 16000. Use 0 for all dimensions."),
                arguments(
                        "no bits",
                        call(() -> Indexing.diskann().withNumBitsPerDimension(0)),
                        "indexing.num_bits_per_dimension = 0 is refused: it must be 1 or more. Leave it out for the extension's default."),
                arguments(
                        "no rows a batch",
                        call(() -> Processing.byDefault().withBatchSize(0)),
                        "processing.batch_size = 0 is refused: it must be from 1 to 2048. Leave it out for the worker's default."),
                arguments(
                        "too many rows a batch",
                        call(() -> Processing.byDefault().withBatchSize(2049)),
                        "processing.batch_size = 2049 is refused: it must be from 1 to 2048. Leave it out for the worker's default."),
                arguments(
                        "no concurrency",
                        call(() -> Processing.byDefault().withConcurrency(0)),
                        "processing.concurrency = 0 is refused: it must be from 1 to 50. Leave it out for the worker's default."),
                arguments(
                        "too much concurrency",
                        call(() -> Processing.byDefault().withConcurrency(51)),
                        "processing.concurrency = 51 is refused: it must be from 1 to 50. Leave it out for the worker's default."));
    }

    static Stream<Arguments> contradictions() {
        Indexing.Hnsw hnsw = Indexing.hnsw();
        return Stream.of(
                refused(
                        "more overlap than chunk",
                        b -> b.chunking(character().withChunkSize(10).withChunkOverlap(11)),
                        "chunking.chunk_overlap = 11 is refused: it must not be greater than chunk_size, which is 10. Lower it, or raise chunk_size."),
                refused(
                        "more overlap by default",
                        b -> b.chunking(recursive().withChunkSize(399)),
                        "chunking.chunk_overlap = 400 is refused: it must not be greater than chunk_size, which is 399. This is the catalog's default: set chunk_overlap, too."),
                refused(
                        "more overlap than by default",
                        b -> b.chunking(recursive().withChunkOverlap(801)),
                        "chunking.chunk_overlap = 801 is refused: it must not be greater than chunk_size, which is 800. Lower it, or raise chunk_size."),
                refused(
                        "a column and default chunks",
                        b -> b.destination(Destination.column("e")),
                        "chunking is not set: a column destination holds one embedding for each row. Set chunking to none, or use a table destination."),
                refused(
                        "a column and chunks",
                        b -> b.destination(Destination.column("e")).chunking(character()),
                        "chunking = \"character_text_splitter\" is refused: a column destination holds one embedding for each row. Set chunking to none, or use a table destination."),
                refused(
                        "an index without scheduling",
                        b -> b.indexing(hnsw),
                        "scheduling is not set: an index is made by the scheduled job, and indexing is hnsw. Set scheduling to timescaledb, or to default if the database has the setting ai.scheduling_default; or set indexing to none and create the index yourself."),
                refused(
                        "an index and no scheduling",
                        b -> b.indexing(Indexing.diskann()).scheduling(Scheduling.none()),
                        "scheduling = \"none\" is refused: an index is made by the scheduled job, and indexing is diskann. Set scheduling to timescaledb, or to default if the database has the setting ai.scheduling_default; or set indexing to none and create the index yourself."),
                refused(
                        "an index of too many dimensions",
                        b -> b.embedding(Embedding.openai("m", 2001))
                                .indexing(hnsw)
                                .scheduling(Scheduling.byDefault()),
                        "embedding.dimensions = 2001 is refused: an hnsw index takes at most 2000. Use fewer dimensions, or diskann, or no index."),
                refused(
                        "ef_construction under twice m",
                        b -> b.indexing(hnsw.withM(40).withEfConstruction(79)).scheduling(Scheduling.byDefault()),
                        "indexing.ef_construction = 79 is refused: it must be at least twice m, which is 40. Raise ef_construction, or set m lower."),
                refused(
                        "ef_construction under twice m by default",
                        b -> b.indexing(hnsw.withM(33)).scheduling(Scheduling.byDefault()),
                        "indexing.ef_construction = 64 is refused: it must be at least twice m, which is 33. This is the extension's default: set ef_construction, too."),
                refused(
                        "ef_construction under the default m",
                        b -> b.indexing(hnsw.withEfConstruction(31)).scheduling(Scheduling.byDefault()),
                        "indexing.ef_construction = 31 is refused: it must be at least twice m, which is 16. Raise ef_construction, or set m lower."));
    }

    static Stream<Arguments> unknownOptions() {
        return Stream.of(
                arguments(
                        "an unknown loading as parsing",
                        call(() -> new Parsing.Unknown(Map.of("config_type", "loading", "implementation", "s3"))),
                        "parsing.config_type = \"loading\" is refused: it must be parsing. Take the config as the catalog stores it."),
                arguments(
                        "an unknown option without type",
                        call(() -> new Loading.Unknown(Map.of("implementation", "x"))),
                        "loading.config_type is not set: it must be loading. Take the config as the catalog stores it."),
                arguments(
                        "an unknown option without implementation",
                        call(() -> new Loading.Unknown(Map.of("config_type", "loading"))),
                        "loading.implementation is not set: it must be text. Take the config as the catalog stores it."),
                arguments(
                        "an unknown embedding without dimensions",
                        call(() -> new Embedding.Unknown(Map.of("config_type", "embedding", "implementation", "x"))),
                        "embedding.dimensions is not set: it must be a whole number from 1 to 16000. Take the config as the catalog stores it."),
                arguments(
                        "an unknown embedding with odd dimensions",
                        call(() -> new Embedding.Unknown(
                                Map.of("config_type", "embedding", "implementation", "x", "dimensions", 16001))),
                        "embedding.dimensions = 16001 is refused: it must be a whole number from 1 to 16000. Take the config as the catalog stores it."),
                arguments(
                        "no unknown option at all",
                        call(() -> new Chunking.Unknown(null)),
                        "chunking is not set: it is required. Give a value."));
    }

    static Stream<Arguments> jsonValues() {
        Map<String, Object> itself = new HashMap<>();
        itself.put("self", itself);
        return Stream.of(
                options(
                        "a date",
                        Map.of("until", Instant.EPOCH),
                        "embedding.options.until = 1970-01-01T00:00:00Z is refused: JSON has no type for Instant. Use String, Boolean, a number, null, List or Map."),
                options(
                        "a set, which has no order",
                        Map.of("stop", new TreeSet<>(Set.of("x"))),
                        "embedding.options.stop = [x] is refused: JSON has no type for TreeSet. Use String, Boolean, a number, null, List or Map."),
                options(
                        "an array",
                        Map.of("stop", List.of(new int[] {1})),
                        "embedding.options.stop[0] = \"***\" is refused: JSON has no type for int[]. Use String, Boolean, a number, null, List or Map."),
                options(
                        "not a number",
                        Map.of("top_p", Double.NaN),
                        "embedding.options.top_p = NaN is refused: JSON has no such number. Use a finite number, or text."),
                options(
                        "infinity",
                        Map.of("a", Map.of("b", List.of(1, Float.POSITIVE_INFINITY))),
                        "embedding.options.a.b[1] = Infinity is refused: JSON has no such number. Use a finite number, or text."),
                options(
                        "a NUL in JSON",
                        Map.of("stop", List.of("x", NUL)),
                        "embedding.options.stop[1] = \"***\" is refused: PostgreSQL stores no NUL character. Remove the character \\u0000."),
                options(
                        "a NUL in a key",
                        Map.of(NUL, 1),
                        "embedding.options = \"***\" is refused: PostgreSQL stores no NUL character. Remove the character \\u0000."),
                options(
                        "too many digits",
                        Map.of("seed", BigDecimal.ONE.scaleByPowerOfTen(500)),
                        "embedding.options.seed = 1E+500 is refused: a number has at most 500 digits. Use text."),
                options(
                        "a map in itself",
                        itself,
                        "embedding.options.self.self.self.self.self.self.self.self.se... = 101 is refused: objects and arrays nest at most 100 levels deep. Check that no map contains itself."),
                options(
                        "a key of another type",
                        wrongKey(1),
                        "embedding.options = {1=***} is refused: the keys of a JSON object are text, and one is 1. Use String keys."),
                options(
                        "a key that is null",
                        wrongKey(null),
                        "embedding.options = {null=***} is refused: the keys of a JSON object are text, and one is null. Use String keys."));
    }

    static Stream<Arguments> times() {
        Scheduling.Timescaledb job = Scheduling.timescaledb();
        return Stream.of(
                arguments(
                        "an interval of zero",
                        call(() -> job.withScheduleInterval(Interval.of(Duration.ZERO))),
                        "scheduling.schedule_interval = PT0S is refused: no part may be negative and one must be positive. Leave it out for the catalog's default, 5 minutes."),
                arguments(
                        "a negative interval",
                        call(() -> job.withScheduleInterval(Interval.of(Period.ofDays(1), Duration.ofHours(-1)))),
                        "scheduling.schedule_interval = P1DT-1H is refused: no part may be negative and one must be positive. Leave it out for the catalog's default, 5 minutes."),
                arguments(
                        "nanoseconds",
                        call(() -> Interval.of(Duration.ofNanos(1))),
                        "interval = PT0.000000001S is refused: PostgreSQL keeps microseconds. Round to microseconds."),
                arguments(
                        "too long a time",
                        call(() -> Interval.of(Duration.ofSeconds(Long.MIN_VALUE))),
                        "interval = PT-2562047788015215H-30M-8S is refused: PostgreSQL's longest time is PT2562047788H54.775807S. Use days or months, or a shorter time."),
                arguments(
                        "too many months",
                        call(() -> Interval.of(Period.ofYears(Integer.MAX_VALUE))),
                        "interval = P2147483647Y is refused: it has too many months. Use a shorter period."),
                arguments(
                        "no time",
                        call(() -> Interval.of((Duration) null)),
                        "interval is not set: it is required. Give a value."),
                arguments(
                        "no period",
                        call(() -> Interval.of((Period) null)),
                        "interval is not set: it is required. Give a value."),
                arguments(
                        "no interval",
                        call(() -> Interval.parse("every day")),
                        "interval = \"every day\" is refused: it is not an interval. Write it as ISO 8601: P1DT2H30M, PT5M."),
                arguments(
                        "a number without unit",
                        call(() -> Interval.parse("5")),
                        "interval = \"5\" is refused: it is not an interval. Write it as ISO 8601: P1DT2H30M, PT5M."),
                arguments(
                        "a fraction of a month",
                        call(() -> Interval.parse("P0.5M")),
                        "interval = \"P0.5M\" is refused: a field is out of range or not whole. Write it as ISO 8601: P1DT2H30M."),
                arguments(
                        "too many days",
                        call(() -> Interval.parse("P2147483648D")),
                        "interval = \"P2147483648D\" is refused: a field is out of range or not whole. Write it as ISO 8601: P1DT2H30M."),
                arguments(
                        "a start in nanoseconds",
                        call(() -> job.withInitialStart(Instant.ofEpochSecond(0, 1))),
                        "scheduling.initial_start = 1970-01-01T00:00:00.000000001Z is refused: PostgreSQL keeps microseconds. Use start.truncatedTo(ChronoUnit.MICROS)."),
                arguments(
                        "a start too late",
                        call(() -> job.withInitialStart(Instant.MAX)),
                        "scheduling.initial_start = +1000000000-12-31T23:59:59.999999999Z is refused: it must be in the years 1 to 9999. Leave it out to start now."),
                arguments(
                        "a start too early",
                        call(() -> job.withInitialStart(Instant.MIN)),
                        "scheduling.initial_start = -1000000000-01-01T00:00:00Z is refused: it must be in the years 1 to 9999. Leave it out to start now."),
                arguments(
                        "a NUL in a time zone",
                        call(() -> job.withTimezone(NUL)),
                        "scheduling.timezone = \"a\\u0000b\" is refused: PostgreSQL stores no NUL character. Remove the character \\u0000."));
    }

    private static ThrowingCallable call(ThrowingCallable call) {
        return call;
    }

    private static Arguments refused(String mistake, Consumer<VectorizerDefinition.Builder> change, String message) {
        return arguments(
                mistake,
                call(() -> {
                    VectorizerDefinition.Builder builder = vectorizer().name("v");
                    change.accept(builder);
                    builder.build();
                }),
                message);
    }

    private static Arguments options(String mistake, Map<String, Object> options, String message) {
        return arguments(mistake, call(() -> Embedding.ollama("m", 1).withOptions(options)), message);
    }

    @SuppressWarnings("unchecked") // what a raw map allows
    private static Map<String, Object> wrongKey(Object key) {
        return (Map<String, Object>) (Map<?, ?>) Collections.singletonMap(key, "x");
    }

    private static VectorizerDefinition.Builder vectorizer() {
        return vectorizer("public", "blog");
    }

    private static VectorizerDefinition.Builder vectorizer(String schema, String table) {
        return VectorizerDefinition.builder(RelationName.of(schema, table), content(), openai());
    }

    private static RelationName blog() {
        return RelationName.of("public", "blog");
    }

    private static Loading.Column content() {
        return Loading.column("content");
    }

    private static Embedding.OpenAi openai() {
        return Embedding.openai("text-embedding-3-small", 768);
    }

    private static Chunking.CharacterTextSplitter character() {
        return Chunking.characterTextSplitter();
    }

    private static Chunking.RecursiveCharacterTextSplitter recursive() {
        return Chunking.recursiveCharacterTextSplitter();
    }

    private static void separators(List<String> separators) {
        recursive().withSeparators(separators);
    }
}
