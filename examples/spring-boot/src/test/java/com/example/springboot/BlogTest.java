package com.example.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import dev.pgai.testkit.worker.Embedder;
import dev.pgai.testkit.worker.TestWorker;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The application, over HTTP, on a database of its own. */
@PgaiTest
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.address=127.0.0.1")
class BlogTest {

    @Value("http://127.0.0.1:${local.server.port}")
    String address;

    @Test
    void a_post_is_found_by_meaning(TestDatabase database) throws Exception {
        post("{\"id\": 1, \"title\": \"Bread\", \"content\": \"Flour, water and salt.\"}");
        post("{\"id\": 2, \"title\": \"Sails\", \"content\": \"Wind, rope and canvas.\"}");
        TestWorker.of(database, "blog").drain();

        assertThat(search("a rope for the sails"))
                .startsWith("[{\"id\":2,\"chunk\":\"Sails - Wind, rope and canvas.\"");
        assertThat(search("bread of flour")).startsWith("[{\"id\":1,");
    }

    private void post(String json) throws Exception {
        send(HttpRequest.newBuilder(URI.create(address + "/posts"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private String search(String text) throws Exception {
        return send(HttpRequest.newBuilder(
                URI.create(address + "/search?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8))));
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    /** Knows words, as the worker for tests does, in place of a model. */
    @TestConfiguration
    static class WordsForModel {

        @Bean
        Model model() {
            return Embedder.ofWords(768)::embed;
        }
    }
}
