package dev.pgai.contract.reliability;

import ch.qos.logback.classic.Level;
import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.jdbc.CutOperation.Prepared;
import dev.pgai.contract.jdbc.PreparedOperation;
import dev.pgai.contract.reliability.CuttingProxy.Cut;
import dev.pgai.contract.reliability.CuttingProxy.Message;
import dev.pgai.contract.reliability.MigratingTool.CommandFailed;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Processing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import liquibase.exception.LiquibaseException;
import org.apache.ibatis.exceptions.PersistenceException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/**
 * The connection of a tool is cut, from the transaction of the first statement of this library's on until all is done.
 * A change is done or not, what is said agrees with it, and the tool that runs again finishes.
 */
class LostConnectionOfToolTest {

    private static final Step CREATE = new Step(
            List.of(),
            VectorizerChange.create(PreparedOperation.V),
            VectorizerChange.createIfAbsent(PreparedOperation.V),
            "There is a vectorizer v (id");

    private static final VectorizerChange ALTERATION = VectorizerChange.alter(PreparedOperation.V.toBuilder()
            .processing(Processing.byDefault().withBatchSize(7))
            .build());

    private static final Step ALTER = new Step(CREATE.upToThis(), ALTERATION, ALTERATION, "it is found done");

    private static final Step DROP = new Step(
            ALTER.upToThis(),
            VectorizerChange.drop("v", Embeddings.DROP),
            VectorizerChange.dropIfExists("v", Embeddings.DROP),
            "There is no vectorizer \"v\"");

    /**
     * A change, in its order.
     *
     * @param before those before it
     * @param unlessDone the same, which takes what is done
     * @param done says who does it again
     */
    private record Step(
            List<VectorizerChange> before, VectorizerChange change, VectorizerChange unlessDone, String done) {

        List<VectorizerChange> upToThis() {
            return Stream.concat(before.stream(), Stream.of(change)).toList();
        }

        List<VectorizerChange> upToThisUnlessDone() {
            return Stream.concat(before.stream(), Stream.of(unlessDone)).toList();
        }

        @Override
        public String toString() {
            return change.toString();
        }
    }

    /** The tools show each failure whole. */
    @BeforeAll
    static void silenceTools() {
        logger("org.flywaydb").setLevel(Level.OFF);
        LogManager.getLogManager().reset();
    }

    @AfterAll
    static void wakeTools() throws Exception {
        logger("org.flywaydb").setLevel(null);
        LogManager.getLogManager().readConfiguration();
    }

    private static ch.qos.logback.classic.Logger logger(String name) {
        return (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(name);
    }

    static Stream<Arguments> each() {
        return Stream.of(MigratingTool.values())
                .flatMap(tool -> Stream.of(CREATE, ALTER, DROP)
                        .filter(step -> isTried(tool, step))
                        .map(step -> Arguments.of(tool, step)));
    }

    private static boolean isTried(MigratingTool tool, Step step) {
        return switch (tool) {
            case COMMAND_LINE -> !step.equals(DROP); // what nobody declares it leaves alone
            case FLYWAY_WITHOUT_TRANSACTION -> EachCut.ALL || step.equals(CREATE);
            default -> true;
        };
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("each")
    void what_is_said_is_what_is_there(MigratingTool tool, Step step) throws Exception {
        new CutTool(tool, step).tryAll(false);
    }

    private static final class CutTool extends EachCut {

        private final MigratingTool tool;
        private final Step step;

        CutTool(MigratingTool tool, Step step) {
            super(tool + ", " + step);
            this.tool = tool;
            this.step = step;
        }

        @Override
        protected Prepared prepare() throws Exception {
            Prepared prepared = new PreparedOperation("nothing", false, "select", false, pgai -> {}).prepare();
            for (int steps = 0; steps <= step.before().size(); steps++) {
                tool.run(prepared.dataSource(), step.before().subList(0, steps));
            }
            return prepared;
        }

        @Override
        protected void run(PGSimpleDataSource through) throws Exception {
            if (tool == MigratingTool.LIQUIBASE) {
                releaseLock();
            }
            tool.run(through, step.upToThis());
        }

        /** As {@code releaseLocks} does: Liquibase's own lock outlives who took it. */
        private void releaseLock() throws SQLException {
            try (Connection connection = prepared().connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("update databasechangeloglock set locked = false");
            }
        }

        /** What a tool did and did not record it does again: there the change must be one that takes what is done. */
        @Override
        void runAgain(PGSimpleDataSource through) throws Exception {
            try {
                run(through);
            } catch (Exception e) {
                if (!all(e).contains(step.done())) {
                    throw e;
                }
                if (tool == MigratingTool.LIQUIBASE) {
                    releaseLock();
                }
                tool.run(through, step.upToThisUnlessDone());
            }
        }

        /** The tool's own statements before it, and in another way at each, only where all are tried. */
        @Override
        boolean isTried(Cut how, Message message) {
            return super.isTried(how, message)
                    && (ALL || how == Cut.ANSWER_LOST || message.statement().equals("COMMIT"));
        }

        @Override
        int first(List<Message> messages) {
            int begin = 0;
            while (!isOurs(messages.get(begin).statement())) {
                begin++;
            }
            while (begin > 0 && !messages.get(begin).statement().startsWith("BEGIN")) {
                begin--;
            }
            return begin;
        }

        @Override
        int enough() {
            return 3;
        }

        @Override
        @Nullable
        String mistake(Throwable failure, String statement, boolean isBefore, boolean isAfter) {
            String said = all(failure);
            if (!isOfTool(failure)) {
                return "an exception of another kind";
            }
            if (said.contains("It is not known")) {
                return statement.equals("COMMIT") ? null : "it is known";
            }
            if (isOurs(statement)) {
                return !isBefore
                        ? "done, or half done"
                        : said.contains("The connection was lost. The database says (SQLSTATE 08006)")
                                ? null
                                : "not said";
            }
            return isBefore || !statement.equals("COMMIT") || tool != MigratingTool.COMMAND_LINE
                    ? null
                    : "not said to be unknown";
        }

        @Override
        @Nullable
        String mistakeAgain(Throwable failure) {
            return "cannot be run again";
        }

        private boolean isOfTool(Throwable failure) {
            return switch (tool) {
                case FLYWAY, FLYWAY_WITHOUT_TRANSACTION -> failure instanceof FlywayException;
                case LIQUIBASE -> failure instanceof LiquibaseException;
                case MYBATIS -> failure instanceof PersistenceException || failure instanceof PgaiDatabaseException;
                case COMMAND_LINE -> failure instanceof CommandFailed;
            };
        }

        private static boolean isOurs(String statement) {
            return statement.contains("operator(pg_catalog.") || statement.contains("ai.create_vectorizer(");
        }

        private static String all(Throwable failure) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text, true));
            return text.toString();
        }
    }
}
