package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.flyway.FlywayDatabase.V1__Create_blog;
import dev.pgai.flyway.VectorizerMigration;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CleanGuardTest {

    /** On a table of its own. */
    private static final String DOC = "create schema app; create table app.doc (id int primary key, content text);"
            + " select ai.create_vectorizer('app.doc'::regclass, name => 'doc',"
            + " loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3))";

    private final FlywayDatabase database = new FlywayDatabase();

    @BeforeEach
    void clearLog() {
        FlywayLog.clear();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    /** Of Flyway's user, which owns no extension. */
    private FluentConfiguration migrations() throws SQLException {
        return database.asOwner(new V1__Create_blog(), new V2__Vectorizer());
    }

    private void cleanSchemas(String... schemas) throws SQLException {
        database.asOwner().schemas(schemas).load().clean();
    }

    private ThrowableAssertAlternative<FlywayException> assertRefused(Flyway flyway) {
        return assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(flyway::clean)
                .withMessageContaining("is refused, and nothing was dropped");
    }

    @Test
    void migrate_works_after_a_clean_with_it() throws SQLException {
        Flyway flyway = migrations().load();
        flyway.migrate();
        // A clean drops what depends on the embeddings; it must not stop the guard.
        database.executeAsOwner("create view newest as select * from blog_embeddings;"
                + " create schema report; create view report.newest as select * from blog_embeddings");

        flyway.clean();

        assertThat(database.vectorizers()).isEmpty();
        assertThat(database.exists("blog_embeddings_store")).isFalse();
        assertThat(database.exists("report.newest")).isFalse();
        flyway.migrate();
        assertThat(database.vectorizers()).containsExactly("blog");
        assertThat(FlywayLog.lines()).containsExactly("INFO Dropped vectorizer \"blog\" on public.blog");
    }

    /** The superuser owns the extension, but it is not in the schema that is cleaned. */
    @Test
    void migrate_works_after_a_clean_of_a_superusers() throws SQLException {
        Flyway flyway = database.configuration(new V1__Create_blog(), new V2__Vectorizer("app"))
                .defaultSchema("app")
                .load();
        for (int i = 0; i < 2; i++) {
            flyway.migrate();
            assertThat(database.vectorizers()).containsExactly("blog");
            flyway.clean();
            assertThat(database.vectorizers()).isEmpty();
        }
    }

    @Test
    void leaves_vectorizers_of_other_schemas_alone() throws SQLException {
        database.execute(DOC);
        database.executeAsOwner("create schema cleaned; create table cleaned.news (id int primary key, content text);"
                + " select ai.create_vectorizer('cleaned.news'::regclass, name => 'news',"
                + " loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3))");

        cleanSchemas("cleaned");

        assertThat(database.vectorizers()).containsExactly("doc");
        database.execute("insert into app.doc values (1, 'one'); select embedding from app.doc_embedding");
    }

    @Test
    void refuses_to_take_functions_of_the_catalog() throws SQLException {
        Flyway flyway = database.configuration(new V1__Create_blog(), new V2__Vectorizer())
                .load();
        flyway.migrate();

        assertRefused(flyway)
                .withMessageContaining("With extension vector would go: function ai.vectorizer_embed(")
                .withMessageContaining("clean as another role, or have the extension in a schema of its own");

        assertThat(database.vectorizers()).containsExactly("blog");
        database.execute("select embedding from public.blog_embeddings");
    }

    @Test
    void refuses_to_take_embeddings_in_other_schemas() throws SQLException {
        database.execute(DOC + "; create table app.mine (id int, e vector(3), es vector(3)[]);"
                + " create view app.nearest as select id, e from app.mine");

        assertRefused(database.configuration().load())
                .withMessageContaining("table column app.doc_embedding_store.embedding")
                .withMessageContaining("table column app.mine.e, table column app.mine.es")
                .withMessageNotContaining("app.nearest");

        database.execute("select embedding from app.doc_embedding; select e, es from app.mine");
    }

    /** Its source is cleaned, and it is to be dropped; its embeddings are not. */
    @Test
    void refuses_to_take_the_embeddings_of_a_store_that_stays() throws SQLException {
        database.execute("create table doc (id int primary key, content text); create schema embeddings;"
                + " select ai.create_vectorizer('doc'::regclass, name => 'doc',"
                + " loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3),"
                + " destination => ai.destination_table('doc_embedding', target_schema => 'embeddings'))");

        assertRefused(database.configuration().load())
                .withMessageContaining("table column embeddings.doc_embedding_store.embedding");

        database.execute("select embedding from embeddings.doc_embedding_store");
        assertThat(database.vectorizers()).containsExactly("doc");
    }

    /** The extension stays, and what is made of it goes. */
    @Test
    void refuses_to_take_a_column_of_a_type_that_goes() throws SQLException {
        database.executeAsOwner("create domain public.meaning as vector(3);"
                + " create schema other; create table other.mine (id int, e public.meaning, t text)");

        assertRefused(database.asOwner().load())
                .withMessageContaining("With type public.meaning would go: table column other.mine.e. Drop or alter");

        database.execute("select e from other.mine");
    }

    @Test
    void refuses_to_take_parts_of_a_vectorizer_that_stays() throws SQLException {
        database.executeAsOwner("create domain public.words as text;"
                + " create function public.half(text) returns text immutable language sql as 'select $1';"
                + " create schema other; create table other.doc (id int primary key, content text, title public.words);"
                + " select ai.create_vectorizer('other.doc'::regclass, name => 'doc',"
                + " loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3));"
                + " create index halves on other.doc_embedding_store (public.half(chunk))");

        assertRefused(database.asOwner().load())
                .withMessageContaining("table column other.doc.title")
                .withMessageContaining("view other.doc_embedding")
                .withMessageContaining("With function public.half(pg_catalog.text) would go: index other.halves");

        database.execute("select title, embedding from other.doc_embedding");
    }

    /** Flyway drops the schemas that it created, with everything in them, whoever owns it. */
    @Test
    void refuses_to_take_embeddings_with_a_schema_that_flyway_created() throws SQLException {
        Flyway flyway = database.asOwner().schemas("Made by Flyway").load();
        flyway.migrate();
        database.execute("drop extension vector cascade; create extension vector schema \"Made by Flyway\";"
                + " create schema app; create table app.mine (e \"Made by Flyway\".vector(3))");

        assertRefused(flyway).withMessageContaining("With extension vector would go: table column app.mine.e");

        database.execute("select e from app.mine");
    }

    /** It is a part of what is cleaned. */
    @Test
    void takes_a_partition_wherever_it_is() throws SQLException {
        database.executeAsOwner("create table mine (id int, e vector(3)) partition by list (id);"
                + " create schema parts; create table parts.mine_1 partition of mine for values in (1)");

        database.asOwner().load().clean();

        assertThat(database.exists("parts.mine_1")).isFalse();
    }

    @Test
    void keeps_a_store_in_a_schema_that_is_not_cleaned() throws SQLException {
        database.executeAsOwner("create schema app; create table app.doc (id int primary key, content text);"
                + " create schema embeddings; select ai.create_vectorizer('app.doc'::regclass, name => 'doc',"
                + " loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3),"
                + " destination => ai.destination_table('doc_embedding', target_schema => 'embeddings'));"
                + " insert into embeddings.doc_embedding_store values"
                + " (gen_random_uuid(), 1, 0, 'a chunk', '[1,2,3]')");

        cleanSchemas("app");

        assertThat(database.vectorizers()).isEmpty();
        database.execute("select embedding from embeddings.doc_embedding_store");
        assertThat(FlywayLog.lines())
                .last()
                .asString()
                .startsWith("WARN The embeddings of vectorizer \"doc\" stay: embeddings.doc_embedding_store");
    }

    @Test
    void drops_what_works_no_more_without_its_store_or_its_queue() throws SQLException {
        database.executeAsOwner("create schema app; create table app.doc (id int primary key, content text);"
                + " create schema q; create schema s;"
                + " select ai.create_vectorizer('app.doc'::regclass, name => 'doc',"
                + " loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3));"
                + " select ai.create_vectorizer('app.doc'::regclass, name => 'by_queue', queue_schema => 'q',"
                + " loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3),"
                + " destination => ai.destination_column('emb'), chunking => ai.chunking_none());"
                + " select ai.create_vectorizer('app.doc'::regclass, name => 'by_store',"
                + " loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3),"
                + " destination => ai.destination_table('elsewhere', target_schema => 's'))");

        cleanSchemas("q", "s");

        assertThat(database.vectorizers()).containsExactly("doc");
        database.execute("insert into app.doc values (1, 'no trigger is in the way')");
    }

    /** Flyway sees what its user may read, and leaves the rest. */
    @Test
    void leaves_the_vectorizer_of_a_table_alone_that_flyway_leaves() throws SQLException {
        database.execute("create table not_yours (id int primary key, content text);"
                + " select ai.create_vectorizer('not_yours'::regclass, name => 'not_yours',"
                + " loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3),"
                + " destination => ai.destination_column('e'), chunking => ai.chunking_none())");
        Flyway flyway = migrations().baselineVersion("0").load();
        flyway.baseline();
        flyway.migrate();

        flyway.clean();

        assertThat(database.vectorizers()).containsExactly("not_yours");
        database.execute("insert into not_yours values (1, 'c')");
        assertThat(database.query("select count(*) from ai._vectorizer_q_1")).isEqualTo("1");
    }

    /** What comes before Flyway's own work is a look: whatever becomes of that, the rows are embedded until they go. */
    @Test
    void leaves_the_vectorizers_alone_when_flyway_fails() throws SQLException {
        Flyway flyway = migrations().load();
        flyway.migrate();
        database.execute("create function not_yours() returns int language sql as 'select 1'");

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(flyway::clean)
                .withStackTraceContaining("must be owner of function ");

        assertThat(database.vectorizers()).containsExactly("blog");
        database.execute("insert into blog values (1, 't', 'c')");
        assertThat(database.query("select count(*) from ai._vectorizer_q_1")).isEqualTo("1");
    }

    @Test
    void refuses_what_the_role_cannot_see() throws SQLException {
        Flyway flyway = migrations().load();
        flyway.migrate();
        database.execute("revoke select on ai.vectorizer from " + database.owner());

        assertRefused(flyway)
                .withMessageContaining("it cannot be seen which vectorizers it takes the tables from")
                .withMessageContaining("grant select on ai.vectorizer to \"" + database.owner() + "\"");

        assertThat(database.exists("blog")).isTrue();
    }

    @Test
    void refuses_what_the_role_may_not_drop() throws SQLException {
        Flyway flyway = migrations().load();
        flyway.migrate();
        database.execute("revoke delete on ai.vectorizer from " + database.owner());

        assertRefused(flyway).withMessageContaining("grant delete on ai.vectorizer to \"" + database.owner() + "\"");

        assertThat(database.exists("blog")).isTrue();
    }

    @Test
    void refuses_what_it_cannot_read() throws SQLException {
        Flyway flyway = migrations().load();
        flyway.migrate();
        database.execute("update ai.vectorizer set config = config - 'embedding'");

        assertRefused(flyway)
                .withMessageContaining("vectorizer \"blog\", whose row")
                .withMessageContaining("Drop the");

        assertThat(database.exists("blog")).isTrue();
    }

    @Test
    void refuses_to_take_the_catalog_from_vectorizers_elsewhere() throws SQLException {
        database.execute(DOC);

        assertRefused(database.configuration().schemas("public", "ai").load())
                .withMessageContaining("these vectorizers on tables in other schemas: \"doc\" on app.doc.");

        assertThat(database.vectorizers()).containsExactly("doc");
    }

    @Test
    void warns_when_the_catalog_itself_is_cleaned() throws SQLException {
        database.configuration(new V1__Create_blog(), new V2__Vectorizer())
                .load()
                .migrate();

        database.configuration().schemas("public", "ai").load().clean();

        assertThat(database.exists("ai.vectorizer")).isFalse();
        assertThat(FlywayLog.lines()).singleElement().asString().startsWith("WARN Schema ai is cleaned");
    }

    @Test
    void does_nothing_without_pgai() {
        try (TestDatabase without =
                TestDatabases.builder().catalog(TestCatalog.none()).build().create()) {
            FlywayDatabase.configure(Flyway.configure(), without, new V1__Create_blog())
                    .load()
                    .clean();
        }
        assertThat(FlywayLog.lines()).isEmpty();
    }

    @Test
    void does_nothing_on_another_database() {
        Flyway flyway = FlywayDatabase.configure(Flyway.configure())
                .dataSource("jdbc:h2:mem:clean_guard", "sa", "")
                .load();

        assertThat(flyway.clean().warnings).isEmpty();
    }

    @Test
    void all_vectorizers_of_a_clean_are_dropped_or_none() throws SQLException {
        Flyway flyway = database.asOwner(new V1__Create_blog(), new V2__Vectorizer(), new V3__Another())
                .executeInTransaction(false)
                .load();
        flyway.migrate();
        // The queue of the second is not the role's own to drop.
        database.execute("alter table ai._vectorizer_q_2 owner to current_user");

        assertThatExceptionOfType(FlywayException.class).isThrownBy(flyway::clean);
        assertThat(database.vectorizers()).containsExactly("blog", "more");

        database.execute("alter table ai._vectorizer_q_2 owner to " + database.owner());
        flyway.clean();
        assertThat(database.vectorizers()).isEmpty();
    }

    private static final class V2__Vectorizer extends VectorizerMigration {

        private final String schema;

        V2__Vectorizer() {
            this("public");
        }

        V2__Vectorizer(String schema) {
            this.schema = schema;
        }

        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.create(FlywayDatabase.blog(schema).build()));
        }
    }

    private static final class V3__Another extends VectorizerMigration {
        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.create(FlywayDatabase.more()));
        }
    }
}
