package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.flyway.FlywayDatabase.V1__Create_blog;
import dev.pgai.flyway.VectorizerMigration;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
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
        database.flyway(create, v2(VectorizerChange.create(FlywayDatabase.blog().build())))
                .migrate();
        assertThat(database.vectorizers()).containsExactly("blog");

        database.flyway(
                        create,
                        v2(VectorizerChange.create(FlywayDatabase.blog().build())),
                        v3(
                                VectorizerChange.disable("blog"),
                                VectorizerChange.enable("blog"),
                                VectorizerChange.drop("blog", Embeddings.DROP)))
                .migrate();

        assertThat(database.vectorizers()).isEmpty();
        assertThat(database.exists("blog_embeddings_store")).isFalse();
    }

    @Test
    void keeps_embeddings_when_told() throws SQLException {
        database.flyway(
                        new V1__Create_blog(),
                        v2(
                                VectorizerChange.createIfAbsent(
                                        FlywayDatabase.blog().build()),
                                VectorizerChange.createIfAbsent(
                                        FlywayDatabase.blog().build())),
                        v3(
                                VectorizerChange.drop("blog", Embeddings.KEEP),
                                VectorizerChange.dropIfExists("blog", Embeddings.DROP)))
                .migrate();

        assertThat(database.vectorizers()).isEmpty();
        assertThat(database.exists("blog_embeddings_store")).isTrue();
    }

    @Test
    void leaves_nothing_when_a_later_change_fails() throws SQLException {
        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> database.flyway(
                                new V1__Create_blog(),
                                v2(
                                        VectorizerChange.create(
                                                FlywayDatabase.blog().build()),
                                        VectorizerChange.drop("no_such_vectorizer", Embeddings.DROP)))
                        .migrate())
                .withStackTraceContaining("There is no vectorizer \"no_such_vectorizer\"");

        assertThat(database.vectorizers()).isEmpty();
        assertThat(database.exists("blog_embeddings_store")).isFalse();
        assertThat(database.flyway(new V1__Create_blog()).info().applied()).hasSize(1);
    }

    /** Flyway leaves its connection in autocommit then. */
    @Test
    void is_all_or_nothing_without_a_transaction_of_flyways() {
        V1__Create_blog create = new V1__Create_blog();
        VectorizerChange blog = VectorizerChange.create(FlywayDatabase.blog().build());
        VectorizerChange more = VectorizerChange.create(FlywayDatabase.more());
        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> database.configuration(
                                create, v2(blog, VectorizerChange.drop("no_such_vectorizer", Embeddings.DROP)))
                        .executeInTransaction(false)
                        .load()
                        .migrate())
                .withStackTraceContaining("There is no vectorizer \"no_such_vectorizer\"");
        assertThat(database.vectorizers()).isEmpty();

        Flyway mended = database.configuration(create, v2(blog, more))
                .executeInTransaction(false)
                .load();
        assertThat(mended.info().pending()).hasSize(1);
        mended.migrate();

        assertThat(database.vectorizers()).containsExactly("blog", "more");
        assertThat(mended.info().pending()).isEmpty();
    }

    /** The deferred constraint is looked at when the transaction ends. */
    @Test
    void says_why_it_could_not_commit() throws SQLException {
        V1__Create_blog create = new V1__Create_blog();
        database.flyway(create).migrate();
        database.execute("create function refuse() returns trigger language plpgsql as"
                + " $$begin raise exception 'not today'; end$$;"
                + " create constraint trigger refuse after insert on ai.vectorizer deferrable initially deferred"
                + " for each row execute function refuse()");

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> database.configuration(
                                create,
                                v2(VectorizerChange.create(FlywayDatabase.blog().build())))
                        .executeInTransaction(false)
                        .load()
                        .migrate())
                .withStackTraceContaining("Cannot commit: ERROR: not today");

        assertThat(database.vectorizers()).isEmpty();
    }

    @Test
    void says_in_flyways_log_what_it_is_warned_of() {
        FlywayLog.clear();

        database.flyway(
                        new V1__Create_blog(),
                        v2(VectorizerChange.create(
                                FlywayDatabase.blog().grantTo("no_such_role").build())))
                .migrate();

        assertThat(FlywayLog.lines())
                .singleElement()
                .asString()
                .startsWith("WARN ")
                .contains("no_such_role");
    }

    @Test
    void is_refused_when_it_does_nothing() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> database.flyway(new V1__Create_blog(), v2()).info())
                .withMessageContaining("V2__Vectorizer is refused: it says that there is nothing to do");
    }

    @Test
    @SuppressWarnings("NullAway") // as users may
    void is_refused_when_it_says_null() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> new V4__Null(null).getChecksum())
                .withMessageContaining("V4__Null is refused: its method changes gave null.");
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> new V4__Null(Arrays.asList((VectorizerChange) null)).getChecksum())
                .withMessageContaining("V4__Null is refused: its method changes gave a list with null in it");
    }

    @Test
    void notices_an_edit() {
        database.flyway(
                        new V1__Create_blog(),
                        v2(VectorizerChange.create(FlywayDatabase.blog().build())))
                .migrate();

        assertThatExceptionOfType(FlywayValidateException.class)
                .isThrownBy(() -> database.flyway(
                                new V1__Create_blog(),
                                v2(VectorizerChange.create(FlywayDatabase.blog()
                                        .indexing(Indexing.none())
                                        .build())))
                        .migrate())
                .withMessageContaining("checksum");
    }

    /** They are in the schema histories of users: a new value here breaks their next migrate. */
    @Test
    void has_the_checksums_that_it_always_had() {
        VectorizerDefinition blog = FlywayDatabase.blog().build();
        assertThat(Stream.<List<VectorizerChange>>of(
                                List.of(VectorizerChange.create(blog)),
                                List.of(VectorizerChange.createIfAbsent(blog)),
                                List.of(VectorizerChange.drop("blog", Embeddings.DROP)),
                                List.of(VectorizerChange.drop("blog", Embeddings.KEEP)),
                                List.of(VectorizerChange.dropIfExists("blog", Embeddings.DROP)),
                                List.of(VectorizerChange.enable("blog")),
                                List.of(VectorizerChange.disable("blog")),
                                List.of(VectorizerChange.setScheduling("blog", Scheduling.none(), Indexing.none())),
                                List.of(VectorizerChange.enable("blog"), VectorizerChange.disable("blog")),
                                List.of(VectorizerChange.repair("blog")),
                                List.of(VectorizerChange.refreshView("blog").around("alter table blog drop title")),
                                List.of(VectorizerChange.adopt(blog)),
                                List.of(VectorizerChange.forget("blog")))
                        .map(changes ->
                                v2(changes.toArray(VectorizerChange[]::new)).getChecksum()))
                .containsExactly(
                        1791860345,
                        210608922,
                        -397639591,
                        -657581643,
                        -103124884,
                        2086630826,
                        253716263,
                        479754330,
                        1711686240,
                        1505609852,
                        -1465247518,
                        -1112009202,
                        424681315);
    }

    @Test
    void is_not_repeatable() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> new R__Changes().getChecksum())
                .withMessageContaining("R__Changes is refused")
                .withMessageContaining("RepeatableVectorizerMigration");
    }

    private static VectorizerMigration v2(VectorizerChange... changes) {
        return new V2__Vectorizer(changes);
    }

    private static VectorizerMigration v3(VectorizerChange... changes) {
        return new V3__Vectorizer(changes);
    }

    private static class Given extends VectorizerMigration {

        private final List<VectorizerChange> changes;

        Given(VectorizerChange... changes) {
            this.changes = List.of(changes);
        }

        @Override
        protected List<VectorizerChange> changes() {
            return changes;
        }
    }

    private static final class V2__Vectorizer extends Given {
        V2__Vectorizer(VectorizerChange... changes) {
            super(changes);
        }
    }

    private static final class V3__Vectorizer extends Given {
        V3__Vectorizer(VectorizerChange... changes) {
            super(changes);
        }
    }

    private static final class V4__Null extends VectorizerMigration {

        private final List<VectorizerChange> changes;

        V4__Null(List<VectorizerChange> changes) {
            this.changes = changes;
        }

        @Override
        protected List<VectorizerChange> changes() {
            return changes;
        }
    }

    private static final class R__Changes extends Given {
        R__Changes() {
            super(VectorizerChange.drop("blog", Embeddings.DROP));
        }
    }
}
