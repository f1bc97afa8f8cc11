package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeTest {

    private final VectorizerDefinition definition = Blog.definition().build();
    private Blog blog;
    private Pgai pgai;

    @BeforeEach
    void createDatabase() throws SQLException {
        blog = new Blog();
        pgai = Pgai.on(blog.dataSource());
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        blog.close();
    }

    @Test
    void a_schedule_that_is_off_is_seen() {
        pgai.create(definition);

        pgai.disable("v");
        assertThat(pgai.find("v").orElseThrow().enabled()).isFalse();
        assertThat(pgai.find("v")).get().asString().contains("disabled");
        pgai.enable("v");
        assertThat(pgai.find("v").orElseThrow().enabled()).isTrue();
        pgai.disable("v");
        assertThat(pgai.find("v").orElseThrow().enabled()).isFalse();
        pgai.enable("v");
        assertThat(pgai.find("v").orElseThrow().enabled()).isTrue();
    }

    @Test
    void dropping_says_whether_it_was_there() throws SQLException {
        pgai.create(definition);

        assertThat(pgai.dropIfExists("w", Embeddings.DROP)).isFalse();
        assertThat(pgai.dropIfExists("v", Embeddings.KEEP)).isTrue();
        assertThat(pgai.dropIfExists("v", Embeddings.KEEP)).isFalse();
        assertThat(blog.traces()).as("store and view are kept").isEqualTo("0 2 0");

        pgai.create(
                definition.toBuilder().destination(Destination.table("other")).build());
        assertThat(pgai.dropIfExists("v", Embeddings.DROP)).isTrue();
        assertThat(blog.query("select to_regclass('public.other_store')")).isNull();
    }

    /** With the one function of TimescaleDB that the catalog calls to take a schedule away. */
    @Test
    void a_schedule_is_taken_away() throws SQLException {
        pgai.create(definition);
        blog.execute(
                "create function public.delete_job(int) returns void language sql as 'select'",
                "update ai.vectorizer set config = jsonb_set(config, '{scheduling}', '{\"config_type\": \"scheduling\","
                        + " \"implementation\": \"timescaledb\", \"schedule_interval\": \"00:05:00\"}')");
        assertThat(pgai.find("v").orElseThrow().definition().scheduling()).isInstanceOf(Scheduling.Timescaledb.class);

        pgai.setScheduling("v", Scheduling.none(), Indexing.none());

        assertThat(pgai.find("v").orElseThrow().definition()).isEqualTo(definition.asStored());
        pgai.setScheduling("v", Scheduling.byDefault(), Indexing.byDefault());
        assertThat(pgai.find("v").orElseThrow().definition()).isEqualTo(definition.asStored());
    }
}
