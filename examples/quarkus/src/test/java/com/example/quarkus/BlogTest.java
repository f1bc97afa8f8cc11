package com.example.quarkus;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.testkit.quarkus.PgaiTestResource;
import dev.pgai.testkit.worker.TestWorker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The application, over HTTP, on a database of its own. */
@QuarkusTest
@QuarkusTestResource(PgaiTestResource.class)
@QuarkusTestResource(WordsForModel.class)
class BlogTest {

    @PgaiDatabase
    TestDatabase database;

    @Test
    void a_post_is_found_by_meaning() throws Exception {
        post(1, "Bread", "Flour, water and salt.");
        post(2, "Sails", "Wind, rope and canvas.");
        TestWorker.of(database, "blog").drain();

        given().queryParam("q", "a rope for the sails")
                .get("/search")
                .then()
                .statusCode(200)
                .body("id[0]", is(2), "chunk[0]", is("Sails - Wind, rope and canvas."));
        given().queryParam("q", "bread of flour").get("/search").then().body("id[0]", is(1));
    }

    private static void post(int id, String title, String content) {
        given().contentType(ContentType.JSON)
                .body(Map.of("id", id, "title", title, "content", content))
                .post("/posts")
                .then()
                .statusCode(204);
    }
}
