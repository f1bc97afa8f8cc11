package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.PgaiException;
import dev.pgai.contract.flyway.FlywayDatabase.V1__Create_blog;
import dev.pgai.flyway.VectorizerMigration;
import dev.pgai.flyway.VectorizerSteps;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VectorizerMigrationTest {

    private final FlywayDatabase database = new FlywayDatabase();

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void creates_and_drops() throws SQLException {
        V1__Create_blog create = new V1__Create_blog();
        database.flyway(create, v2(steps -> steps.create(FlywayDatabase.blog().build())))
                .migrate();
        assertThat(database.vectorizers()).containsExactly("blog");

        database.flyway(
                        create,
                        v2(steps -> steps.create(FlywayDatabase.blog().build())),
                        v3(steps -> steps.disable("blog").enable("blog").drop("blog")))
                .migrate();

        assertThat(database.vectorizers()).isEmpty();
        assertThat(database.exists("blog_embeddings_store")).isFalse();
    }

    @Test
    void keeps_embeddings_when_told() throws SQLException {
        database.flyway(
                        new V1__Create_blog(),
                        v2(steps -> steps.createIfAbsent(FlywayDatabase.blog().build())
                                .createIfAbsent(FlywayDatabase.blog().build())),
                        v3(steps -> steps.drop("blog", Embeddings.KEEP).dropIfExists("blog", Embeddings.DROP)))
                .migrate();

        assertThat(database.vectorizers()).isEmpty();
        assertThat(database.exists("blog_embeddings_store")).isTrue();
    }

    @Test
    void leaves_nothing_when_a_later_step_fails() throws SQLException {
        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> database.flyway(
                                new V1__Create_blog(),
                                v2(steps -> steps.create(FlywayDatabase.blog().build())
                                        .drop("no_such_vectorizer")))
                        .migrate())
                .withStackTraceContaining("There is no vectorizer \"no_such_vectorizer\"");

        assertThat(database.vectorizers()).isEmpty();
        assertThat(database.exists("blog_embeddings_store")).isFalse();
        assertThat(database.flyway(new V1__Create_blog()).info().applied()).hasSize(1);
    }

    @Test
    void notices_an_edit() {
        database.flyway(
                        new V1__Create_blog(),
                        v2(steps -> steps.create(FlywayDatabase.blog().build())))
                .migrate();

        assertThatExceptionOfType(FlywayValidateException.class)
                .isThrownBy(() -> database.flyway(
                                new V1__Create_blog(),
                                v2(steps -> steps.create(FlywayDatabase.blog()
                                        .indexing(Indexing.none())
                                        .build())))
                        .migrate())
                .withMessageContaining("checksum");
    }

    /** They are in the schema histories of users: a new value here breaks their next migrate. */
    @Test
    void has_the_checksums_that_it_always_had() {
        VectorizerDefinition blog = FlywayDatabase.blog().build();
        assertThat(Stream.<Consumer<VectorizerSteps>>of(
                                steps -> steps.create(blog),
                                steps -> steps.createIfAbsent(blog),
                                steps -> steps.drop("blog"),
                                steps -> steps.drop("blog", Embeddings.KEEP),
                                steps -> steps.dropIfExists("blog", Embeddings.DROP),
                                steps -> steps.enable("blog"),
                                steps -> steps.disable("blog"),
                                steps -> steps.setScheduling("blog", Scheduling.none(), Indexing.none()),
                                steps -> steps.enable("blog").disable("blog"))
                        .map(steps -> v2(steps).getChecksum()))
                .containsExactly(
                        813593473,
                        -125845413,
                        1997620741,
                        -396173059,
                        1590758060,
                        -681649604,
                        1953055711,
                        997813849,
                        962548710);
    }

    @Test
    void is_not_repeatable() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> new R__Steps().getChecksum())
                .withMessageContaining("R__Steps is refused")
                .withMessageContaining("RepeatableVectorizerMigration");
    }

    private static VectorizerMigration v2(Consumer<VectorizerSteps> steps) {
        return new V2__Vectorizer(steps);
    }

    private static VectorizerMigration v3(Consumer<VectorizerSteps> steps) {
        return new V3__Vectorizer(steps);
    }

    private static class Steps extends VectorizerMigration {

        private final Consumer<VectorizerSteps> steps;

        Steps(Consumer<VectorizerSteps> steps) {
            this.steps = steps;
        }

        @Override
        protected void steps(VectorizerSteps steps) {
            this.steps.accept(steps);
        }
    }

    private static final class V2__Vectorizer extends Steps {
        V2__Vectorizer(Consumer<VectorizerSteps> steps) {
            super(steps);
        }
    }

    private static final class V3__Vectorizer extends Steps {
        V3__Vectorizer(Consumer<VectorizerSteps> steps) {
            super(steps);
        }
    }

    private static final class R__Steps extends Steps {
        R__Steps() {
            super(steps -> steps.drop("blog"));
        }
    }
}
