package dev.pgai.testkit;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Await() {}

    static void that(Callable<Boolean> condition) throws Exception {
        Instant limit = Instant.now().plus(LIMIT);
        while (!condition.call()) {
            if (Instant.now().isAfter(limit)) {
                fail("not within " + LIMIT);
            }
            Thread.sleep(10);
        }
    }
}
