package dev.pgai.contract.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.catalog.CatalogScript;
import dev.pgai.change.ChangedVectorizer;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Damage;
import dev.pgai.database.Problem;
import dev.pgai.database.QueueWait;
import dev.pgai.database.RowCount;
import dev.pgai.database.WorkerProgress;
import dev.pgai.jdbc.CatalogInstaller;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.managed.exclusion.ExclusionList;
import dev.pgai.mybatis.mapper.EmbeddingsMapper;
import dev.pgai.mybatis.mapper.VectorizerMapper;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.ObservedState;
import dev.pgai.plan.PlanStep;
import dev.pgai.plan.migration.FlywayFiles;
import dev.pgai.plan.migration.LiquibaseFiles;
import dev.pgai.plan.migration.Migration;
import dev.pgai.plan.migration.MigrationFile;
import dev.pgai.plan.migration.SqlFiles;
import dev.pgai.search.ColumnType;
import dev.pgai.search.ColumnTypes;
import dev.pgai.search.Condition;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.Neighbour;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.search.SearchPlan;
import dev.pgai.search.SourceKey;
import dev.pgai.vectorizer.Alteration;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Interval;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.Parsing;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Each argument of everything public that takes a text: whatever it is given, nothing of it is executed. It is used as
 * it is, or refused by an exception of this library.
 */
class HostileArgumentsTest {

    private static final Embedding.OpenAi OPENAI = Embedding.openai("m", 3);

