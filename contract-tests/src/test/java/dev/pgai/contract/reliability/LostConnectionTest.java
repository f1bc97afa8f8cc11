package dev.pgai.contract.reliability;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.contract.jdbc.CutOperation.Prepared;
import dev.pgai.contract.jdbc.PreparedOperation;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
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

    /** Of looks and in autocommit, too. */
    private static final boolean ALL = EachCut.ALL;

    private static final VectorizerDefinition QUEUED_AGAIN =
            PreparedOperation.V.toBuilder().chunking(Chunking.none()).build();

    private static final VectorizerDefinition OTHER = PreparedOperation.V.toBuilder()
            .name("other")
            .destination(Destination.table("other"))
            .build();

    private static final VectorizerDefinition ANEW = PreparedOperation.V.toBuilder()
            .embedding(Embedding.ollama("other", 5))
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

    private static final PreparedOperation START = new PreparedOperation(
            "start a replacement",
            true,
            "select",
            true,
            pgai -> pgai.replacements().start(ANEW));

    private static final PreparedOperation ABORT = new PreparedOperation(
            "abort a replacement",
            true,
            PreparedOperation.STARTED,
            true,
            pgai -> pgai.replacements().abort("v"));

    private static void planAndApply(Pgai pgai) {
        VectorizerPlan plan = pgai.plan(DesiredState.of(List.of(QUEUED_AGAIN, OTHER)));
        pgai.apply(plan, plan.missing(List.of()));
    }

    static Stream<Arguments> each() {
        return Stream.concat(
                PreparedOperation.all().stream()
                        .flatMap(operation -> Stream.of(Caller.values())
                                .filter(caller -> ALL || (operation.changes() && caller == Caller.DATA_SOURCE))
                                .map(caller -> arguments(operation, caller, false))),
                ALL
                        ? Stream.of(ALTER, APPLY, START, REPLACE, ABORT)
                                .flatMap(operation -> Stream.of(
                                        arguments(operation, Caller.DATA_SOURCE, false),
                                        arguments(operation, Caller.DATA_SOURCE, true)))
                        : Stream.of(
                                arguments(ALTER, Caller.DATA_SOURCE, true),
                                arguments(APPLY, Caller.DATA_SOURCE, false),
                                arguments(START, Caller.DATA_SOURCE, false),
                                arguments(ABORT, Caller.DATA_SOURCE, false),
                                arguments(REPLACE, Caller.DATA_SOURCE, false),
                                arguments(REPLACE, Caller.DATA_SOURCE, true)));
    }

    /** For good: no connection is let through any more, when one was cut. */
    @ParameterizedTest(name = "{0}, {1}, for good: {2}")
    @MethodSource("each")
    void what_is_said_is_what_is_there(PreparedOperation operation, Caller caller, boolean forGood) throws Exception {
        new EachCut(operation + ", " + caller) {

            @Override
            protected Prepared prepare() throws Exception {
                return operation.prepare();
            }

            @Override
            protected void run(PGSimpleDataSource through) throws SQLException {
                if (caller == Caller.DATA_SOURCE) {
                    operation.work().on(Pgai.on(through));
                } else {
                    try (Connection connection = through.getConnection()) {
                        operation.work().on(Pgai.on(connection));
                    }
                }
            }

            @Override
            protected boolean changes() {
                return operation.changes();
            }

            @Override
            protected boolean mayBeUnknown(String statement) {
                return caller == Caller.DATA_SOURCE
                        ? super.mayBeUnknown(statement)
                        : statement.contains("pg_advisory_xact_lock") || statement.contains("ai.create_vectorizer(");
            }
        }.tryAll(forGood);
    }
}
