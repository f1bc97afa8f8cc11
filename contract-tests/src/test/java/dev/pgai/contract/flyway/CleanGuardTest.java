package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.flyway.FlywayDatabase.V1__Create_blog;
import dev.pgai.flyway.CleanGuard;
import dev.pgai.flyway.VectorizerMigration;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.net.URL;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CleanGuardTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(CleanGuard.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final FlywayDatabase database = new FlywayDatabase();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void dropDatabase() {
        logger.detachAppender(log);
        database.close();
    }

    private FluentConfiguration migrations() {
        return migrations(FlywayDatabase.blog().build());
    }

    private FluentConfiguration migrations(VectorizerDefinition definition) {
        return database.configuration(new V1__Create_blog(), new V2__Vectorizer(definition));
    }

    @Test
    void migrate_fails_after_clean_without_it() {
        Flyway flyway = FlywayDatabase.configure(
                        Flyway.configure(new WithoutCallbacks()),
                        database.database(),
                        new V1__Create_blog(),
                        new V2__Vectorizer(FlywayDatabase.blog().build()))
                .load();
        flyway.migrate();
        flyway.clean();

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(flyway::migrate)
                .withStackTraceContaining("There is vectorizer blog (id 1), and it is damaged");
    }

    @Test
    void migrate_works_after_clean_with_it() throws SQLException {
        Flyway flyway = migrations().load();
        flyway.migrate();
        // A clean drops what depends on the embeddings; it must not stop the guard.
        database.execute("create view newest as select * from blog_embeddings");

        flyway.clean();

        assertThat(database.vectorizers()).isEmpty();
        assertThat(database.exists("blog_embeddings_store")).isFalse();
        flyway.migrate();
        assertThat(database.vectorizers()).containsExactly("blog");
        assertThat(log.list).isEmpty();
    }

    @Test
    void leaves_vectorizers_of_other_schemas_alone() throws SQLException {
        createDoc();
        database.execute("create schema cleaned; create table cleaned.news (id int primary key, content text);"
                + " select ai.create_vectorizer('cleaned.news'::regclass, name => 'news',"
                + " loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3))");

        database.configuration().schemas("cleaned").load().clean();

        assertThat(database.vectorizers()).containsExactly("doc");
        assertThat(database.exists("app.doc_embedding_store")).isTrue();
        assertThat(database.exists("app.doc_embedding")).isTrue();
    }

    @Test
    void refuses_to_drop_the_type_of_embeddings_elsewhere() throws SQLException {
        createDoc();
        Flyway flyway = migrations().load();
        flyway.migrate();

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(flyway::clean)
                .withMessageContaining("is refused: it would drop extension vector")
                .withMessageContaining("in other schemas: doc.");

        assertThat(database.vectorizers()).containsExactly("doc", "blog");
        assertThat(database.exists("public.blog")).isTrue();
    }

    private void createDoc() throws SQLException {
        createDoc("app", "destination => ai.destination_table()");
    }

    private void createDoc(String schema, String destination) throws SQLException {
        database.execute("create schema if not exists " + schema + "; create schema embeddings; create table " + schema
                + ".doc (id int primary key, content text);"
                + " select ai.create_vectorizer('" + schema + ".doc'::regclass, name => 'doc',"
                + " loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3), " + destination
                + ")");
    }

    @Test
    void keeps_a_store_in_a_schema_that_is_not_cleaned() throws SQLException {
        createDoc("app", "destination => ai.destination_table('doc_embedding', target_schema => 'embeddings')");
        database.execute("insert into embeddings.doc_embedding_store values"
                + " (gen_random_uuid(), 1, 0, 'a chunk', '[1,2,3]')");

        database.configuration().schemas("app").load().clean();

        assertThat(database.vectorizers()).isEmpty();
        database.execute("select embedding from embeddings.doc_embedding_store");
        assertThat(log.list)
                .singleElement()
                .asString()
                .contains("[WARN] The embeddings of vectorizer doc stay: embeddings.doc_embedding_store");
    }

    @Test
    void refuses_to_drop_the_type_of_a_store_that_is_to_stay() throws SQLException {
        createDoc("public", "destination => ai.destination_table('doc_embedding', target_schema => 'embeddings')");

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> database.configuration().load().clean())
                .withMessageContaining("in other schemas: doc.");

        database.execute("select embedding from embeddings.doc_embedding_store");
        assertThat(database.vectorizers()).containsExactly("doc");
    }

    @Test
    void drops_what_works_no_more_without_its_store_or_its_queue() throws SQLException {
        createDoc();
        database.execute("create schema q; create schema s;"
                + " select ai.create_vectorizer('app.doc'::regclass, name => 'by_queue', queue_schema => 'q',"
                + " loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3),"
                + " destination => ai.destination_column('emb'), chunking => ai.chunking_none());"
                + " select ai.create_vectorizer('app.doc'::regclass, name => 'by_store',"
                + " loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3),"
                + " destination => ai.destination_table('elsewhere', target_schema => 's'))");

        database.configuration().schemas("q", "s").load().clean();

        assertThat(database.vectorizers()).containsExactly("doc");
        database.execute("insert into app.doc values (1, 'no trigger is in the way')");
    }

    @Test
    void warns_loudly_when_the_catalog_itself_is_cleaned() {
        migrations().load().migrate();

        migrations().schemas("public", "ai").load().clean();

        assertThat(log.list).singleElement().asString().contains("[WARN] Schema ai is cleaned");
    }

    @Test
    void does_nothing_without_pgai() {
        try (TestDatabase without =
                TestDatabases.builder().catalog(TestCatalog.none()).build().create()) {
            FlywayDatabase.configure(Flyway.configure(), without, new V1__Create_blog())
                    .load()
                    .clean();
        }
        assertThat(log.list).isEmpty();
    }

    @Test
    void can_be_registered_by_hand_beside_the_one_that_is_found() {
        Flyway flyway = migrations().callbacks(new CleanGuard()).load();
        flyway.migrate();

        flyway.clean();

        assertThat(database.vectorizers()).isEmpty();
    }

    /** A class path without the guard. */
    private static final class WithoutCallbacks extends ClassLoader {

        WithoutCallbacks() {
            super(CleanGuardTest.class.getClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.startsWith("db/callback") ? Collections.emptyEnumeration() : super.getResources(name);
        }
    }

    private static final class V2__Vectorizer extends VectorizerMigration {

        private final VectorizerDefinition definition;

        V2__Vectorizer(VectorizerDefinition definition) {
            this.definition = definition;
        }

        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.create(definition));
        }
    }
}