    private static final VectorizerDefinition DEFINITION = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), OPENAI)
            .name("v")
            .destination(Destination.table("blog_embedding"))
            .build();

    private static final EmbeddingRelation RELATION = EmbeddingRelation.store(DEFINITION, List.of("id"));

    /** What is public for this library's own modules, and what only says something that happened. */
    private static final Set<String> NOT_FOR_USERS = Set.of("ChangeForm", "DefinitionForm");

    /** A text that is the user's own SQL, and is executed because that is asked for. */
    private static final Set<String> SQL_OF_USERS =
            Set.of("change.RefreshVectorizerView statements", "change.RefreshVectorizerView.around statements");

    private static Canary canary;
    private static Connection connection;
    private static Pgai pgai;
    private static SqlSession session;
    private static List<Object> samples;

    @BeforeAll
    static void createDatabase() throws SQLException {
        canary = new Canary();
        Pgai.on(canary.database().dataSource()).create(DEFINITION);
        // So that a text that ends a statement would begin another one.
        PGSimpleDataSource simple = canary.database().dataSource();
        simple.setPreferQueryMode(PreferQueryMode.SIMPLE);
        connection = simple.getConnection();
        connection.setAutoCommit(false);
        pgai = Pgai.on(connection);
        Configuration configuration = new Configuration(new Environment(
                "x", new JdbcTransactionFactory(), canary.database().dataSource()));
        configuration.addMapper(VectorizerMapper.class);
        configuration.addMapper(EmbeddingsMapper.class);
        session = new SqlSessionFactoryBuilder().build(configuration).openSession(connection);
        samples = samples();
    }

    @AfterAll
    static void dropDatabase() throws SQLException {
        connection.close();
        canary.close();
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
    }

    static List<TextArgument> arguments() {
        return types().flatMap(TextArgument::of)
                .filter(argument -> !SQL_OF_USERS.contains(argument.toString()))
                .toList();
    }

    /** What modules export, and what of the others is public and is called by users, not by a tool. */
    private static Stream<Class<?>> types() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(
                                "dev.pgai.catalog",
                                "dev.pgai.change",
                                "dev.pgai.database",
                                "dev.pgai.managed",
                                "dev.pgai.plan",
                                "dev.pgai.search",
                                "dev.pgai.vectorizer",
                                "dev.pgai.jdbc",
                                "dev.pgai.flyway",
                                "dev.pgai.liquibase",
                                "dev.pgai.mybatis.mapper",
                                "dev.pgai.mybatis.migrations")
                        .stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.getPackageName().startsWith("dev.pgai.jdbc."))
                        .filter(type -> !NOT_FOR_USERS.contains(type.getSimpleName()))
                        .filter(type -> !type.isAssignableTo(Throwable.class))
                        .filter(type -> !isCalledByTool(type))
                        .map(JavaClass::reflect);
    }

    /** Liquibase's changes and the like: HostileToolsTest has them. */
    private static boolean isCalledByTool(JavaClass type) {
        return Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                .anyMatch(above -> !above.getPackageName().startsWith("java.")
                        && !above.getPackageName().startsWith("dev.pgai."));
    }

    @Test
    void all_texts_are_asked_for() {
        assertThat(arguments())
                .extracting(TextArgument::toString)
                .contains(
                        "jdbc.Pgai.find name",
                        "search.Condition.equal value",
                        "vectorizer.VectorizerDefinition$Builder.grantTo roles",
                        "vectorizer.Embedding$Ollama.withOptions options",
                        "plan.migration.FlywayFiles.java packageName",
                        "mybatis.mapper.VectorizerMapper.drop name")
                .hasSizeGreaterThan(180);
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void nothing_of_a_text_is_executed(TextArgument argument) throws Throwable {
        for (String conforming : List.of("on", "off")) {
            if (!mayBeSet(conforming)) {
                continue;
            }
            for (String text : Canary.TEXTS) {
                if (conforming.equals("on") || text.contains("\\")) {
                    documented(argument, text);
                }
            }
        }
        assertThat(canary.wasCalled())
                .as("what %s was given was executed", argument)
                .isFalse();
    }

    /** PostgreSQL 19 knows nothing but on. */
    private static boolean mayBeSet(String conforming) throws SQLException {
        if (connection.getMetaData().getDatabaseMajorVersion() >= 19) {
            return conforming.equals("on");
        }
        Canary.execute(connection, "set standard_conforming_strings = " + conforming);
        return true;
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void what_cannot_be_stored_is_sent_to_no_server(TextArgument argument) throws Throwable {
        for (String text : Canary.UNSTORABLE) {
            documented(argument, text);
        }
        // A statement that a server refuses would have ended the transaction.
        Canary.execute(connection, "select 1");
    }

    private static void documented(TextArgument argument, String text) throws Throwable {
        boolean storable = !Canary.UNSTORABLE.contains(text);
        if (storable) {
            Canary.execute(connection, "savepoint before");
        }
        try {
            use(argument.callWith(text, HostileArgumentsTest::sample));
        } catch (InvalidArgumentException e) {
            assertThat(e.argument()).isNotBlank();
            assertThat(e.hint()).isNotBlank();
        } catch (PgaiException e) {
            assertThat(e).hasMessageMatching("(?s).{20,}");
            assertThat(!storable && e.getCause() instanceof SQLException)
                    .as("%s was sent: %s", argument, e)
                    .isFalse();
        } catch (SQLException e) {
            assertThat(storable).as("%s was sent: %s", argument, e).isTrue();
            assertThat(e.getSQLState())
                    .as("%s with %s: %s", argument, Canary.shown(text), e)
                    .isNotEqualTo("42601");
        } catch (Throwable e) {
            throw new AssertionError(argument + " with " + Canary.shown(text), e);
        }
        if (storable) {
            Canary.execute(connection, "rollback to savepoint before");
        }
    }

    /** Does with a value what it is for. A type that is new is an error here: somebody has to say what that is. */
    private static void use(@Nullable Object made) throws SQLException {
        if (made instanceof Option option) {
            use(with(option));
        } else if (made instanceof VectorizerDefinition.Builder builder) {
            use(builder.build());
        } else if (made instanceof VectorizerDefinition definition) {
            assertThat(VectorizerJson.read(VectorizerJson.write(definition))).isEqualTo(definition);
            use(VectorizerChange.create(definition));
        } else if (made instanceof VectorizerChange change) {
            assertThat(VectorizerChange.read(change.toJson())).isEqualTo(change);
            use(Migration.of("1", "x", List.of(change)));
            Canary.execute(connection, change.sql().toArray(String[]::new));
        } else if (made instanceof Migration migration) {
            SqlFiles.write(migration);
            FlywayFiles.sql(migration);
            FlywayFiles.java(migration, "x");
            LiquibaseFiles.write(List.of(migration), "x", LiquibaseFiles.Format.YAML);
        } else if (made instanceof RelationName relation) {
            use(DEFINITION.toBuilder().source(relation));
            use(EmbeddingRelation.column(relation, List.of("id"), "embedding"));
        } else if (made instanceof Interval interval) {
            use(Scheduling.timescaledb().withScheduleInterval(interval));
        } else if (made instanceof Condition condition) {
            use(RELATION.nearestTo(new float[] {1, 2, 3}, 1).where(condition));
        } else if (made instanceof ColumnType type) {
            use(ColumnTypes.vectorIn("public").and("title", type));
        } else if (made instanceof ColumnTypes types) {
            use(RELATION.with(types));
        } else if (made instanceof EmbeddingRelation relation) {
            use(relation.nearestTo(new float[] {1, 2, 3}, 1).where(Condition.equal("title", "x")));
        } else if (made instanceof NeighbourSearch search) {
            // As SQL for others, and in the door's own way.
            try (var statement = connection.prepareStatement("explain " + search.sql())) {
                for (int i = 0; i < search.parameters().size(); i++) {
                    statement.setString(i + 1, search.parameters().get(i));
                }
                statement.execute();
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isNotEqualTo("42601");
                Canary.execute(connection, "rollback to savepoint before");
            }
            pgai.nearest(search);
            session.getMapper(EmbeddingsMapper.class).nearest(search);
        } else if (made instanceof DesiredState state) {
            pgai.plan(state);
        } else if (made instanceof Consent consent) {
            assertThat(Consent.parse(consent.toString())).isEqualTo(consent);
            pgai.plan(DesiredState.of(List.of(DEFINITION))).missing(List.of(consent));
        } else if (made instanceof CatalogInstaller installer) {
            installer.status();
        } else if (made instanceof Collection<?> each) {
            for (Object one : each) {
                use(one);
            }
        } else if (made != null) {
            assertThat(made).isInstanceOfAny(SAID);
        }
    }

    /** What says something, to a user or to a program, and goes into no SQL. */
    private static final Class<?>[] SAID = {
        String.class,
        Boolean.class,
        Long.class,
        Optional.class,
        float[].class,
        Alteration.class,
        ChangedVectorizer.class,
        Damage.class,
        DefinitionDifference.class,
        ExclusionList.class,
        ManagedObject.class,
        ManagedObjects.class,
        MigrationFile.class,
        Neighbour.class,
        ObservedState.class,
        ObservedState.Replacement.class,
        PlanStep.class,
        Problem.class,
        RowCount.class,
        SearchPlan.class,
        SourceKey.class,
        WorkerProgress.class,
        CatalogScript.class
    };

    private static VectorizerDefinition.Builder with(Option option) {
        VectorizerDefinition.Builder builder = DEFINITION.toBuilder().name("w");
        builder.destination(Destination.table("other"));
        if (option instanceof Loading loading) {
            return builder.loading(loading);
        } else if (option instanceof Parsing parsing) {
            return builder.parsing(parsing);
        } else if (option instanceof Embedding embedding) {
            return builder.embedding(embedding);
        } else if (option instanceof Chunking chunking) {
            return builder.chunking(chunking);
        } else if (option instanceof Indexing indexing) {
            return builder.indexing(indexing);
        } else if (option instanceof Formatting formatting) {
            return builder.formatting(formatting);
        } else if (option instanceof Scheduling scheduling) {
            return builder.scheduling(scheduling);
        } else if (option instanceof Processing processing) {
            return builder.processing(processing);
        }
        return builder.destination((Destination) option);
    }

    private static Object sample(Class<?> type) {
        return type.isEnum()
                ? type.getEnumConstants()[0]
                : samples.stream()
                        .filter(sample -> wrapper(type).isInstance(sample))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no sample of " + type));
    }

    private static Class<?> wrapper(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    private static List<Object> samples() {
        EmbeddingRelation relation = RELATION.with(ColumnTypes.vectorIn("public"));
        return List.of(
                "x",
                1,
                1.0,
                true,
                List.of(),
                Set.of(),
                Map.of(),
                OptionalLong.empty(),
                UUID.randomUUID(),
                Instant.EPOCH,
                Path.of("pom.xml"),
                Duration.ofMillis(1),
                new float[] {1, 2, 3},
                pgai,
                pgai.replacements(),
                session.getMapper(VectorizerMapper.class),
                session.getMapper(EmbeddingsMapper.class),
                CatalogInstaller.on(connection),
                DEFINITION,
                DEFINITION.toBuilder().name("w").destination(Destination.table("other")),
                RelationName.of("public", "blog"),
                Interval.of(Duration.ofMinutes(1)),
                Loading.uri("content"),
                OPENAI,
                Embedding.ollama("m", 3),
                Embedding.voyageai("m", 3),
                Embedding.litellm("m", 3),
                Chunking.characterTextSplitter(),
                Chunking.recursiveCharacterTextSplitter(),
                Indexing.none(),
                Scheduling.timescaledb(),
                Destination.table("other"),
                QueueWait.upTo(Duration.ofMillis(1)),
                ManagedObjects.declared(List.of(DEFINITION)),
                DesiredState.of(List.of(DEFINITION)),
                pgai.plan(DesiredState.of(List.of(DEFINITION))),
                Migration.of("1", "x", List.of(VectorizerChange.enable("v"))),
                VectorizerChange.drop("v", Embeddings.KEEP),
                VectorizerChange.dropIfExists("v", Embeddings.KEEP),
                VectorizerChange.alter(DEFINITION),
                VectorizerChange.forget("v"),
                VectorizerChange.startReplacement(DEFINITION),
                VectorizerChange.completeReplacement("v"),
                VectorizerChange.abortReplacement("v"),
                VectorizerChange.refreshView("v"),
                VectorizerChange.setScheduling("v", Scheduling.none(), Indexing.none()),
                ColumnType.of("pg_catalog", "text"),
                ColumnTypes.vectorIn("public"),
                relation,
                new SourceKey(Map.of("id", 1)),
                new Neighbour(new SourceKey(Map.of("id", 1)), null, null, null, 0));
    }
}
