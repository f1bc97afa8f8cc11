package dev.pgai.contract.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.worker.Embedder;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** pgai's own worker embeds with the options of before until it has ended, and is waited for. */
class AlterUnderWorkerTest {

    private static final int DIMENSIONS = 64;
    private static final int ROWS = 60;
    private static final Embedder EMBEDDER = Embedder.ofWords(DIMENSIONS);

    @Test
    void each_row_gets_an_embedding_of_the_new_text() throws Exception {
        RealWorker worker = RealWorker.orSkip();
        Embedder slow = text -> {
            TimeUnit.MILLISECONDS.sleep(20);
            return EMBEDDER.embed(text);
        };
        try (BlogDatabase blog = new BlogDatabase();
                EmbeddingEndpoint endpoint = new EmbeddingEndpoint(slow)) {
            blog.execute("insert into blog select i, 'title', 'text ' || i from generate_series(1, " + ROWS + ") i");
            VectorizerDefinition before = VectorizerDefinition.builder(
                            RelationName.of("public", "blog"),
                            Loading.column("content"),
                            Embedding.openai("text-embedding-3-small", DIMENSIONS)
                                    .withBaseUrl(endpoint.baseUrl()))
                    .name("blog")
                    .chunking(Chunking.none())
                    .processing(Processing.byDefault().withBatchSize(5).withConcurrency(1))
                    .build();
            VectorizerDefinition after = before.toBuilder()
                    .formatting(Formatting.pythonTemplate("$title says $chunk"))
                    .build();
            Pgai pgai = Pgai.on(blog.database().dataSource());
            pgai.create(before);
            CompletableFuture<RealWorker.Run> running = CompletableFuture.supplyAsync(() -> once(worker, blog));
            while (endpoint.texts() < 10) {
                assertThat(running).as("the worker is at it").isNotDone();
                TimeUnit.MILLISECONDS.sleep(10);
            }

            assertThat(pgai.alter(after)).isTrue();

            assertThat(blog.query("select count(*) from blog_embedding").get(0))
                    .as("what was embedded is found until it is embedded anew")
                    .isNotEqualTo("0");
            RealWorker.Run run = running.get(3, TimeUnit.MINUTES);
            assertThat(run.exitCode()).as(run.output()).isZero();
            run = once(worker, blog);
            assertThat(run.exitCode()).as(run.output()).isZero();
            List<String> rows = blog.query("select id, embedding::text from blog_embedding_store order by id");
            assertThat(rows).hasSize(ROWS);
            for (String row : rows) {
                String id = row.substring(0, row.indexOf('|'));
                List<Double> embedding = numbers(row.substring(row.indexOf('|') + 1));
                assertThat(distance(embedding, EMBEDDER.embed("title says text " + id)))
                        .as("row %s", id)
                        .isLessThan(0.001);
                assertThat(distance(embedding, EMBEDDER.embed("text " + id))).isGreaterThan(0.1);
            }
        }
    }

    private static RealWorker.Run once(RealWorker worker, BlogDatabase blog) {
        try {
            return worker.once(blog.database());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Double> numbers(String vector) {
        return Arrays.stream(vector.substring(1, vector.length() - 1).split(",", -1))
                .map(Double::valueOf)
                .toList();
    }

    private static double distance(List<Double> one, float[] other) {
        double sum = 0;
        for (int i = 0; i < other.length; i++) {
            sum += Math.pow(one.get(i) - other[i], 2);
        }
        return Math.sqrt(sum);
    }
}
