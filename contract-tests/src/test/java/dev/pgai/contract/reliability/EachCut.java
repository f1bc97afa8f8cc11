package dev.pgai.contract.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pgai.contract.jdbc.CutOperation.Prepared;
import dev.pgai.contract.reliability.CuttingProxy.Cut;
import dev.pgai.contract.reliability.CuttingProxy.Message;
import dev.pgai.database.OutcomeUnknownException;
import dev.pgai.database.PartlyDoneException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.RefusedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Work that is tried with the connection cut at each message that goes to the server, and at each answer: what is said
 * is what is there, and the work that is done again finishes it.
 */
public abstract class EachCut {

    /** At each message and in each way: {@code -Dpgai.test.cuts=all}. Else at statements. */
    static final boolean ALL = "all".equals(System.getProperty("pgai.test.cuts"));

    private static final String BACKENDS = "select count(*) from pg_stat_activity where datname = current_database()"
            + " and pid <> pg_backend_pid() and backend_type = 'client backend'";

    private final String name;
    private @Nullable Prepared prepared;
    private @Nullable CuttingProxy proxy;

    /**
     * Describes.
     *
     * @param name of the work, for who reads the log
     */
    protected EachCut(String name) {
        this.name = name;
    }

    /** A database in the state before. */
    protected abstract Prepared prepare() throws Exception;

    /** Does the work, on connections that may be cut. */
    protected abstract void run(PGSimpleDataSource through) throws Exception;

    /** Does the work a second time, after a failure. */
    void runAgain(PGSimpleDataSource through) throws Exception {
        run(through);
    }

    /** The first of the messages at which the connection is cut, where not {@link #ALL} are tried. */
    int first(List<Message> messages) {
        return 0;
    }

    /** After how many cuts one after the other that found all done no more are tried, where not {@link #ALL} are. */
    int enough() {
        return Integer.MAX_VALUE;
    }

    /** Whether the work changes the state that is prepared. */
    protected boolean changes() {
        return true;
    }

    /** Whether nobody knows what came of it when the connection was cut at this statement. */
    protected boolean mayBeUnknown(String statement) {
        return statement.equals("COMMIT");
    }

    /**
     * What is wrong with a failure.
     *
     * @param statement at which the connection was cut
     * @return null when it is right
     */
    @Nullable
    String mistake(Throwable failure, String statement, boolean isBefore, boolean isAfter) {
        if (failure instanceof PartlyDoneException partly) {
            boolean stays = !partly.done().isEmpty() || !partly.disabled().isEmpty();
            boolean known = !(partly.getCause() instanceof OutcomeUnknownException);
            return !stays || isBefore || (known && isAfter) ? "nothing stays of it" : null;
        }
        if (failure instanceof OutcomeUnknownException) {
            return changes() && mayBeUnknown(statement) ? null : "it is known";
        }
        if (!(failure instanceof PgaiDatabaseException)) {
            return "an exception of another kind";
        }
        return isBefore ? null : "done, or half done";
    }

    /**
     * What is wrong with a failure of the work that is done again, when the first time has changed something.
     *
     * @return null when it is right
     */
    @Nullable
    String mistakeAgain(Throwable failure) {
        return failure instanceof RefusedException ? null : "cannot be run again";
    }

    /**
     * Tries all.
     *
     * @param forGood whether no connection is let through any more, when one was cut
     */
    public final void tryAll(boolean forGood) throws Exception {
        try {
            prepareAnew();
            String before = prepared().state();
            proxy().arm(-1, Cut.BEFORE, false);
            run();
            List<Message> messages = proxy().messages();
            String after = prepared().state();
            assertThat(after.equals(before)).isEqualTo(!changes());

            List<String> wrong = new ArrayList<>();
            int cuts = 0;
            int done = 0;
            for (int message = ALL ? 0 : first(messages);
                    message < messages.size() && (ALL || done < enough());
                    message++) {
                for (Cut how : Cut.values()) {
                    if (!isTried(how, messages.get(message))) {
                        continue;
                    }
                    if (!prepared().state().equals(before)) {
                        prepareAnew();
                    }
                    proxy().arm(message, how, forGood);
                    Throwable failure = catchThrowable(this::run);
                    assertThat(proxy().hasCut()).isTrue();
                    proxy().hangUp();
                    cuts++;
                    awaitNoBackend();
                    String now = prepared().state();
                    done = now.equals(after) ? done + 1 : 0;
                    String statement = proxy().statement();
                    String mistake = failure != null
                            ? mistake(failure, statement, now.equals(before), now.equals(after))
                            : now.equals(after) ? null : "not done";
                    // Where nothing was done, the next round runs it again.
                    if (mistake == null && failure != null && !now.equals(before)) {
                        mistake = runAgain(after);
                    }
                    if (mistake != null) {
                        wrong.add(how + " " + message + " of \"" + statement + "\": " + mistake + ", said: " + failure);
                    }
                }
            }
            System.out.println("Connections cut: " + cuts + " for " + name);

            assertThat(wrong).isEmpty();
            assertThat(cuts).isPositive();
            assertThat(runAgain(after)).isNull();
        } finally {
            close();
        }
    }

    /** What is not answered is only on its way, with what comes after it. */
    boolean isTried(Cut how, Message message) {
        return message.isAnswered() ? ALL || how != Cut.ANSWER_CUT : ALL && how == Cut.BEFORE;
    }

    /** Whatever came of it: the next call finishes it, or finds it done. */
    private @Nullable String runAgain(String after) throws Exception {
        proxy().arm(-1, Cut.BEFORE, false);
        Throwable failure = catchThrowable(() -> runAgain(through()));
        proxy().hangUp();
        String mistake = failure == null ? null : mistakeAgain(failure);
        if (mistake != null) {
            return mistake + ": " + failure;
        }
        String now = prepared().state();
        return now.equals(after) ? null : "not finished by running it again, but <" + now + "> for <" + after + ">";
    }

    private void run() throws Exception {
        run(through());
    }

    private PGSimpleDataSource through() {
        return proxy().dataSource(prepared().dataSource());
    }

    private void prepareAnew() throws Exception {
        close();
        prepared = prepare();
        PGSimpleDataSource direct = prepared.dataSource();
        proxy = new CuttingProxy(direct.getServerNames()[0], direct.getPortNumbers()[0]);
    }

    private void close() throws Exception {
        if (proxy != null) {
            proxy.close();
        }
        if (prepared != null) {
            prepared.close();
        }
    }

    /** What is worked on, to be reached without the proxy. */
    final Prepared prepared() {
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
