package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pgai.contract.jdbc.CutConnection.Cut;
import dev.pgai.database.OutcomeUnknownException;
import dev.pgai.database.PgaiDatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An operation that is tried with the connection lost before and after each of its calls to the server: what it says is
 * what is in the database.
 */
public abstract class CutOperation {

    /** On what an operation works. */
    public enum Mode {
        /** A connection, each statement of which is a transaction. */
        AUTOCOMMIT,
        /** A connection in a transaction. */
        CALLERS_TRANSACTION,
        /** A data source, with connections in autocommit. */
        DATA_SOURCE,
        /** A data source, with connections that are not. */
        DATA_SOURCE_WITHOUT_AUTOCOMMIT
    }

    /** What is worked on. */
    public interface Prepared extends AutoCloseable {

        Connection connect() throws SQLException;

        PGSimpleDataSource dataSource();

        /** Everything that the operation may change, as one text. */
        String state() throws SQLException;

        @Override
        void close() throws SQLException;
    }

    private final boolean changes;

    /**
     * Describes.
     *
     * @param changes whether it changes the state that is prepared
     */
    protected CutOperation(boolean changes) {
        this.changes = changes;
    }

    /** A database in the state before. */
    protected abstract Prepared prepare() throws Exception;

    protected abstract void run(Connection connection);

    protected abstract void run(DataSource dataSource);

    /** Whether it never changes anything, so that it may not say that this is not known. */
    protected boolean onlyReads() {
        return false;
    }

    /** Whether this statement is the change itself, so that in autocommit nobody knows what came of it. */
    protected abstract boolean isChange(String statement);

    /** Cuts at each call, and fails when one of the outcomes was not what was said. */
    public final void tryAll(Mode mode) throws Exception {
        Prepared prepared = prepare();
        try {
            String before = prepared.state();
            Said uncut = run(prepared, mode, -1, Cut.AFTER);
            assertThat(uncut.failure()).isNull();
            String after = prepared.state();
            assertThat(after.equals(before)).isEqualTo(!changes);

            List<String> wrong = new ArrayList<>();
            for (int at = 0; at < uncut.calls().size(); at++) {
                for (Cut cut : Cut.values()) {
                    if (!prepared.state().equals(before)) {
                        prepared.close();
                        prepared = prepare();
                    }
                    Said said = run(prepared, mode, at, cut);
                    String now = prepared.state();
                    String mistake = mistake(said, now.equals(after), now.equals(before));
                    if (mistake != null) {
                        String call = uncut.calls().get(at).strip();
                        wrong.add(cut + " call " + at + " \""
                                + call.lines().findFirst().orElse("") + "\": " + mistake + ", said: " + said.failure());
                    }
                }
            }
            assertThat(wrong).isEmpty();
        } finally {
            prepared.close();
        }
    }

    /** What was said, which is null when it was done; whether it was to be known, and what went to the server. */
    private record Said(@Nullable Throwable failure, boolean isKnown, List<String> calls) {}

    private static @Nullable String mistake(Said said, boolean isAfter, boolean isBefore) {
        if (!isAfter && !isBefore) {
            return "half done";
        }
        if (said.failure() == null) {
            return isAfter ? null : "not done";
        }
        if (!(said.failure() instanceof PgaiDatabaseException)) {
            return "an exception of another kind";
        }
        if (said.failure() instanceof OutcomeUnknownException) {
            return said.isKnown() ? "it is known" : null;
        }
        return isBefore ? null : "done";
    }

    private Said run(Prepared prepared, Mode mode, int at, Cut cut) throws SQLException {
        try (Connection real = prepared.connect()) {
            CutConnection connection = new CutConnection(real, prepared.dataSource(), at, cut);
            real.setAutoCommit(mode != Mode.CALLERS_TRANSACTION);
            Throwable failure = catchThrowable(() -> {
                switch (mode) {
                    case AUTOCOMMIT, CALLERS_TRANSACTION -> run(connection.connection());
                    case DATA_SOURCE -> run(connection.dataSource(true));
                    case DATA_SOURCE_WITHOUT_AUTOCOMMIT -> run(connection.dataSource(false));
                }
            });
            if (failure == null && mode == Mode.CALLERS_TRANSACTION && !real.isClosed()) {
                real.commit();
            }
            return new Said(failure, isKnown(mode, connection.calls(), cut), connection.calls());
        }
    }

    /**
     * Only where the call was on its way may it be unknown what came of it: the change itself in autocommit, and the
     * commit of a data source.
     */
    private boolean isKnown(Mode mode, List<String> calls, Cut cut) {
        if (onlyReads() || cut == Cut.BY_DRIVER_BEFORE) {
            return true;
        }
        String last = calls.stream().filter(call -> !call.equals("rollback")).reduce("", (one, other) -> other);
        return switch (mode) {
            case CALLERS_TRANSACTION -> true;
            case AUTOCOMMIT -> !isChange(last);
            case DATA_SOURCE, DATA_SOURCE_WITHOUT_AUTOCOMMIT -> !last.equals("commit");
        };
    }
}
