package dev.pgai.contract.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.jdbc.Replacements;
import dev.pgai.testkit.worker.Embedder;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** pgai's own worker fills what replaces embeddings, and is waited for before they change places. */
class ReplaceUnderWorkerTest {

    private static final int ROWS = 60;

    @Test
    void each_row_has_an_embedding_of_the_new_dimensions() throws Exception {
        RealWorker worker = RealWorker.orSkip();
        Embedder slow = text -> {
            TimeUnit.MILLISECONDS.sleep(10);
            return Embedder.ofWords(32).embed(text);
        };
        try (BlogDatabase blog = new BlogDatabase();
                EmbeddingEndpoint before = new EmbeddingEndpoint(Embedder.ofWords(64));
                EmbeddingEndpoint after = new EmbeddingEndpoint(slow)) {
            blog.execute("insert into blog select i, 'title', 'text ' || i from generate_series(1, " + ROWS + ") i");
            VectorizerDefinition large = VectorizerDefinition.builder(
                            RelationName.of("public", "blog"),
                            Loading.column("content"),
                            Embedding.openai("text-embedding-3-small", 64).withBaseUrl(before.baseUrl()))
                    .name("blog")
                    .chunking(Chunking.none())
                    .processing(Processing.byDefault().withBatchSize(5).withConcurrency(1))
                    .build();
            Pgai pgai = Pgai.on(blog.database().dataSource());
            pgai.create(large);
            ends(once(worker, blog));
            Replacements replacements = pgai.replacements();
            replacements.start(large.toBuilder()
                    .embedding(Embedding.openai("text-embedding-3-small", 32).withBaseUrl(after.baseUrl()))
                    .build());
            ends(once(worker, blog));
            assertThat(replacements.find("blog").orElseThrow().isReady()).isTrue();
            blog.execute("update blog set content = 'new ' || content");
            int embedded = after.texts();
            CompletableFuture<RealWorker.Run> running = CompletableFuture.supplyAsync(() -> once(worker, blog));
            while (after.texts() == embedded) {
                assertThat(running).as("the worker is at it").isNotDone();
                TimeUnit.MILLISECONDS.sleep(10);
            }

            replacements.complete("blog", List.of(), Duration.ofMinutes(2));

            running.get(3, TimeUnit.MINUTES);
            ends(once(worker, blog));
            assertThat(blog.query("select count(*) from blog_embedding"
                            + " where vector_dims(embedding) = 32 and chunk = 'new text ' || id"))
                    .containsExactly(Integer.toString(ROWS));
            assertThat(pgai.find("blog").orElseThrow().status().errors().isZero())
                    .isTrue();
        }
    }

    private static void ends(RealWorker.Run run) {
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    private static RealWorker.Run once(RealWorker worker, BlogDatabase blog) {
        try {
            return worker.once(blog.database());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
