package com.example.blog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import dev.pgai.testkit.worker.TestWorker;
import org.junit.jupiter.api.Test;

@PgaiTest(preparers = MigratedDatabase.class)
class SearchTest {

    /** The embedder of the tests knows words, not meanings: texts that share words are near each other. */
    @Test
    void finds_what_a_reader_asks_for(TestDatabase database) throws Exception {
        TestWorker worker = TestWorker.of(database, "blog");
        Blog blog = new Blog(database.dataSource(), text -> worker.embedder().embed(text));
        blog.post("Bread", "Flour, water and salt. Let the dough rest.");
        blog.post("Sails", "Wind, rope and canvas.");
        assertThat(blog.search("dough", 2)).isEmpty();

        worker.drain();

        assertThat(blog.search("How long does dough rest?", 2)).containsExactly("Bread", "Sails");
        assertThat(blog.search("a rope for the sails", 1)).containsExactly("Sails");
    }
}
