package dev.pgai.contract.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Damage;
import dev.pgai.jdbc.Pgai;
import dev.pgai.mybatis.migrations.VectorizerScript;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Embeddings;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.DataSourceConnectionProvider;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.MigrationLoader;
import org.apache.ibatis.migration.operations.DownOperation;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scripts of MyBatis Migrations that mend a vectorizer, change its source, or go on with embeddings that are there. */
class MigrationsMendTest {

    private final List<VectorizerScript> scripts = new ArrayList<>();
    private PostDatabase database;

    /** Two posts with embeddings. */
    @BeforeEach
    void createDatabase() throws Exception {
        database = new PostDatabase()
                .execute(
                        "create table changelog (id numeric(20, 0) primary key, applied_at varchar(25) not null,"
                                + " description varchar(255) not null)",
                        "insert into post values (1, 'ann', 'one', 'First.'), (2, 'bob', 'two', 'Second.')");
        up(VectorizerChange.create(PostDatabase.DEFINITION));
        TestWorker.of(database.database(), "posts").drain();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private void up(VectorizerChange... changes) {
        up(List.of(changes), null);
    }

    private void up(List<VectorizerChange> up, @Nullable List<VectorizerChange> down) {
        up(new VectorizerScript(scripts.size() + 1, "given", up, down) {});
    }

    private void up(VectorizerScript script) {
        scripts.add(script);
        new UpOperation()
                .operate(
                        new DataSourceConnectionProvider(database.database().dataSource()),
                        new Given(scripts),
                        new DatabaseOperationOption(),
                        null);
    }

    private void down() {
        new DownOperation(1)
                .operate(
                        new DataSourceConnectionProvider(database.database().dataSource()),
                        new Given(scripts),
                        new DatabaseOperationOption(),
                        null);
    }

    private Pgai pgai() {
        return Pgai.on(database.database().dataSource());
    }

    private List<Damage.Code> damages() {
        return pgai().inspect("posts").damages().stream().map(Damage::code).toList();
    }

    private String embeddings() throws SQLException {
        return database.query("select count(*) from post_embeddings_store");
    }

    private void assertNoWayDown(String why) {
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(this::down)
                .withStackTraceContaining("has no way down: ")
                .withStackTraceContaining(why)
                .withStackTraceContaining("Or give the script a way down of its own.");
    }

    @Test
    void a_repair_makes_again_what_is_missing() throws SQLException {
        database.execute("drop view post_embeddings", "alter table post disable trigger all");
        assertThat(damages()).contains(Damage.Code.TRIGGER_DISABLED, Damage.Code.VIEW_MISSING);

        up(VectorizerChange.repair("posts"));

        assertThat(damages()).isEmpty();
        assertThat(embeddings()).isEqualTo("2");
        assertThat(pgai().countPending("posts")).as("queued again").isEqualTo(2);
        assertNoWayDown("Nobody wants the damage back.");
    }

    /** MyBatis Migrations takes a warning for a failure. */
    @Test
    void a_repair_that_leaves_embeddings_of_rows_that_are_gone_says_so() throws SQLException {
        database.execute(
                "alter table post disable trigger all",
                "delete from post where id = 2",
                "delete from ai._vectorizer_q_1");

        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> up(VectorizerChange.repair("posts")))
                .withMessageContaining("have no row in");
        assertThat(damages()).as("nothing is half done").contains(Damage.Code.TRIGGER_DISABLED);
        scripts.remove(scripts.size() - 1);

        up(VectorizerChange.repair("posts").deletingOrphans());

        assertThat(damages()).isEmpty();
        assertThat(embeddings()).isEqualTo("1");
    }

