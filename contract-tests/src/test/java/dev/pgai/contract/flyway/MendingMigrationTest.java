package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.flyway.FlywayDatabase.V1__Create_blog;
import dev.pgai.database.Damage;
import dev.pgai.flyway.VectorizerMigration;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Embeddings;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations that mend a vectorizer, change its source, or go on with embeddings that are there. */
class MendingMigrationTest {

    private final FlywayDatabase database = new FlywayDatabase();

    /** One row with an embedding. */
    @BeforeEach
    void migrate() throws SQLException {
        database.flyway(new V1__Create_blog(), new V2__Create_vectorizer()).migrate();
        database.execute("insert into blog values (1, 'title', 'text')");
        TestWorker.of(database.database(), "blog").drain();
        FlywayLog.clear();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private void migrate(VectorizerChange... changes) {
        database.flyway(new V1__Create_blog(), new V2__Create_vectorizer(), new V3__Given(changes))
                .migrate();
    }

    private Pgai pgai() {
        return Pgai.on(database.database().dataSource());
    }

    private List<Damage.Code> damages() {
        return pgai().inspect("blog").damages().stream().map(Damage::code).toList();
    }

    private void assertOneEmbedding() throws SQLException {
        assertThat(database.query("select count(*) from blog_embeddings_store")).isEqualTo("1");
    }

    @Test
    void a_repair_makes_again_what_is_missing() throws SQLException {
        database.execute("drop view blog_embeddings; alter table blog disable trigger all");
        assertThat(damages()).contains(Damage.Code.VIEW_MISSING, Damage.Code.TRIGGER_DISABLED);

        migrate(VectorizerChange.repair("blog"));

        assertThat(damages()).isEmpty();
        assertOneEmbedding();
        assertThat(FlywayLog.lines()).isEmpty();
    }

    /** In a database that is new, or where somebody has repaired it by hand. */
    @Test
    void a_repair_of_what_is_whole_changes_nothing() throws SQLException {
        migrate(VectorizerChange.repair("blog"));

        assertThat(pgai().countPending("blog")).isZero();
        assertOneEmbedding();
    }

    @Test
    void a_repair_says_in_flyways_log_which_embeddings_have_no_row() throws SQLException {
        database.execute("alter table blog disable trigger all; delete from blog");

        migrate(VectorizerChange.repair("blog"));

        assertThat(FlywayLog.lines())
                .singleElement()
                .asString()
                .startsWith("WARN ")
                .contains("have no row in");
    }

    @Test
    void a_view_steps_aside_for_statements_that_change_the_source() throws SQLException {
        database.flyway(new V1__Create_blog(), new V2__Create_vectorizer(), new V3__Shorten_titles())
                .migrate();

        assertThat(database.query("select pg_typeof(title) from blog_embeddings"))
                .isEqualTo("character varying");
        assertThat(database.query("select author is null from blog_embeddings")).isEqualTo("t");
        assertThat(damages()).isEmpty();
        assertOneEmbedding();
    }

    /** All or nothing: the view, what was run around it, and Flyway's history. */
    @Test
    void a_view_is_back_when_a_statement_fails() throws SQLException {
        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> migrate(VectorizerChange.refreshView("blog")
                        .around("alter table blog alter title type varchar(300)", "alter table blog drop nothing")))
                .withStackTraceContaining("\"nothing\"");

        assertThat(database.query("select pg_typeof(title) from blog_embeddings"))
                .isEqualTo("text");
        assertThat(damages()).isEmpty();
        assertThat(database.flyway().info().current().getVersion()).isEqualTo(MigrationVersion.fromVersion("2"));
    }

    @Test
    void embeddings_that_were_kept_are_adopted() throws SQLException {
        migrate(
                VectorizerChange.drop("blog", Embeddings.KEEP),
                VectorizerChange.adopt(FlywayDatabase.blog().build()));

        assertThat(damages()).isEmpty();
        assertThat(pgai().countPending("blog")).isZero();
        assertOneEmbedding();
    }

    /** Undo is a later version with the inverse. */
    @Test
    void the_way_back_of_an_adoption_keeps_the_embeddings() throws SQLException {
        VectorizerChange adopt = VectorizerChange.adopt(FlywayDatabase.blog().build());
        migrate(
                VectorizerChange.drop("blog", Embeddings.KEEP),
                adopt,
                adopt.inverse().orElseThrow());

        assertThat(database.vectorizers()).isEmpty();
        assertOneEmbedding();
    }

    @Test
    void a_vectorizer_without_its_source_is_forgotten_and_its_embeddings_stay() throws SQLException {
        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> migrate(VectorizerChange.forget("blog")))
                .withStackTraceContaining("Cannot forget vectorizer \"blog\"");
        assertThat(damages()).isEmpty();
        database.execute("drop table blog cascade");

        migrate(VectorizerChange.forget("blog"));

        assertThat(database.vectorizers()).isEmpty();
        assertOneEmbedding();
    }

    private static final class V2__Create_vectorizer extends VectorizerMigration {
        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.create(FlywayDatabase.blog().build()));
        }
    }

    static final class V3__Shorten_titles extends VectorizerMigration {
        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.refreshView("blog")
                    .around("alter table blog alter title type varchar(300)", "alter table blog add author text"));
        }
    }

    private static final class V3__Given extends VectorizerMigration {

        private final List<VectorizerChange> changes;

        V3__Given(VectorizerChange... changes) {
            this.changes = List.of(changes);
        }

        @Override
        protected List<VectorizerChange> changes() {
            return changes;
        }
    }
}
