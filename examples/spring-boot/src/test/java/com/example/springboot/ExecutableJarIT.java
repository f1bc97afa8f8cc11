package com.example.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import dev.pgai.testkit.worker.Embedder;
import dev.pgai.testkit.worker.TestWorker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The jar, started as in production, with the database and the model at addresses that the environment says. */
@PgaiTest
@EnabledIfSystemProperty(
        named = "example.jar",
        matches = ".+",
        disabledReason = "mvn verify makes the jar, and runs this")
class ExecutableJarIT {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    @TempDir
    Path directory;

    HttpServer model;
    Process process;

    @BeforeEach
    void start(TestDatabase database) throws IOException {
        model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Embedder words = Embedder.ofWords(768);
        ObjectMapper json = new ObjectMapper();
        model.createContext("/v1/embeddings", exchange -> {
            try (exchange) {
                String text =
                        json.readTree(exchange.getRequestBody()).get("input").asText();
                byte[] answer =
                        json.writeValueAsBytes(Map.of("data", new Object[] {Map.of("embedding", words.embed(text))}));
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
        model.start();

        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("example.jar"),
                "--server.port=0",
                "--server.address=127.0.0.1");
        builder.environment()
                .putAll(Map.of(
                        "SPRING_DATASOURCE_URL",
                        database.url(),
                        "BLOG_MODEL_URL",
                        "http://localhost:" + model.getAddress().getPort() + "/v1"));
        process =
                builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    }

    @AfterEach
    void stop() throws Exception {
        if (process != null) {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        model.stop(0);
    }

    @Test
    void a_search_over_http_answers(TestDatabase database) throws Exception {
        String address = "http://127.0.0.1:" + port();
        send(HttpRequest.newBuilder(URI.create(address + "/posts"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"id\": 1, \"title\": \"Bread\", \"content\": \"Flour, water and salt.\"}")));
        TestWorker.of(database, "blog").drain();

        assertThat(send(HttpRequest.newBuilder(URI.create(address + "/search?q=bread"))))
                .startsWith("[{\"id\":1,\"chunk\":\"Bread - Flour, water and salt.\"");
    }

    private Path log() {
        return directory.resolve("log");
    }

    private String port() throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            Matcher started = STARTED.matcher(Files.readString(log()));
            if (started.find()) {
                return started.group(1);
            }
            Thread.sleep(50);
        }
        throw new AssertionError("It did not start:\n" + Files.readString(log()));
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
