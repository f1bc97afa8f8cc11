package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.adapter.WithoutJar;
import dev.pgai.contract.flyway.FlywayDatabase.V1__Create_blog;
import dev.pgai.flyway.CleanGuard;
import dev.pgai.flyway.RepeatableVectorizerMigration;
import dev.pgai.flyway.VectorizerMigration;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.migration.JavaMigration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A clean, and a fresh start of the application: it works, or the message says what to do, and then it works. The guard
 * is not there in a clean by a Flyway that has not our jar, such as a command line or a build.
 */
class CleanAndStartTest {

    private static final VectorizerDefinition BLOG = FlywayDatabase.blog().build();

    /** Its embeddings are in a schema that is not cleaned. */
    private static final VectorizerDefinition KEPT = FlywayDatabase.blog()
            .destination(Destination.table("blog_embeddings").withTargetSchema("embeddings"))
            .build();

    private final FlywayDatabase database = new FlywayDatabase();

    @BeforeEach
    void clearLog() throws SQLException {
        database.executeAsOwner("create schema embeddings");
        FlywayLog.clear();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private void start(JavaMigration vectorizers) throws SQLException {
        database.asOwner(new V1__Create_blog(), vectorizers).load().migrate();
    }

    private ThrowableAssertAlternative<FlywayException> assertFails(JavaMigration vectorizers) {
        return assertThatExceptionOfType(FlywayException.class).isThrownBy(() -> start(vectorizers));
    }

    private void clean() throws SQLException {
        database.asOwner().load().clean();
        assertThat(database.exists("blog")).isFalse();
    }

    private void cleanWithoutGuard() throws Exception {
        WithoutJar.call(
                CleanGuard.class,
                WithoutGuard.class,
                "clean",
                database.urlAsOwner(),
                database.database().user(),
                database.database().password());
        assertThat(database.exists("blog")).isFalse();
    }

    private void asOwner(Consumer<Pgai> work) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                database.urlAsOwner(),
                database.database().user(),
                database.database().password())) {
            work.accept(Pgai.on(connection));
        }
    }

    private void embed() {
        TestWorker.of(database.database(), "blog").drain();
    }

    private String embeddings(int id) throws SQLException {
        return database.query("select count(*) from blog_embeddings where id = " + id);
    }

    /** A row that comes is embedded and found, and one that goes is not found. */
    private void assertWorks() throws SQLException {
        database.executeAsOwner("insert into blog values (7, 'seven', 'a text')");
        embed();
        assertThat(embeddings(7)).isEqualTo("1");
        database.executeAsOwner("delete from blog where id = 7");
        assertThat(embeddings(7)).isEqualTo("0");
        asOwner(pgai -> assertThat(pgai.inspect("blog").damages()).isEmpty());
    }

    @Test
    void with_the_guard_a_versioned_migration_starts_again() throws SQLException {
        start(new V2__Create(BLOG));
        assertWorks();

        clean();
        start(new V2__Create(BLOG));

        assertWorks();
    }

    @Test
    void with_the_guard_a_declaration_starts_again() throws SQLException {
        start(new R__Declare(BLOG));
        assertWorks();

        clean();
        start(new R__Declare(BLOG));

        assertWorks();
    }

    @Test
    void without_the_guard_a_versioned_migration_says_what_to_drop() throws Exception {
        start(new V2__Create(BLOG));
        cleanWithoutGuard();

        assertFails(new V2__Create(BLOG))
                .withStackTraceContaining("There is vectorizer blog (id 1), and it is damaged: SOURCE_RECREATED")
                .withStackTraceContaining("STORE_MISSING")
                .withStackTraceContaining("drop it, in SQL by ai.drop_vectorizer(name, drop_all => true), and migrate");

        database.executeAsOwner("select ai.drop_vectorizer('blog', drop_all => true)");
        start(new V2__Create(BLOG));

        assertWorks();
    }

    @Test
    void without_the_guard_a_declaration_says_what_to_repair() throws Exception {
        start(new R__Declare(BLOG));
        cleanWithoutGuard();

        assertFails(new R__Declare(BLOG))
                .withStackTraceContaining("There is vectorizer blog (id 1), and it is damaged: SOURCE_RECREATED")
                .withStackTraceContaining("Apply VectorizerChange.repair(\"blog\"). Then migrate again.")
                .withStackTraceContaining("Or let mayRepair() of");

        asOwner(pgai -> pgai.apply(VectorizerChange.repair("blog")));
        start(new R__Declare(BLOG));

        assertWorks();
    }

    @Test
    void without_the_guard_a_declaration_that_may_repair_starts_again() throws Exception {
        start(new R__Repaired(BLOG));
        cleanWithoutGuard();

        start(new R__Repaired(BLOG));

        assertWorks();
    }

    @Test
    void with_the_guard_embeddings_in_another_schema_stay_and_can_be_adopted() throws SQLException {
        start(new R__Declare(KEPT));
        database.executeAsOwner("insert into blog values (1, 'one', 'a text'), (2, 'two', 'a text')");
        embed();
        String embedded =
                database.query("select string_agg(e::text, ' ' order by id) from embeddings.blog_embeddings_store e");

        clean();
        assertThat(FlywayLog.lines())
                .last()
                .asString()
                .startsWith("WARN The embeddings of vectorizer \"blog\" stay: embeddings.blog_embeddings_store")
                .contains("by VectorizerChange.adopt");

        assertFails(new R__Declare(KEPT)).withStackTraceContaining("VectorizerChange.adopt(definition)");
        // What the application restores, and one row that is new.
        database.executeAsOwner(
                "insert into blog values (1, 'one', 'a text'), (2, 'two', 'a text'), (3, 'three', 'new')");
        asOwner(pgai -> pgai.apply(VectorizerChange.adopt(KEPT)));
        asOwner(pgai -> assertThat(pgai.countPending("blog")).isEqualTo(1));
        start(new R__Declare(KEPT));

        assertThat(database.query(
                        "select string_agg(e::text, ' ' order by id) from embeddings.blog_embeddings_store e"))
                .isEqualTo(embedded);
        assertWorks();
        assertThat(embeddings(3)).isEqualTo("1");
    }

    @Test
    void without_the_guard_embeddings_in_another_schema_stay_through_a_repair() throws Exception {
        start(new R__Repaired(KEPT));
        database.executeAsOwner("insert into blog values (1, 'one', 'a text'), (2, 'two', 'a text')");
        embed();
        cleanWithoutGuard();

        start(new R__Repaired(KEPT));

        assertThat(database.query("select count(*) from embeddings.blog_embeddings_store"))
                .isEqualTo("2");
        assertThat(FlywayLog.lines())
                .singleElement()
                .asString()
                .startsWith("WARN ")
                .contains("have no row in");
        database.executeAsOwner("insert into blog values (1, 'one', 'a text'), (2, 'two', 'a text')");
        embed();
        assertWorks();
        assertThat(embeddings(1)).isEqualTo("1");
    }

    /** It says create, and there is something to keep: it says by which words, and that these keep it. */
    @Test
    void without_the_guard_a_versioned_migration_says_how_to_keep_embeddings() throws Exception {
        start(new V2__Create(KEPT));
        database.executeAsOwner("insert into blog values (1, 'one', 'a text')");
        embed();
        cleanWithoutGuard();

        assertFails(new V2__Create(KEPT))
                .withStackTraceContaining("embeddings that are left of it go with it. To keep them, repair it, and let")
                .withStackTraceContaining("the migration say VectorizerChange.createIfAbsent");
        assertThat(database.query("select count(*) from embeddings.blog_embeddings_store"))
                .isEqualTo("1");

        database.executeAsOwner("insert into blog values (1, 'one', 'a text')");
        asOwner(pgai -> pgai.apply(VectorizerChange.repair("blog")));
        start(new V2__Create_if_absent(KEPT));

        assertThat(embeddings(1)).isEqualTo("1");
        embed();
        assertWorks();
    }

    /** Called on a class path that has Flyway, and not the guard. */
    public static final class WithoutGuard {

        private WithoutGuard() {}

        /** URL, user, password. */
        public static String clean(String... arguments) {
            Flyway.configure()
                    .dataSource(arguments[0], arguments[1], arguments[2])
                    .cleanDisabled(false)
                    .load()
                    .clean();
            return "";
        }
    }

    private static final class V2__Create extends VectorizerMigration {

        private final VectorizerDefinition definition;

        V2__Create(VectorizerDefinition definition) {
            this.definition = definition;
        }

        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.create(definition));
        }
    }

    private static final class V2__Create_if_absent extends VectorizerMigration {

        private final VectorizerDefinition definition;

        V2__Create_if_absent(VectorizerDefinition definition) {
            this.definition = definition;
        }

        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.createIfAbsent(definition));
        }
    }

    private static class R__Declare extends RepeatableVectorizerMigration {

        private final VectorizerDefinition definition;

        R__Declare(VectorizerDefinition definition) {
            this.definition = definition;
        }

        @Override
        protected Collection<VectorizerDefinition> definitions() {
            return List.of(definition);
        }
    }

    private static final class R__Repaired extends R__Declare {

        R__Repaired(VectorizerDefinition definition) {
            super(definition);
        }

        @Override
        protected boolean mayRepair() {
            return true;
        }
    }
}
