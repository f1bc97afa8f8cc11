package dev.pgai.contract.replace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.damage.Snapshot;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The program that replaces embeddings is killed again and again, while others read and write. */
class ReplacementSurvivesTest {

    private static final int ROWS = Integer.getInteger("pgai.test.replaced", 300);
    private static final int KILLS = Integer.getInteger("pgai.test.kills", 3);

    /** Whatever the dimensions are by then. */
    private static final String NEAREST = "select id from public.post_embedding order by embedding <=>"
            + " (case (select atttypmod from pg_attribute where attrelid = 'public.post_embedding'::regclass"
            + " and attname = 'embedding') when 8 then ?::vector else ?::vector end) limit 5";

    /** The most that a program lives after it says what it is about to do, in milliseconds. */
    private static final Map<String, Integer> DELAYS = Map.of("start", 300, "fill", 3000, "complete", 1500);

    private final Random random = new Random(20261126);
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void whoever_searches_finds_rows_without_a_pause() throws Exception {
        try (Posts posts = new Posts(ROWS).embedded()) {
            CompletableFuture<List<Long>> reader = CompletableFuture.supplyAsync(() -> read(posts));
            CompletableFuture<Long> writer = CompletableFuture.supplyAsync(() -> write(posts));
            List<String> history = new ArrayList<>();
            String wanted = "large";
            int kills = 0;
            while (true) {
                String last = run(posts, wanted, kills < KILLS);
                history.add(wanted + " " + last);
                if (!last.equals("done")) {
                    kills++;
                } else if (kills < KILLS) {
                    wanted = wanted.equals("small") ? "large" : "small";
                } else {
                    break;
                }
            }
            over.set(true);
            List<Long> searches = reader.get(1, TimeUnit.MINUTES);
            long usual = searches.get(searches.size() / 2);
            long slowest = searches.get(searches.size() - 1);
            long writes = writer.get(1, TimeUnit.MINUTES);
            System.out.println("ended at " + history + "; " + searches.size() + " searches, of " + usual
                    + " ms, the slowest " + slowest + " ms; " + writes + " writes");

            assertThat(slowest).as("ms of the slowest search").isLessThan(3000 + 3 * usual);
            assertThat(writes).isPositive();
            isAsCreated(posts, wanted.equals("large"));
        }
    }

    private static void isAsCreated(Posts posts, boolean large) throws SQLException {
        Pgai pgai = posts.pgai();
        assertThat(pgai.replacements().list()).isEmpty();
        assertThat(pgai.inspect("v").damages()).isEmpty();
        assertThat(pgai.find("v").orElseThrow().enabled()).isTrue();
        assertThat(pgai.plan(DesiredState.of(List.of(large ? Posts.LARGE : Posts.SMALL)))
                        .isDrift())
                .isFalse();
        posts.drain("v");
        assertThat(posts.query("select count(*) from public.post p left join public.post_embedding e using (id)"
                        + " where e.chunk is distinct from " + (large ? "p.title || ': ' || p.body" : "p.body")
                        + " or vector_dims(e.embedding) <> " + (large ? 16 : 8)))
                .as("rows without an embedding of their text")
                .isEqualTo("0");
        try (Posts fresh = new Posts(0)) {
            fresh.pgai().create(large ? Posts.LARGE : Posts.SMALL);
            assertThat(snapshot(posts).lines())
                    .containsExactlyElementsOf(snapshot(fresh).lines());
        }
    }

    /** The last that it said before it ended. */
    private String run(Posts posts, String wanted, boolean kill) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Replacer.class.getName(),
                        posts.database().url(),
                        posts.database().user(),
                        wanted)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .put("PASSWORD", Objects.requireNonNull(posts.database().password()));
        Process process = builder.start();
        List<String> moments = List.of("start", "fill", "complete", "complete");
        String moment = moments.get(random.nextInt(moments.size()));
        String last = "";
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.equals("done") && !DELAYS.containsKey(line)) {
                    continue;
                }
                last = line;
                if (kill
                        && line.equals(moment)
                        && !process.waitFor(random.nextInt(DELAYS.getOrDefault(line, 1)), TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as("exit code").isIn(0, 137);
        return last;
    }

    /** How long searches took, in milliseconds, the slowest last. */
    private List<Long> read(Posts posts) {
        List<Long> times = new ArrayList<>();
        try (Connection connection = posts.database().connection();
                PreparedStatement search = connection.prepareStatement(NEAREST)) {
            search.setString(1, vector(8));
            search.setString(2, vector(16));
            while (!over.get()) {
                long start = System.nanoTime();
                int found = 0;
                try (ResultSet rows = search.executeQuery()) {
                    while (rows.next()) {
                        found++;
                    }
                }
                assertThat(found).isEqualTo(5);
                times.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            }
            return times.stream().sorted().toList();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private long write(Posts posts) {
        long writes = 0;
        try (Connection connection = posts.database().connection();
                PreparedStatement update =
                        connection.prepareStatement("update public.post set body = ? where id = ?")) {
            while (!over.get()) {
                update.setString(1, "new body " + writes);
                update.setInt(2, (int) (writes % ROWS) + 1);
                update.executeUpdate();
                writes++;
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return writes;
        } catch (SQLException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String vector(int dimensions) {
        return IntStream.range(0, dimensions)
                .mapToObj(i -> i == 0 ? "1" : "0.5")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Snapshot snapshot(Posts posts) throws SQLException {
        try (Connection connection = posts.database().connection()) {
            return Snapshot.of(connection);
        }
    }
}
