package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.install.Inputs;
import dev.pgai.contract.managed.DatabaseObjects;
import dev.pgai.database.QueueWait;
import dev.pgai.database.RowCount;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerStatus;
import dev.pgai.database.WorkerProgress;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.plan.DesiredState;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.testkit.worker.WorkerFailedException;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first release that works, one since the errors became a view, one before 0.12, and that of the lane. */
class CatalogReleasesTest {

    private static final List<VectorizerDefinition> DEFINITIONS = List.of(
            definition("v").destination(Destination.table("blog_embeddings")).build(),
            definition("w")
                    .destination(Destination.column("e"))
                    .chunking(Chunking.none())
                    .build());

    private static VectorizerDefinition.Builder definition(String name) {
        return VectorizerDefinition.builder(
                        RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
                .name(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.10.2", "0.10.5", "0.11.0"})
    void an_old_one_works(String version) throws SQLException {
        TestDatabases databases = TestDatabases.builder()
                .catalog(TestCatalog.wheel(Inputs.oldWheel(version)))
                .build();

        everyOperationWorks(databases, version);
    }

    @Test
    void that_of_the_lane_works() throws SQLException {
        everyOperationWorks(TestDatabases.standard(), "0.12.1");
    }

    private static void everyOperationWorks(TestDatabases databases, String version) throws SQLException {
        try (TestDatabase database = databases.create();
                Connection connection = database.connection()) {
            Blog.execute(
                    connection,
                    "create table public.blog (id int primary key, content text not null)",
                    "insert into public.blog select i, 'content ' || i from generate_series(1, 3) i");
            Pgai pgai = Pgai.on(connection);
            DatabaseObjects before = DatabaseObjects.take(connection);

            for (VectorizerDefinition definition : DEFINITIONS) {
                assertThat(pgai.createIfAbsent(definition).created()).isTrue();
                assertThat(pgai.createIfAbsent(definition).created()).isFalse();
            }

            DatabaseObjects appeared = DatabaseObjects.take(connection).without(before);
            whatIsPgaisIsKnown(pgai, appeared);
            whatWasCreatedIsRead(pgai, version);
            for (VectorizerDefinition definition : DEFINITIONS) {
                String name = String.valueOf(definition.name());
                aFailureIsRead(pgai, database, name);
                pgai.disable(name);
                assertThat(pgai.find(name).orElseThrow().enabled()).isFalse();
                pgai.enable(name);
                damageIsMended(pgai, connection, name);
                aWorkerIsAwaited(pgai, database, name);
                optionsAreAltered(pgai, definition);
                pgai.drop(name, Embeddings.KEEP);
                assertThat(pgai.adopt(definition).created()).isTrue();
                assertThat(pgai.inspect(name).damages()).isEmpty();
                assertThat(pgai.countPending(name))
                        .as("what has embeddings is not queued")
                        .isZero();
                pgai.drop(name, Embeddings.DROP);
                assertThat(pgai.exists(name)).isFalse();
            }
            assertThat(pgai.list()).isEmpty();
            assertThat(DatabaseObjects.take(connection).without(before).found())
                    .extracting(Object::toString)
                    .containsExactly("COLUMN public blog e");
        }
    }

    private static void whatIsPgaisIsKnown(Pgai pgai, DatabaseObjects appeared) {
        ManagedObjects managed = pgai.managedObjects();

        assertThat(appeared.found()).hasSizeGreaterThan(40);
        assertThat(appeared.containedIn(managed).found()).isEqualTo(appeared.found());
        assertThat(DatabaseObjects.of(managed)
                        .where(object -> !object.isIn("ai"))
                        .found())
                .isEqualTo(appeared.where(object -> !object.isIn("ai")).found());
        assertThat(managed.list())
                .containsAll(ManagedObjects.declared(DEFINITIONS).list());
        assertThat(managed.contains(Kind.TABLE, "public", "blog")).isFalse();
    }

    private static void whatWasCreatedIsRead(Pgai pgai, String version) {
        List<StoredVectorizer> stored = pgai.list();

        assertThat(stored)
                .extracting(StoredVectorizer::definition)
                .isEqualTo(
                        DEFINITIONS.stream().map(VectorizerDefinition::asStored).toList());
        assertThat(stored).allSatisfy(vectorizer -> {
            assertThat(pgai.find(vectorizer.name())).contains(vectorizer);
            assertThat(vectorizer.catalogVersion()).isEqualTo(version);
            assertThat(vectorizer.enabled()).isTrue();
            assertThat(vectorizer.status())
                    .hasToString("pending 3, failed 0, errors 0, worker: 0 successes, 0 failures");
            assertThat(pgai.countPending(vectorizer.name())).isEqualTo(3);
            assertThat(pgai.errors(vectorizer.name(), 1)).isEmpty();
        });
    }

    private static void aFailureIsRead(Pgai pgai, TestDatabase database, String name) {
        TestWorker failing = TestWorker.builder(database.dataSource(), name)
                .embedder(text -> {
                    throw new IllegalStateException("no credit");
                })
                .build();
        assertThatExceptionOfType(WorkerFailedException.class).isThrownBy(failing::step);

        assertThat(pgai.errors(name, 10)).singleElement().satisfies(error -> {
            assertThat(error.message()).isEqualTo("embedding provider failed");
            assertThat(error.details()).contains("no credit");
        });
        VectorizerStatus status = pgai.find(name).orElseThrow().status();
        assertThat(status.errors()).isEqualTo(new RowCount.Exact(1));
        assertThat(status.pending()).isEqualTo(new RowCount.Exact(3));
        assertThat(status.progress())
                .isInstanceOfSatisfying(
                        WorkerProgress.Recorded.class,
                        progress -> assertThat(progress.errorCount()).isPositive());
    }

    private static void damageIsMended(Pgai pgai, Connection connection, String name) throws SQLException {
        // The column of the other one came after the view.
        assertThat(pgai.inspect(name).isWhole()).isTrue();
        pgai.repair(name);
        assertThat(pgai.inspect(name).damages()).isEmpty();
        assertThat(pgai.repair(name)).isFalse();
        int id = pgai.inspect(name).id();
        for (String sabotage : List.of(
                "drop function ai._vectorizer_src_trg_" + id + "() cascade",
                "drop table ai._vectorizer_q_" + id,
                "drop table ai._vectorizer_q_failed_" + id,
                "drop view if exists public.blog_embeddings",
                "drop table if exists public.blog_embeddings_store cascade",
                "alter table public.blog disable trigger all",
                "alter table public.blog rename id to post_id",
                "alter table public.blog rename post_id to id")) {
            Blog.execute(connection, sabotage);
            boolean isDamaged = !pgai.inspect(name).damages().isEmpty();

            assertThat(pgai.repair(name)).as(sabotage).isEqualTo(isDamaged);

            assertThat(pgai.inspect(name).damages()).as(sabotage).isEmpty();
        }
        Blog.execute(connection, "alter table public.blog enable trigger all");
    }

    /** There and back; a plan sees each difference, and no other. */
    private static void optionsAreAltered(Pgai pgai, VectorizerDefinition definition) {
        VectorizerDefinition otherBatches = definition.toBuilder()
                .processing(Processing.byDefault().withBatchSize(7))
                .build();
        VectorizerDefinition otherText = otherBatches.toBuilder()
                .formatting(Formatting.pythonTemplate("read: $chunk"))
                .build();
        String name = String.valueOf(definition.name());
        assertThat(differing(pgai, definition)).isEmpty();
        assertThat(pgai.alter(otherBatches)).isTrue();
        assertThat(pgai.countPending(name)).isZero();
        assertThat(differing(pgai, definition)).containsExactly("processing.batch_size");
        pgai.disable(name);
        assertThat(pgai.apply(VectorizerChange.alter(otherText)).changed()).isTrue();
        assertThat(pgai.countPending(name)).isEqualTo(3);
        assertThat(differing(pgai, definition)).containsExactly("formatting.template", "processing.batch_size");
        assertThat(pgai.apply(VectorizerChange.alter(definition)).changed()).isTrue();
        assertThat(differing(pgai, definition)).isEmpty();
        pgai.enable(name);
    }

    private static List<String> differing(Pgai pgai, VectorizerDefinition definition) {
        return pgai.plan(DesiredState.of(List.of(definition))).steps().stream()
                .flatMap(step -> step.differences().stream())
                .map(DefinitionDifference::path)
                .toList();
    }

    private static void aWorkerIsAwaited(Pgai pgai, TestDatabase database, String name) {
        TestWorker worker = TestWorker.of(database, name);

        VectorizerStatus status = pgai.awaitEmptyQueue(
                        name, QueueWait.upTo(Duration.ofMinutes(1)).withProgress(vectorizer -> worker.drain()))
                .status();

        assertThat(status.pending()).isEqualTo(new RowCount.Exact(0));
        assertThat(status.progress())
                .isInstanceOfSatisfying(
                        WorkerProgress.Recorded.class,
                        progress -> assertThat(progress.successCount()).isEqualTo(3));
    }
}
