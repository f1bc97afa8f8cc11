package dev.pgai.contract.worker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgai.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * pgai's own worker, as {@code scripts/real-worker} makes it: the executable {@code pgai} that system property
 * {@code pgai.test.worker} or environment variable {@code PGAI_TEST_WORKER} names.
 */
final class RealWorker {

    private static final int MINUTES = 3;

    private final String executable;

    private RealWorker(String executable) {
        this.executable = executable;
    }

    /** Skips the test when there is no such worker, and fails it when there must be one. */
    static RealWorker orSkip() {
        String executable = System.getProperty("pgai.test.worker", System.getenv("PGAI_TEST_WORKER"));
        boolean given = executable != null && !executable.isBlank();
        if (!given && Boolean.parseBoolean(System.getenv("PGAI_TEST_REQUIRE_WORKER"))) {
            throw new AssertionError("PGAI_TEST_REQUIRE_WORKER is set, and PGAI_TEST_WORKER is not");
        }
        assumeTrue(given, "no pgai worker to compare with: run scripts/real-worker up, and set PGAI_TEST_WORKER");
        return new RealWorker(String.valueOf(executable));
    }

    /** The exit code and all output of {@code pgai vectorizer worker --once}. */
    record Run(int exitCode, String output) {}

    Run once(TestDatabase database) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(executable, "vectorizer", "worker", "--once"));
        command.addAll(List.of("--db-url", url(database)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OPENAI_API_KEY", "not-a-key");
        // A proxy must not come between the worker and the endpoint.
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
        Process process = builder.start();
        process.getOutputStream().close();
        try (InputStream output = process.getInputStream()) {
            Thread watch = new Thread(() -> endLate(process), "ends a worker that hangs");
            watch.setDaemon(true);
            watch.start();
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), text);
        }
    }

    private static void endLate(Process process) {
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String url(TestDatabase database) {
        PGSimpleDataSource address = database.dataSource();
        return "postgresql://" + encoded(database.user()) + ":" + encoded(database.password()) + "@"
                + address.getServerNames()[0] + ":" + address.getPortNumbers()[0] + "/" + encoded(database.name());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
