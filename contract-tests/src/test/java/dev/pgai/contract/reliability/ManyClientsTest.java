package dev.pgai.contract.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Damage;
import dev.pgai.database.PartlyDoneException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.RefusedException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerInspection;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Many clients do anything to the same and to different vectorizers, each in its own order. */
class ManyClientsTest {

    /** How long each; {@code -Dpgai.test.seconds=60} takes longer. */
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("pgai.test.seconds", 1));

    private static final int SHARED = 4;

    /** Its trigger is dropped by clients, too. */
    private static final int DAMAGED = 0;

    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String NOT_IN_PREREQUISITE_STATE = "55000";
    private static final String OBJECT_IN_USE = "55006";
    private static final String DUPLICATE_OBJECT = "42710";

    private static final Set<String> OF_TWO_TRANSACTIONS =
            Set.of("alter", "plan and apply", "complete replacement", "abort replacement");

    private enum Caller {
        DATA_SOURCE(0),
        AUTOCOMMIT(0),
        READ_COMMITTED(Connection.TRANSACTION_READ_COMMITTED),
        REPEATABLE_READ(Connection.TRANSACTION_REPEATABLE_READ),
        SERIALIZABLE(Connection.TRANSACTION_SERIALIZABLE);

        private final int isolation;

        Caller(int isolation) {
            this.isolation = isolation;
        }

        boolean keepsItsSnapshot() {
            return this == REPEATABLE_READ || this == SERIALIZABLE;
        }
    }

    static Stream<Arguments> clients() {
        return Stream.of(2, 8, 32)
                .flatMap(clients -> Arrays.stream(Caller.values()).map(caller -> arguments(clients, caller)));
    }

    @ParameterizedTest(name = "{0} clients, {1}")
    @MethodSource("clients")
    void leave_a_catalog_that_is_whole(int clients, Caller caller) throws Exception {
        try (Tables tables = new Tables(TestDatabases.standard().create(), SHARED + clients)) {
            Map<String, Integer> outcomes = new TreeMap<>();
            ExecutorService threads = Executors.newFixedThreadPool(clients + 2);
            try {
                long end = System.nanoTime() + TIME.toNanos();
                List<Future<Map<String, Integer>>> results = new ArrayList<>();
                for (int i = 0; i < clients; i++) {
                    results.add(threads.submit(new Client(tables, caller, SHARED + i, end)));
                }
                results.add(threads.submit(() -> write(tables, end)));
                results.add(threads.submit(() -> search(tables, end)));
                for (Future<Map<String, Integer>> result : results) {
                    result.get(TIME.toSeconds() + 120, TimeUnit.SECONDS)
                            .forEach((outcome, times) -> outcomes.merge(outcome, times, Integer::sum));
                }
            } finally {
                threads.shutdownNow();
            }
            System.out.println(clients + " clients, " + caller + ": " + outcomes);

            assertThat(outcomes.keySet())
                    .filteredOn(outcome -> outcome.endsWith(": done"))
                    .hasSizeGreaterThan(5);
            isWhole(tables);
        }
    }

    private static void isWhole(Tables tables) throws SQLException {
        assertThat(tables.leftOver()).isEmpty();
        Pgai pgai = Pgai.on(tables.dataSource());
        List<VectorizerInspection> all = pgai.inspect();
        assertThat(all)
                .filteredOn(vectorizer -> !isOnDamaged(vectorizer))
                .allSatisfy(vectorizer -> assertThat(vectorizer.damages()).isEmpty());
        assertThat(all)
                .filteredOn(ManyClientsTest::isOnDamaged)
                .allSatisfy(vectorizer -> assertThat(vectorizer.damages())
                        .extracting(Damage::code)
                        .isSubsetOf(Damage.Code.TRIGGER_MISSING));
        assertThat(pgai.list())
                .extracting(StoredVectorizer::name)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(VectorizerInspection::name).toList());
    }

    private static boolean isOnDamaged(VectorizerInspection vectorizer) {
        return vectorizer.name().equals("v" + DAMAGED) || vectorizer.name().equals("v" + DAMAGED + "__next");
    }

    /** An application goes on writing to the sources. */
    private static Map<String, Integer> write(Tables tables, long end) throws Exception {
        int written = 0;
        try (Connection connection = tables.connect()) {
            while (System.nanoTime() < end) {
                Tables.execute(
                        connection,
                        "update public.t" + written % SHARED + " set content = content || 'x' where id = 1");
                written++;
                Thread.sleep(1);
            }
        }
        return Map.of("write: done", written);
    }

    /** And searching, where there is something. */
    private static Map<String, Integer> search(Tables tables, long end) throws Exception {
        int searched = 0;
        try (Connection connection = tables.connect()) {
            while (System.nanoTime() < end) {
                try {
                    Tables.query(connection, "select count(*) from public.e" + searched % SHARED);
                } catch (SQLException e) {
                    if (!"42P01".equals(e.getSQLState())) {
                        throw e;
                    }
                }
                searched++;
                Thread.sleep(1);
            }
        }
        return Map.of("search: done", searched);
    }

    private static final class Client implements Callable<Map<String, Integer>> {

        private final Tables tables;
        private final Caller caller;
        private final int own;
        private final long end;
        private final Random random;
        private final Map<String, Integer> outcomes = new TreeMap<>();

        Client(Tables tables, Caller caller, int own, long end) {
            this.tables = tables;
            this.caller = caller;
            this.own = own;
            this.end = end;
            this.random = new Random(own);
        }

        @Override
        public Map<String, Integer> call() throws SQLException {
            try (Connection connection = tables.connect()) {
                switch (caller) {
                    case DATA_SOURCE -> {
                        Pgai pgai = Pgai.on(tables.dataSource());
                        while (System.nanoTime() < end) {
                            operation(pgai);
                            if (random.nextInt(20) == 0) {
                                connection.setAutoCommit(false);
                                damage(connection);
                                connection.commit();
                            }
                        }
                    }
                    case AUTOCOMMIT -> {
                        Pgai pgai = Pgai.on(connection);
                        while (System.nanoTime() < end) {
                            operation(pgai);
                        }
                    }
                    default -> {
                        connection.setAutoCommit(false);
                        connection.setTransactionIsolation(caller.isolation);
                        while (System.nanoTime() < end) {
                            transaction(connection);
                        }
                    }
                }
            }
            return outcomes;
        }

        /** Looks, changes, looks, changes: whoever has looked holds nothing that another one's change waits for. */
        private void transaction(Connection connection) throws SQLException {
            Pgai pgai = Pgai.on(connection);
            boolean goesOn = true;
            Set<String> changed = new HashSet<>();
            for (int i = random.nextInt(4); goesOn && i >= 0; i--) {
                goesOn = operation(pgai, changed);
            }
            if (goesOn && random.nextInt(20) == 0) {
                damage(connection);
            }
            if (!goesOn || random.nextInt(10) == 0) {
                connection.rollback();
                return;
            }
            try {
                connection.commit();
            } catch (SQLException e) {
                if (caller != Caller.SERIALIZABLE || !SERIALIZATION_FAILURE.equals(e.getSQLState())) {
                    throw e;
                }
                count("commit: " + e.getSQLState());
                connection.rollback();
            }
        }

        /** Somebody's script, under the lock that keeps changes waiting. */
        private static void damage(Connection connection) throws SQLException {
            Tables.execute(connection, "select pg_advisory_xact_lock(" + VectorizerChange.LOCK + ")");
            for (String trigger : Tables.query(
                    connection,
                    "select tgname from pg_trigger where tgrelid = 'public.t" + DAMAGED
                            + "'::regclass and not tgisinternal limit 1")) {
                Tables.execute(connection, "drop trigger if exists " + trigger + " on public.t" + DAMAGED);
            }
        }

        private void operation(Pgai pgai) {
            operation(pgai, new HashSet<>());
        }

        /**
         * One of all.
         *
         * @param changed the vectorizers that the transaction has changed, each of which it changes once: a second
         *     change may take the view when a search that has it waits for the source
         * @return whether the transaction goes on
         */
        private boolean operation(Pgai pgai, Set<String> changed) {
            VectorizerDefinition wanted = wanted();
            Operation operation;
            do {
                operation = Operation.ALL.get(random.nextInt(Operation.ALL.size()));
            } while (Operation.CHANGES.contains(operation) && changed.contains(wanted.name()));
            if (Operation.CHANGES.contains(operation)) {
                changed.add(String.valueOf(wanted.name()));
            }
            try {
                operation.run(pgai, wanted);
                count(operation + ": done");
                return true;
            } catch (RefusedException e) {
                count(operation + ": " + e.getClass().getSimpleName());
                return e.getCause() == null;
            } catch (PartlyDoneException e) {
                if (!(e.getCause() instanceof RefusedException)
                        && !(e.getCause() instanceof PgaiDatabaseException cause && isDocumented(operation, cause))) {
                    throw new AssertionError(operation + " of " + wanted.name() + ": " + e.getMessage(), e);
                }
                count(operation + ": partly done");
                return false;
            } catch (PgaiDatabaseException e) {
                if (!isDocumented(operation, e)) {
                    throw new AssertionError(operation + " of " + wanted.name() + ": " + e.getMessage(), e);
                }
                count(operation + ": " + e.sqlState());
                return e.sqlState() == null;
            }
        }

        /** All that {@code docs/reliability.md} lists, beside what is refused. */
        private boolean isDocumented(Operation operation, PgaiDatabaseException e) {
            String state = String.valueOf(e.sqlState());
            return switch (state) {
                case SERIALIZATION_FAILURE -> caller.keepsItsSnapshot();
                // Another one enabled it, or a worker came, before the second transaction.
                case OBJECT_IN_USE -> OF_TWO_TRANSACTIONS.contains(operation.name());
                // Another one started, completed or aborted it after the look.
                case DUPLICATE_OBJECT -> operation.name().equals("start replacement");
                case NOT_IN_PREREQUISITE_STATE ->
                    isOfSnapshot(e)
                            || operation.name().endsWith(" replacement")
                            || operation.name().equals("alter"); // it has another model by now
                default -> isOfSnapshot(e) && (state.startsWith("42") || state.equals("null"));
            };
        }

        private boolean isOfSnapshot(PgaiDatabaseException e) {
            return caller.keepsItsSnapshot()
                    && String.valueOf(e.getMessage()).contains("does not see what others committed");
        }

        private void count(String outcome) {
            outcomes.merge(outcome, 1, Integer::sum);
        }

        private VectorizerDefinition wanted() {
            VectorizerDefinition.Builder definition =
                    Tables.definition(random.nextInt(4) == 0 ? own : random.nextInt(SHARED));
            switch (random.nextInt(4)) {
                case 0 -> definition.processing(Processing.byDefault().withBatchSize(7));
                case 1 -> definition.chunking(Chunking.none());
                default -> {
                    // As it is.
                }
            }
            return definition.build();
        }
    }
}
