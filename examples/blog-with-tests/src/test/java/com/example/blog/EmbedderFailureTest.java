package com.example.blog;

import static dev.pgai.testkit.assertj.PgaiAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import dev.pgai.testkit.worker.Embedder;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.testkit.worker.WorkerFailedException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

@PgaiTest(preparers = MigratedDatabase.class)
class EmbedderFailureTest {

    private static final Embedder WORKS = Embedder.ofWords(768);

    @Test
    void search_goes_on_and_the_post_comes_later(TestDatabase database) throws Exception {
        Blog blog = new Blog(database.dataSource(), WORKS::embed);
        blog.post("Bread", "Flour, water and salt.");
        worker(database, WORKS).drain();
        blog.post("Sails", "Wind, rope and canvas.");

        assertThatExceptionOfType(WorkerFailedException.class)
                .isThrownBy(worker(database, text -> {
                    throw new IOException("the model is overloaded");
                })::drain)
                .withMessageContaining("the model is overloaded");

        assertThat(database).vectorizer("blog").hasPending(1).hasErrorContaining("the model is overloaded");
        assertThat(blog.search("rope", 2)).containsExactly("Bread");

        worker(database, WORKS).drain();

        assertThat(database).vectorizer("blog").hasNothingPending();
        assertThat(blog.search("rope", 1)).containsExactly("Sails");
    }

    private static TestWorker worker(TestDatabase database, Embedder embedder) {
        return TestWorker.builder(database.dataSource(), "blog")
                .embedder(embedder)
                .build();
    }
}
