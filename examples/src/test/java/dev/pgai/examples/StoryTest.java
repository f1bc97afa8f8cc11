package dev.pgai.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StoryTest {

    @Test
    void tells_what_happened_on_the_database() throws SQLException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Story.tell(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("created vectorizer blog_content_embedder with id 1.")
                .contains("drop table public.blog_embeddings_store")
                .contains("drop view public.blog_embeddings")
                .contains("with the managed objects excluded: nothing.")
                .contains("Left of the vectorizer: nothing; left beside the application's tables: nothing.")
                .contains("_vectorizer_q_1")
                .contains("_vectorizer_src_trg_1_truncate");
    }
}
