package dev.pgai.contract.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A JVM is killed at a random moment of a change, and another one finishes what it had begun. */
class KilledJvmTest {

    /** {@code -Dpgai.test.kills=100} takes more. */
    private static final int KILLS = Integer.getInteger("pgai.test.kills", 4);

    private static final int TABLES = 3;

    private static final String OTHERS = "select pid from pg_stat_activity where datname = current_database()"
            + " and pid <> pg_backend_pid() and backend_type = 'client backend'";

    /** What is killed: it carries out one plan after the other. */
    public static final class Killed {

        private Killed() {}

        /**
         * Goes on until it is killed.
         *
         * @param arguments the URL
         */
        public static void main(String[] arguments) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(arguments[0]);
            Pgai pgai = Pgai.on(dataSource);
            for (int i = 0; ; i++) {
                carryOut(pgai, desired(i));
                System.out.println("done " + i);
            }
        }
    }

    /** In turn: all as they are made, all with other chunks, none. */
    private static DesiredState desired(int round) {
        List<VectorizerDefinition> all = IntStream.range(0, TABLES)
                .mapToObj(table -> round % 3 == 1
                        ? Tables.definition(table).chunking(Chunking.none()).build()
                        : Tables.definition(table).build())
                .toList();
        return round % 3 == 2
                ? DesiredState.of(List.of())
                        .withRemoved(
                                all.stream().map(v -> String.valueOf(v.name())).toList())
                : DesiredState.of(all);
    }

    private static void carryOut(Pgai pgai, DesiredState desired) {
        VectorizerPlan plan = pgai.plan(desired);
        pgai.apply(plan, plan.missing(List.of()));
    }

    @Test
    void what_it_had_begun_is_finished_by_the_next() throws Exception {
        Random random = new Random(1);
        try (TestDatabase database = TestDatabases.standard().create();
                Tables tables = new Tables(database, TABLES)) {
            Pgai pgai = Pgai.on(tables.dataSource());
            for (int kill = 0; kill < KILLS; kill++) {
                killAfter(database, random.nextInt(300));
                awaitNobody(tables);

                assertThat(tables.leftOver()).isEmpty();
                assertThat(pgai.inspect())
                        .allSatisfy(
                                vectorizer -> assertThat(vectorizer.damages()).isEmpty());
                carryOut(pgai, desired(1));
                assertThat(pgai.plan(desired(1)).isDrift()).isFalse();
                assertThat(pgai.list()).hasSize(TABLES).allSatisfy(vectorizer -> {
                    assertThat(vectorizer.enabled()).as(vectorizer.name()).isTrue();
                    assertThat(vectorizer.isWhole()).isTrue();
                });
            }
        }
    }

    private static void killAfter(TestDatabase database, int millis) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        database.url())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && !line.startsWith("done")) {
                line = said.readLine();
            }
            assertThat(line).as("it works").isNotNull();
            Thread.sleep(millis);
            assertThat(process.isAlive()).isTrue();
            process.toHandle().destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void awaitNobody(Tables tables) throws Exception {
        List<String> others = tables.query(OTHERS);
        // Asked again after it was empty, it might see the session that has just asked.
        for (int i = 0; i < 600 && !others.isEmpty(); i++) {
            Thread.sleep(50);
            others = tables.query(OTHERS);
        }
        assertThat(others).isEmpty();
    }
}
