package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.PgaiException;
import dev.pgai.contract.flyway.FlywayDatabase.V1__Create_blog;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.flyway.RepeatableVectorizerMigration;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepeatableVectorizerMigrationTest {

    private static final VectorizerDefinition BLOG = FlywayDatabase.blog().build();
    private static final VectorizerDefinition WIDER =
            FlywayDatabase.blog().embedding(Embedding.openai("m", 4)).build();

    private final FlywayDatabase database = new FlywayDatabase();

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private int migrate(boolean mayLoseEmbeddings, VectorizerDefinition... definitions) {
        return database.flyway(new V1__Create_blog(), new R__Vectorizers(mayLoseEmbeddings, List.of(definitions)))
                .migrate()
                .migrationsExecuted;
    }

    private int id() {
        return Pgai.on(database.database().dataSource())
                .find("blog")
                .orElseThrow()
                .id();
    }

    @Test
    void creates_what_is_missing_and_leaves_alone_what_is_the_same() throws SQLException {
        assertThat(migrate(false, BLOG)).isEqualTo(2);
        assertThat(migrate(false, BLOG)).as("nothing was edited").isZero();
        int id = id();
        database.execute("create table news (id int primary key, content text)");
        VectorizerDefinition news = FlywayDatabase.blog()
                .source(RelationName.of("public", "news"))
                .name("news")
                .destination(Destination.table("news_embeddings"))
                .build();

        assertThat(migrate(false, BLOG, news)).isEqualTo(1);

        assertThat(database.vectorizers()).containsExactly("blog", "news");
        assertThat(id()).isEqualTo(id);
        assertThat(migrate(false, news)).isEqualTo(1);
        assertThat(database.vectorizers()).as("stays undeclared").containsExactly("blog", "news");
    }

    @Test
    void refuses_another_definition_with_the_difference() {
        migrate(false, BLOG);

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> migrate(false, WIDER))
                .withStackTraceContaining("embedding.dimensions: wanted 4, stored 3")
                .withStackTraceContaining("mayLoseEmbeddings() of " + R__Vectorizers.class.getName());

        assertThat(migrate(false, BLOG)).as("as it was").isZero();
    }

    @Test
    void changes_what_needs_no_other_embeddings() {
        migrate(false, BLOG);
        int id = id();
        VectorizerDefinition wanted = BLOG.toBuilder()
                .processing(Processing.byDefault().withBatchSize(7))
                .build();

        assertThat(migrate(false, wanted)).isEqualTo(1);

        StoredVectorizer stored =
                Pgai.on(database.database().dataSource()).find("blog").orElseThrow();
        assertThat(stored.definition()).isEqualTo(wanted.asStored());
        assertThat(stored.id()).isEqualTo(id);
        assertThat(migrate(false, BLOG))
                .as("what was taken out is as by default again")
                .isEqualTo(1);
        assertThat(Pgai.on(database.database().dataSource())
                        .find("blog")
                        .orElseThrow()
                        .definition())
                .isEqualTo(BLOG.asStored());
    }

    @Test
    void says_what_would_make_up_for_a_difference() {
        migrate(false, BLOG);

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> migrate(
                        false, BLOG.toBuilder().chunking(Chunking.none()).build()))
                .withStackTraceContaining("Alter, and queue the rows again, of vectorizer \"blog\"")
                .withStackTraceContaining("REEMBEDS_ROWS");
    }

    /** What is left out is to be as by default: another definition, although nothing in it is other. */
    @Test
    void refuses_a_definition_that_an_option_was_taken_out_of() {
        migrate(
                false,
                BLOG.toBuilder()
                        .embedding(Embedding.ollama("m", 3).withBaseUrl("http://localhost:1"))
                        .formatting(Formatting.pythonTemplate("$title $chunk"))
                        .chunking(Chunking.characterTextSplitter())
                        .indexing(Indexing.none())
                        .build());

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> migrate(
                        false,
                        BLOG.toBuilder().embedding(Embedding.ollama("m", 3)).build()))
                .withStackTraceContaining("embedding.base_url: wanted null, stored \"http://localhost:1\"")
                .withStackTraceContaining("formatting.template: wanted \"$chunk\", stored \"$title $chunk\"")
                .withStackTraceContaining("chunking.implementation:");
    }

    /** What the catalog makes of it: no default is a difference. */
    @Test
    void accepts_what_says_the_defaults_and_what_leaves_them_out() {
        migrate(false, BLOG);

        migrate(
                false,
                BLOG.toBuilder()
                        .chunking(Chunking.recursiveCharacterTextSplitter())
                        .formatting(Formatting.pythonTemplate("$chunk"))
                        .indexing(Indexing.none())
                        .build());
        migrate(false, BLOG);

        assertThat(database.vectorizers()).containsExactly("blog");
    }

    @Test
    void is_all_or_nothing_without_a_transaction_of_flyways() {
        VectorizerDefinition nowhere = BLOG.toBuilder()
                .source(RelationName.of("public", "nowhere"))
                .name("nowhere")
                .build();

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> database.configuration(
                                new V1__Create_blog(), new R__Vectorizers(false, List.of(BLOG, nowhere)))
                        .executeInTransaction(false)
                        .load()
                        .migrate())
                .withStackTraceContaining("There is no table \"public\".\"nowhere\"");

        assertThat(database.vectorizers()).isEmpty();
    }

    @Test
    void is_refused_when_it_declares_nothing() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> migrate(false))
                .withMessageContaining("R__Vectorizers is refused: it declares no vectorizer, and would drop none");
    }

    @Test
    @SuppressWarnings("NullAway") // as users may
    void is_refused_when_it_declares_null() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> new R__Vectorizers(false, null).getChecksum())
                .withMessageContaining("R__Vectorizers is refused: its method definitions gave null.");
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> new R__Vectorizers(false, Arrays.asList(BLOG, null)).getChecksum())
                .withMessageContaining("R__Vectorizers is refused: its method definitions gave a list with null in it");
    }

    /** With each run the second would take the place of the first, and its embeddings with it. */
    @Test
    void is_refused_when_it_declares_one_twice() {
        VectorizerDefinition unnamed = VectorizerDefinition.builder(
                        RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
                .build();

        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> migrate(true, BLOG, WIDER))
                .withMessageContaining("R__Vectorizers is refused: it declares vectorizer \"blog\" twice");
        // The catalog gives names, too.
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> migrate(
                        true,
                        unnamed,
                        unnamed.toBuilder()
                                .name(CatalogNames.of(unnamed).vectorizer())
                                .build()))
                .withMessageContaining("twice");
        assertThat(database.vectorizers()).isEmpty();
    }

    /** No advice that leads nowhere. */
    @Test
    void offers_no_repair_of_what_a_repair_does_not_mend() throws SQLException {
        migrate(false, BLOG);
        database.execute("update ai.vectorizer set config = jsonb_set(config, '{embedding,dimensions}', '\"many\"')");

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> migrate(true, BLOG))
                .withStackTraceContaining("ROW_UNREADABLE")
                .withStackTraceContaining("else drop the vectorizer. Then migrate again.\n");
    }

    @Test
    void creates_anew_when_embeddings_may_be_lost() {
        migrate(false, BLOG);
        int id = id();

        assertThat(migrate(true, WIDER)).isEqualTo(1);

        assertThat(id()).isGreaterThan(id);
        assertThat(Pgai.on(database.database().dataSource())
                        .find("blog")
                        .orElseThrow()
                        .differencesFrom(WIDER))
                .isEmpty();
    }

    @Test
    void what_is_damaged_is_not_what_is_declared() throws SQLException {
        migrate(false, BLOG);
        database.execute("insert into blog values (1, 't', 'c'); alter table blog disable trigger all");
        // Edited: another one is declared, so that Flyway runs it.
        VectorizerDefinition more = FlywayDatabase.more();

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> migrate(false, BLOG, more))
                .withStackTraceContaining("TRIGGER_DISABLED, trigger _vectorizer_src_trg_1 on public.blog")
                .withStackTraceContaining(
                        "Apply VectorizerChange.repair(\"blog\"). Then migrate again. Or let mayRepair()");
        assertThat(database.vectorizers()).containsExactly("blog");

        Pgai.on(database.database().dataSource()).repair("blog");
        migrate(false, BLOG, more);

        assertThat(database.vectorizers()).containsExactly("blog", "more");
    }

    @Test
    void repairs_what_is_damaged_when_it_may() throws SQLException {
        migrate(false, BLOG);
        int id = id();
        TestWorker.of(database.database(), "blog").drain();
        database.execute("insert into blog values (1, 't', 'c'); alter table blog disable trigger all;"
                + " insert into blog values (2, 't', 'not seen'); drop view blog_embeddings");

        assertThat(database.flyway(new V1__Create_blog(), new R__Vectorizers(false, true, List.of(BLOG)))
                        .migrate()
                        .migrationsExecuted)
                .isEqualTo(1);

        Pgai pgai = Pgai.on(database.database().dataSource());
        assertThat(pgai.inspect("blog").damages()).isEmpty();
        assertThat(id()).isEqualTo(id);
        TestWorker.of(database.database(), "blog").drain();
        assertThat(database.query("select count(*) from blog_embeddings")).isEqualTo("2");
    }

    /** What cannot be made again from what is there stays an error, and nothing is done. */
    @Test
    void refuses_what_cannot_be_repaired() throws SQLException {
        migrate(false, BLOG);
        database.execute("alter table blog drop content cascade");

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> database.flyway(new V1__Create_blog(), new R__Vectorizers(false, true, List.of(BLOG)))
                        .migrate())
                .withStackTraceContaining("It cannot be made again from what is there: COLUMN_MISSING");
    }

    @Test
    void has_the_checksums_that_it_always_had() {
        assertThat(List.of(
                        new R__Vectorizers(false, List.of(BLOG)).getChecksum(),
                        new R__Vectorizers(false, true, List.of(BLOG)).getChecksum(),
                        new R__Vectorizers(true, List.of(BLOG)).getChecksum(),
                        new R__Vectorizers(true, List.of(BLOG, FlywayDatabase.more())).getChecksum()))
                .containsExactly(210608922, 671001860, 222920445, 1493466407);
    }

    @Test
    void has_no_version() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> new V2__Vectorizers().getChecksum())
                .withMessageContaining("V2__Vectorizers is refused")
                .withMessageContaining("extend VectorizerMigration");
    }

    private static class R__Vectorizers extends RepeatableVectorizerMigration {

        private final boolean mayLoseEmbeddings;
        private final boolean mayRepair;
        private final List<VectorizerDefinition> definitions;

        R__Vectorizers(boolean mayLoseEmbeddings, List<VectorizerDefinition> definitions) {
            this(mayLoseEmbeddings, false, definitions);
        }

        R__Vectorizers(boolean mayLoseEmbeddings, boolean mayRepair, List<VectorizerDefinition> definitions) {
            this.mayLoseEmbeddings = mayLoseEmbeddings;
            this.mayRepair = mayRepair;
            this.definitions = definitions;
        }

        @Override
        protected Collection<VectorizerDefinition> definitions() {
            return definitions;
        }

        @Override
        protected boolean mayLoseEmbeddings() {
            return mayLoseEmbeddings;
        }

        @Override
        protected boolean mayRepair() {
            return mayRepair;
        }
    }

    private static final class V2__Vectorizers extends R__Vectorizers {
        V2__Vectorizers() {
            super(false, List.of());
        }
    }
}
