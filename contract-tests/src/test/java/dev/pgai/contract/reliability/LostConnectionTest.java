package dev.pgai.contract.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.contract.jdbc.CutOperation.Prepared;
import dev.pgai.contract.jdbc.PreparedOperation;
import dev.pgai.contract.reliability.CuttingProxy.Cut;
import dev.pgai.database.OutcomeUnknownException;
import dev.pgai.database.PartlyDoneException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connection is cut at each message that goes to the server, and at each answer. Nothing is half done but what the
 * exception says, and the next call finishes it. {@code OutcomeTest} does the same at each call of JDBC's.
 */
class LostConnectionTest {

    private enum Caller {
        DATA_SOURCE,
        AUTOCOMMIT
    }

    /**
     * At each message and in each way, of looks and in autocommit, too: {@code -Dpgai.test.cuts=all}. Else at
     * statements.
     */
    private static final boolean ALL = "all".equals(System.getProperty("pgai.test.cuts"));

    private static final VectorizerDefinition QUEUED_AGAIN =
            PreparedOperation.V.toBuilder().chunking(Chunking.none()).build();

    private static final VectorizerDefinition OTHER = PreparedOperation.V.toBuilder()
            .name("other")
            .destination(Destination.table("other"))
            .build();

    /** Of two transactions, with others between them. */
    private static final PreparedOperation ALTER =
            new PreparedOperation("alter, and queue again", true, "select", true, pgai -> pgai.alter(QUEUED_AGAIN));

    private static final PreparedOperation APPLY =
            new PreparedOperation("apply a plan", true, "select", true, LostConnectionTest::planAndApply);

    private static final PreparedOperation REPLACE = new PreparedOperation(
            "complete a replacement",
            true,
            PreparedOperation.STARTED,
            true,
            pgai -> pgai.replacements().complete("v"));

    private static final String BACKENDS = "select count(*) from pg_stat_activity where datname = current_database()"
            + " and pid <> pg_backend_pid() and backend_type = 'client backend'";

    private @Nullable Prepared prepared;
    private @Nullable CuttingProxy proxy;

    private static void planAndApply(Pgai pgai) {
        VectorizerPlan plan = pgai.plan(DesiredState.of(List.of(QUEUED_AGAIN, OTHER)));
        pgai.apply(plan, plan.missing(List.of()));
    }

    @AfterEach
    void close() throws Exception {
        if (proxy != null) {
            proxy.close();
        }
        if (prepared != null) {
            prepared.close();
        }
    }

    static Stream<Arguments> each() {
        return Stream.concat(
                PreparedOperation.all().stream()
                        .flatMap(operation -> Stream.of(Caller.values())
                                .filter(caller -> ALL || (operation.changes() && caller == Caller.DATA_SOURCE))
                                .map(caller -> arguments(operation, caller, false))),
                ALL
                        ? Stream.of(ALTER, APPLY, REPLACE)
                                .flatMap(operation -> Stream.of(
                                        arguments(operation, Caller.DATA_SOURCE, false),
                                        arguments(operation, Caller.DATA_SOURCE, true)))
                        : Stream.of(
                                arguments(ALTER, Caller.DATA_SOURCE, true),
                                arguments(APPLY, Caller.DATA_SOURCE, false),
                                arguments(REPLACE, Caller.DATA_SOURCE, false),
                                arguments(REPLACE, Caller.DATA_SOURCE, true)));
    }

