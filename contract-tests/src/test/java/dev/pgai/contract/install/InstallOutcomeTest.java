package dev.pgai.contract.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.catalog.CatalogScript;
import dev.pgai.contract.jdbc.CutConnection;
import dev.pgai.contract.jdbc.CutConnection.Cut;
import dev.pgai.database.OutcomeUnknownException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.CatalogInstaller;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The connection is lost before and after each call to the server: what is said is what is in the database. */
class InstallOutcomeTest {

    private static final String STATE = "select concat_ws(' ', (select string_agg(extname, ' ') from pg_extension),"
            + " (select string_agg(concat_ws(' ', relname, relacl), ' ' order by relname) from pg_class"
            + " where relnamespace = to_regnamespace('ai')),"
            + " query_to_xml(case when to_regclass('ai.pgai_lib_version') is null then 'select 0'"
            + " else 'select version from ai.pgai_lib_version' end, true, true, '')::text,"
            + " (select string_agg(proname, ' ' order by proname) from pg_proc where pronamespace = to_regnamespace('ai')))";

    @TempDir
    private Path directory;

    private enum Mode {
        AUTOCOMMIT,
        CALLERS_TRANSACTION,
        DATA_SOURCE,
        DATA_SOURCE_WITHOUT_AUTOCOMMIT
    }

    private enum Before {
        NOTHING,
        AN_OLDER_VERSION,
        A_LOST_FUNCTION,
        THE_SAME
    }

    static Stream<Arguments> each() {
        return Stream.of(Mode.values())
                .flatMap(mode -> Stream.of(Before.values()).map(before -> arguments(mode, before)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("each")
    void what_is_said_is_what_is_there(Mode mode, Before kind) throws Exception {
        CatalogScript script = FunctionsScript.of("0.12.1", directory);
        EmptyDatabase database = prepared(kind);
        try {
            String before = state(database);
            Said uncut = run(database, mode, script, -1, Cut.AFTER);
            assertThat(uncut.failure()).isNull();
            String after = state(database);
            assertThat(after.equals(before)).isEqualTo(kind == Before.THE_SAME);

            List<String> wrong = new ArrayList<>();
            for (int at = 0; at < uncut.calls().size(); at++) {
                for (Cut cut : Cut.values()) {
                    if (!state(database).equals(before)) {
                        database.close();
                        database = prepared(kind);
                    }
                    Said said = run(database, mode, script, at, cut);
                    String now = state(database);
                    String mistake = mistake(said, mode, cut, now.equals(after), now.equals(before));
                    if (mistake != null) {
                        wrong.add(cut + " call " + at + ": " + mistake + ", said: " + said.failure());
                    }
                }
            }
            assertThat(wrong).isEmpty();
        } finally {
            database.close();
        }
    }

    /** What was said, which is null when it was done, and what went to the server. */
    private record Said(@Nullable Throwable failure, List<String> calls) {}

    private static @Nullable String mistake(Said said, Mode mode, Cut cut, boolean isAfter, boolean isBefore) {
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
            return isKnown(said, mode, cut) ? "it is known" : null;
        }
        return isBefore ? null : "done";
    }

    /**
     * Only where the call was on its way may it be unknown: the statement in autocommit, the commit of a data source.
     */
    private static boolean isKnown(Said said, Mode mode, Cut cut) {
        String last =
                said.calls().stream().filter(call -> !call.equals("rollback")).reduce("", (one, other) -> other);
        return cut == Cut.BY_DRIVER_BEFORE
                || switch (mode) {
                    case CALLERS_TRANSACTION -> true;
                    case AUTOCOMMIT -> !last.startsWith("do ");
                    case DATA_SOURCE, DATA_SOURCE_WITHOUT_AUTOCOMMIT -> !last.equals("commit");
                };
    }

    private static Said run(EmptyDatabase database, Mode mode, CatalogScript script, int at, Cut cut)
            throws SQLException {
        try (Connection real = database.connect()) {
            CutConnection connection = new CutConnection(real, database.dataSource(), at, cut);
            CatalogInstaller installer = switch (mode) {
                case AUTOCOMMIT, CALLERS_TRANSACTION -> CatalogInstaller.on(connection.connection());
                case DATA_SOURCE -> CatalogInstaller.on(connection.dataSource(true));
                case DATA_SOURCE_WITHOUT_AUTOCOMMIT -> CatalogInstaller.on(connection.dataSource(false));
            };
            real.setAutoCommit(mode != Mode.CALLERS_TRANSACTION);
            Throwable failure = catchThrowable(() -> installer.install(script));
            if (failure == null && mode == Mode.CALLERS_TRANSACTION && !real.isClosed()) {
                real.commit();
            }
            return new Said(failure, connection.calls());
        }
    }

    private EmptyDatabase prepared(Before before) throws Exception {
        EmptyDatabase database = new EmptyDatabase();
        if (before != Before.NOTHING) {
            CatalogInstaller.on(database.dataSource())
                    .install(FunctionsScript.of(before == Before.AN_OLDER_VERSION ? "0.12.0" : "0.12.1", directory));
        }
        if (before == Before.A_LOST_FUNCTION) {
            database.execute("drop function ai.vectorizer_embed(text), ai.vectorizer_embed(bool)");
        }
        return database;
    }

    private static String state(EmptyDatabase database) throws SQLException {
        return String.valueOf(database.query(STATE));
    }
}