    @Test
    void a_view_steps_aside_for_statements_and_back() throws SQLException {
        up(
                List.of(VectorizerChange.refreshView("posts")
                        .around(
                                "alter table post alter title type varchar(300);\nalter table post add note text default 'a;b'",
                                "comment on table post is '-- //@UNDO ${x} #{y}'")),
                List.of(VectorizerChange.refreshView("posts")
                        .around("alter table post drop note", "alter table post alter title type text")));

        assertThat(database.query("select note from post_embeddings where id = 1"))
                .isEqualTo("a;b");
        assertThat(database.query("select obj_description('post'::regclass)")).isEqualTo("-- //@UNDO ${x} #{y}");
        assertThat(damages()).isEmpty();

        down();

        assertThat(database.query("select pg_typeof(title) from post_embeddings limit 1"))
                .isEqualTo("text");
        assertThat(damages()).isEmpty();
        assertThat(embeddings()).isEqualTo("2");
    }

    @Test
    void a_column_that_the_view_shows_is_changed_and_changed_back() throws SQLException {
        up(new V4ShorterTitles());
        assertThat(database.query("select pg_typeof(title) from post_embeddings limit 1"))
                .isEqualTo("character varying");

        down();

        assertThat(database.query("select pg_typeof(title) from post_embeddings limit 1"))
                .isEqualTo("text");
        assertThat(damages()).isEmpty();
    }

    @Test
    void a_way_down_may_be_to_do_nothing() {
        up(List.of(VectorizerChange.repair("posts")), List.of());

        down();

        assertThat(damages()).isEmpty();
    }

    @Test
    void a_view_gets_the_columns_that_the_source_has_by_now() throws SQLException {
        database.execute("alter table post add note text default 'n'");

        up(VectorizerChange.refreshView("posts"));

        assertThat(database.query("select note from post_embeddings limit 1")).isEqualTo("n");
        assertNoWayDown("Undo the change of the source, and refresh the view again.");
    }

    @Test
    void embeddings_that_were_kept_are_adopted_and_kept_again() throws SQLException {
        up(VectorizerChange.drop("posts", Embeddings.KEEP));

        up(VectorizerChange.adopt(PostDatabase.DEFINITION));

        assertThat(damages()).isEmpty();
        assertThat(embeddings()).isEqualTo("2");
        assertThat(pgai().countPending("posts")).isZero();

        down();

        assertThat(pgai().list()).isEmpty();
        assertThat(embeddings()).isEqualTo("2");
    }

    @Test
    void a_vectorizer_without_its_source_is_forgotten_and_its_embeddings_stay() throws SQLException {
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> up(VectorizerChange.forget("posts")))
                .withMessageContaining("is there");
        scripts.remove(scripts.size() - 1);
        database.execute("drop table post cascade");

        up(VectorizerChange.forget("posts"));

        assertThat(pgai().list()).isEmpty();
        assertThat(embeddings()).isEqualTo("2");
        assertNoWayDown("Its source is gone. When it is there again, adopt the embeddings.");
    }

    static final class V4ShorterTitles extends VectorizerScript {

        public V4ShorterTitles() {
            super(
                    20260104120000L,
                    "titles of 300 characters",
                    List.of(VectorizerChange.refreshView("posts")
                            .around("alter table post alter title type varchar(300)")),
                    List.of(VectorizerChange.refreshView("posts").around("alter table post alter title type text")));
        }
    }

    /** Scripts of a test's own. */
    private record Given(List<VectorizerScript> scripts) implements MigrationLoader {

        @Override
        public List<Change> getMigrations() {
            List<Change> changes = new ArrayList<>();
            for (VectorizerScript script : scripts) {
                Change change = new Change(script.getId());
                change.setDescription(script.getDescription());
                change.setFilename("script " + script.getId());
                changes.add(change);
            }
            return changes;
        }

        @Override
        public Reader getScriptReader(Change change, boolean undo) {
            VectorizerScript script = script(change.getId());
            return new StringReader(undo ? script.getDownScript() : script.getUpScript());
        }

        private VectorizerScript script(BigDecimal id) {
            return scripts.stream()
                    .filter(script -> script.getId().compareTo(id) == 0)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public @Nullable Reader getBootstrapReader() {
            return null;
        }

        @Override
        public @Nullable Reader getOnAbortReader() {
            return null;
        }
    }
}
