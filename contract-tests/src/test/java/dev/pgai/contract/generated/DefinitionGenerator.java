package dev.pgai.contract.generated;

import dev.pgai.InvalidArgumentException;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Parsing;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Valid definitions by chance, the same for the same seed. The source table is made up along with them, so that a
 * database that has run {@link GeneratedCase#setupSql()} takes each.
 */
final class DefinitionGenerator {

    /** Columns of the store, the view and the queues: a source with one of them is refused, or breaks. */
    private static final Set<String> TAKEN_COLUMNS = Set.of(
            "chunk",
            "chunk_seq",
            "embedding",
            "embedding_uuid",
            "queued_at",
            "loading_retries",
            "loading_retry_after",
            "created_at",
            "failure_step");

    private static final List<String> KEY_TYPES = List.of("int", "bigint", "uuid", "text", "date");
    private static final List<String> TEXT_TYPES = List.of("text", "varchar", "varchar(80)", "char(3)");

    /** The longest source from which the catalog derives two names for view and store, and not the same one twice. */
    private static final int ROOM_FOR_DERIVED_NAMES = 52;

    private final long seed;
    private final SplittableRandom random;
    private final HostileText hostile;
    private final RandomOptions options;

    /** Whether it may need what a plain PostgreSQL lacks. */
    private final boolean anywhere;

    /** Whether all names are such as a vectorizer may be called after. */
    private final boolean plain;

    private final Set<String> columns = new HashSet<>(TAKEN_COLUMNS);
    private final Set<RelationName> relations = new HashSet<>();
    private final List<String> setup = new ArrayList<>();

    private DefinitionGenerator(long seed, boolean anywhere) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.hostile = new HostileText(random);
        this.options = new RandomOptions(random, hostile);
        this.anywhere = anywhere;
        this.plain = random.nextInt(4) == 0;
    }

    /**
     * A case for a PostgreSQL without TimescaleDB: no schedule, and no index, which only a schedule makes; and no role
     * but {@code public}.
     */
    static GeneratedCase runnable(long seed) {
        return new DefinitionGenerator(seed, false).generate();
    }

    /** A case of any kind, for all that is done without a database. */
    static GeneratedCase anywhere(long seed) {
        return new DefinitionGenerator(seed, true).generate();
    }

    private GeneratedCase generate() {
        boolean toColumn = random.nextInt(4) == 0;
        boolean indexed = anywhere && random.nextInt(4) == 0;
        boolean bytes = random.nextInt(5) == 0;
        RelationName source = source();
        String loaded = column(() -> hostile.identifier(63));
        String inTemplate = column(() -> hostile.plainIdentifier(63));
        createSource(source, toColumn, loaded, bytes ? "bytea" : options.oneOf(TEXT_TYPES), inTemplate);

        Loading loading = options.loading(loaded, bytes);
        VectorizerDefinition.Builder builder =
                VectorizerDefinition.builder(source, loading, options.embedding(indexed ? 2_000 : 16_000));
        if (toColumn) {
            builder.destination(Destination.column(column(() -> name(63)))).chunking(Chunking.none());
        } else {
            destination(builder, source);
            sometimes(() -> builder.chunking(options.chunking()));
        }
        if (!plain || random.nextBoolean()) {
            builder.name(hostile.plainIdentifier(63));
        }
        if (indexed) {
            builder.indexing(options.index());
            builder.scheduling(random.nextBoolean() ? Scheduling.byDefault() : options.timescaledb());
        } else {
            sometimes(() -> builder.indexing(options.oneOf(List.of(Indexing.byDefault(), Indexing.none()))));
            sometimes(() -> builder.scheduling(options.oneOf(List.of(Scheduling.byDefault(), Scheduling.none()))));
        }
        if (anywhere) {
            sometimes(() -> builder.scheduling(options.timescaledb()));
            sometimes(() -> builder.grantTo(hostile.identifier(63), hostile.identifier(63)));
            sometimes(() -> sometimes(() -> unknown(builder)));
        } else {
            sometimes(() -> builder.grantTo(options.oneOf(List.of(List.of(), List.of("public")))));
        }
        sometimes(() -> builder.parsing(options.parsing(loading, bytes)));
        sometimes(() -> builder.formatting(options.formatting(inTemplate)));
        sometimes(() -> builder.processing(options.processing()));
        queue(builder);
        return new GeneratedCase(seed, builder.build(), List.copyOf(setup));
    }

    /** One option of a newer catalog. */
    private void unknown(VectorizerDefinition.Builder builder) {
        switch (random.nextInt(9)) {
            case 0 -> builder.loading(new Loading.Unknown(options.unknown("loading")));
            case 1 -> builder.parsing(new Parsing.Unknown(options.unknown("parsing")));
            case 2 -> builder.embedding(new Embedding.Unknown(options.unknown("embedding")));
            case 3 -> builder.chunking(new Chunking.Unknown(options.unknown("chunking")));
            case 4 -> builder.indexing(new Indexing.Unknown(options.unknown("indexing")));
            case 5 -> builder.formatting(new Formatting.Unknown(options.unknown("formatting")));
            case 6 -> builder.scheduling(new Scheduling.Unknown(options.unknown("scheduling")));
            case 7 -> builder.processing(new Processing.Unknown(options.unknown("processing")));
            default -> {
                // Nothing derives a name from it.
                builder.name(hostile.plainIdentifier(63));
                builder.destination(new Destination.Unknown(options.unknown("destination")));
            }
        }
    }

    private RelationName source() {
        String schema = plain && random.nextBoolean() ? "public" : schema(plain ? 20 : 63);
        RelationName source = RelationName.of(schema, name(plain ? ROOM_FOR_DERIVED_NAMES : 63));
        relations.add(source);
        return source;
    }

    /** The key of a table destination must not need quotes: the catalog leaves them out in one place. */
    private void createSource(RelationName source, boolean toColumn, String loaded, String type, String inTemplate) {
        List<String> key = columns(1, () -> toColumn ? hostile.identifier(63) : hostile.plainIdentifier(63));
        List<String> definitions = new ArrayList<>();
        key.forEach(name -> definitions.add(name + " " + options.oneOf(KEY_TYPES)));
        definitions.add(SqlText.identifier(loaded) + " " + type);
        definitions.add(SqlText.identifier(inTemplate) + " text");
        columns(0, () -> hostile.identifier(63)).forEach(name -> definitions.add(name + " text"));
        setup.add("create table " + SqlText.relation(source) + " (" + String.join(", ", definitions) + ", primary key ("
                + String.join(", ", key) + "))");
    }

    private void destination(VectorizerDefinition.Builder builder, RelationName source) {
        if (plain && random.nextBoolean()) {
            return;
        }
        boolean full = source.name().getBytes(StandardCharsets.UTF_8).length > ROOM_FOR_DERIVED_NAMES;
        Destination.Table table = fresh(
                () -> new Destination.Table(
                        full ? name(62) : options.maybe(() -> name(62)),
                        options.maybe(() -> schema(plain ? 20 : 63)),
                        options.maybe(() -> name(63)),
                        options.maybe(() -> name(63)),
                        options.maybe(() -> name(63))),
                candidate -> areNew(source, candidate));
        builder.destination(table);
    }

    private boolean areNew(RelationName source, Destination.Table table) {
        try {
            CatalogNames names =
                    CatalogNames.of(VectorizerDefinition.builder(source, Loading.column("c"), Embedding.openai("m", 1))
                            .name("v")
                            .destination(table)
                            .build());
            List<RelationName> both =
                    List.of(Objects.requireNonNull(names.store()), Objects.requireNonNull(names.view()));
            return Collections.disjoint(relations, both) && relations.addAll(both);
        } catch (InvalidArgumentException e) {
            return false; // the same name for both
        }
    }

    private void queue(VectorizerDefinition.Builder builder) {
        String schema = options.maybe(() -> schema(63));
        if (schema != null) {
            builder.queueSchema(schema);
        }
        sometimes(() -> builder.queueTable(fresh(
                () -> hostile.identifier(63),
                name -> relations.add(RelationName.of(schema == null ? "ai" : schema, name)))));
    }

    private String name(int maxBytes) {
        return plain ? hostile.plainIdentifier(maxBytes) : hostile.identifier(maxBytes);
    }

    /** A schema that is made; the server keeps names that begin with {@code pg_} to itself. */
    private String schema(int maxBytes) {
        String schema = fresh(() -> name(maxBytes), candidate -> !candidate.startsWith("pg_"));
        setup.add("create schema if not exists " + SqlText.identifier(schema));
        return schema;
    }

    private List<String> columns(int atLeast, Supplier<String> name) {
        return Stream.generate(() -> SqlText.identifier(column(name)))
                .limit(atLeast + random.nextInt(3))
                .toList();
    }

    private String column(Supplier<String> name) {
        return fresh(name, columns::add);
    }

    private static <T> T fresh(Supplier<T> candidates, Predicate<T> accepted) {
        return Stream.generate(candidates)
                .limit(100)
                .filter(accepted)
                .findFirst()
                .orElseThrow();
    }

    private void sometimes(Runnable change) {
        if (random.nextBoolean()) {
            change.run();
        }
    }
}
