package com.example.springboot;

import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * The model over HTTP, where the property says at which address: https://api.openai.com/v1, or what speaks as it does.
 */
@Component
@ConditionalOnProperty("blog.model.url")
class OpenAiModel implements Model {

    private final RestClient client;

    OpenAiModel(@Value("${blog.model.url}") String url, @Value("${OPENAI_API_KEY:}") String key) {
        this.client = RestClient.builder()
                .baseUrl(url)
                .defaultHeaders(headers -> headers.setBearerAuth(key))
                .build();
    }

    @Override
    public float[] embed(String text) {
        Response response = client.post()
                .uri("/embeddings")
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Request("text-embedding-3-small", text, 768))
                .retrieve()
                .body(Response.class);
        return Objects.requireNonNull(response).data().get(0).embedding();
    }

    record Request(String model, String input, int dimensions) {}

    record Response(List<Item> data) {}

    record Item(float[] embedding) {}
}
