package com.example.quarkus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The model of the vectorizer, for what readers search for. */
@Singleton
public class Model {

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json;
    private final URI url;
    private final Optional<String> key;

    Model(
            ObjectMapper json,
            @ConfigProperty(name = "blog.model.url") URI url,
            @ConfigProperty(name = "blog.model.key") Optional<String> key) {
        this.json = json;
        this.url = url;
        this.key = key;
    }

    float[] embed(String text) throws IOException, InterruptedException {
        String request =
                json.writeValueAsString(Map.of("model", "text-embedding-3-small", "dimensions", 768, "input", text));
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + key.orElse(""))
                        .POST(BodyPublishers.ofString(request))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("The model answers with status " + response.statusCode());
        }
        JsonNode embedding = json.readTree(response.body()).at("/data/0/embedding");
        return json.treeToValue(embedding, float[].class);
    }
}
