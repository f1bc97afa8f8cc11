package com.example.quarkus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pgai.testkit.worker.Embedder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** In place of a model: knows words, as the worker for tests does. */
public class WordsForModel implements QuarkusTestResourceLifecycleManager {

    private final HttpServer model = model();

    @Override
    public Map<String, String> start() {
        model.createContext("/", WordsForModel::embed);
        model.start();
        return Map.of(
                "blog.model.url",
                "http://127.0.0.1:" + model.getAddress().getPort(),
                // What is tested is nobody else's to see.
                "quarkus.http.host",
                "127.0.0.1");
    }

    @Override
    public void stop() {
        model.stop(0);
    }

    private static HttpServer model() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void embed(HttpExchange exchange) throws IOException {
        ObjectMapper json = new ObjectMapper();
        String text = json.readTree(exchange.getRequestBody()).get("input").asText();
        try (exchange) {
            float[] embedding = Embedder.ofWords(768).embed(text);
            byte[] answer = json.writeValueAsBytes(Map.of("data", List.of(Map.of("embedding", embedding))));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