    /**
     * Tries all.
     *
     * @param forGood whether no connection is let through any more, when one was cut
     */
    @ParameterizedTest(name = "{0}, {1}, for good: {2}")
    @MethodSource("each")
    void what_is_said_is_what_is_there(PreparedOperation operation, Caller caller, boolean forGood) throws Exception {
        prepare(operation);
        String before = prepared().state();
        proxy().arm(-1, Cut.BEFORE, false);
        run(operation, caller);
        List<Boolean> answered = proxy().answered();
        String after = prepared().state();
        assertThat(after.equals(before)).isEqualTo(!operation.changes());

        List<String> wrong = new ArrayList<>();
        int cuts = 0;
        for (int message = 0; message < answered.size(); message++) {
            for (Cut how : Cut.values()) {
                if (!isTried(how, answered.get(message))) {
                    continue;
                }
                if (!prepared().state().equals(before)) {
                    prepare(operation);
                }
                proxy().arm(message, how, forGood);
                Throwable failure = catchThrowable(() -> run(operation, caller));
                assertThat(proxy().hasCut()).isTrue();
                cuts++;
                awaitNoBackend();
                String now = prepared().state();
                String mistake = mistake(operation, caller, failure, now.equals(before), now.equals(after));
                // Where nothing was done, the next round runs it again.
                if (mistake == null && failure != null && !now.equals(before)) {
                    mistake = runAgain(operation, caller, after);
                }
                if (mistake != null) {
                    wrong.add(how + " " + message + " of \"" + proxy().statement() + "\": " + mistake + ", said: "
                            + failure);
                }
            }
        }
        System.out.println("Connections cut: " + cuts + " for " + operation + ", " + caller);

        assertThat(wrong).isEmpty();
        assertThat(cuts).isPositive();
        assertThat(runAgain(operation, caller, after)).isNull();
    }

    /** What is not answered is only on its way, with what comes after it. */
    private static boolean isTried(Cut how, boolean answered) {
        return answered ? ALL || how != Cut.ANSWER_CUT : ALL && how == Cut.BEFORE;
    }

    private @Nullable String mistake(
            PreparedOperation operation,
            Caller caller,
            @Nullable Throwable failure,
            boolean isBefore,
            boolean isAfter) {
        if (failure == null) {
            return isAfter ? null : "not done";
        }
        if (failure instanceof PartlyDoneException partly) {
            boolean stays = !partly.done().isEmpty() || !partly.disabled().isEmpty();
            boolean known = !(partly.getCause() instanceof OutcomeUnknownException);
            return !stays || isBefore || (known && isAfter) ? "nothing stays of it" : null;
        }
        if (failure instanceof OutcomeUnknownException) {
            return mayBeUnknown(operation, caller, proxy().statement()) ? null : "it is known";
        }
        if (!(failure instanceof PgaiDatabaseException)) {
            return "an exception of another kind";
        }
        return isBefore ? null : "done, or half done";
    }

    private static boolean mayBeUnknown(PreparedOperation operation, Caller caller, String statement) {
        return operation.changes()
                && (caller == Caller.DATA_SOURCE
                        ? statement.equals("COMMIT")
                        : statement.contains("pg_advisory_xact_lock") || statement.contains("ai.create_vectorizer("));
    }

    /** Whatever came of it: the next call finishes it, or finds it done. */
    private @Nullable String runAgain(PreparedOperation operation, Caller caller, String after) throws Exception {
        proxy().arm(-1, Cut.BEFORE, false);
        Throwable failure = catchThrowable(() -> run(operation, caller));
        if (failure != null && !(failure instanceof RefusedException)) {
            return "cannot be run again: " + failure;
        }
        return prepared().state().equals(after) ? null : "not finished by running it again";
    }

    private void run(PreparedOperation operation, Caller caller) throws SQLException {
        PGSimpleDataSource dataSource = proxy().dataSource(prepared().dataSource());
        if (caller == Caller.DATA_SOURCE) {
            operation.work().on(Pgai.on(dataSource));
        } else {
            try (Connection connection = dataSource.getConnection()) {
                operation.work().on(Pgai.on(connection));
            }
        }
    }

    private void prepare(PreparedOperation operation) throws Exception {
        close();
        prepared = operation.prepare();
        PGSimpleDataSource direct = prepared.dataSource();
        proxy = new CuttingProxy(direct.getServerNames()[0], direct.getPortNumbers()[0]);
    }

    private Prepared prepared() {
        return Objects.requireNonNull(prepared);
    }

    private CuttingProxy proxy() {
        return Objects.requireNonNull(proxy);
    }

    /** What a session did whose connection was cut is to be seen when it is gone. */
    private void awaitNoBackend() throws SQLException, InterruptedException {
        try (Connection connection = prepared().connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 5000; i++) {
                try (ResultSet row = statement.executeQuery(BACKENDS)) {
                    row.next();
                    if (row.getInt(1) == 0) {
                        return;
                    }
                }
                Thread.sleep(2);
            }
        }
        throw new AssertionError("A session does not end");
    }
}
