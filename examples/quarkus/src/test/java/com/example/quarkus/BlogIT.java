package com.example.quarkus;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same with the application as it is deployed: {@code java -jar target/quarkus-app/quarkus-run.jar}. */
@QuarkusIntegrationTest
class BlogIT extends BlogTest {}
