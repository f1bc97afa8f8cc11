package dev.pgai.contract.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pgai.testkit.worker.Embedder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** OpenAI's embeddings as far as pgai's worker asks for them, on loopback, from an {@link Embedder}. */
final class EmbeddingEndpoint implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpServer server;
    private final AtomicInteger texts = new AtomicInteger();

    EmbeddingEndpoint(Embedder embedder) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/embeddings", exchange -> answer(exchange, embedder));
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** How many texts were embedded. */
    int texts() {
        return texts.get();
    }

    @SuppressWarnings("IllegalCatch") // what the embedder throws is the answer
    private void answer(HttpExchange exchange, Embedder embedder) throws IOException {
        JsonNode request = MAPPER.readTree(exchange.getRequestBody());
        ObjectNode answer = MAPPER.createObjectNode();
        int status = 200;
        try {
            answer.put("object", "list").put("model", request.get("model").asText());
            ArrayNode data = answer.putArray("data");
            for (JsonNode text : request.get("input")) {
                ArrayNode embedding = data.addObject()
                        .put("object", "embedding")
                        .put("index", data.size() - 1)
                        .putArray("embedding");
                for (float value : embedder.embed(text.asText())) {
                    // As a double, so that the way through decimal digits leads back to the same float.
                    embedding.add((double) value);
                }
                texts.incrementAndGet();
            }
            answer.putObject("usage").put("prompt_tokens", 1).put("total_tokens", 1);
        } catch (Exception e) {
            // Not tried again by the client, as 5xx and 429 would be.
            status = 400;
            answer.removeAll().putObject("error").put("message", e.getMessage());
        }
        byte[] body = MAPPER.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
