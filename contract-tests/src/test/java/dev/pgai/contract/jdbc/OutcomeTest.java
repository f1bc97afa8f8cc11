package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.contract.jdbc.CutConnection.Cut;
import dev.pgai.database.OutcomeUnknownException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.QueueWait;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The connection is lost before and after each call to the server: what the operation says is what is in the database.
 */
class OutcomeTest {

    private static final VectorizerDefinition V = Blog.definition().build();

    /** Everything that an operation may change, as one text. */
    private static final String STATE = """
            select concat_ws(E'\\n',
              (select string_agg(concat_ws(' ', n.nspname, c.relname, c.relkind, c.relacl,
                  case when c.relkind in ('r', 'v') then query_to_xml(
                    format('select count(*) from %s', c.oid::regclass), true, true, '')::text end,
                  (select string_agg(attname, ',' order by attnum) from pg_attribute where attrelid = c.oid and attnum > 0)),
                  E'\\n' order by n.nspname, c.relname)
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname in ('ai', 'public') and c.relkind in ('r', 'v')),
              (select string_agg(concat_ws(' ', tgname, tgrelid::regclass, tgenabled), E'\\n' order by tgname, tgrelid::regclass::text)
                from pg_trigger where not tgisinternal),
              (select string_agg(concat_ws(' ', v.name, v.config, v.disabled), E'\\n' order by v.id) from ai.vectorizer v))
            """;

    private static final String DISABLE = "update ai.vectorizer set disabled = true";

    private enum Mode {
        AUTOCOMMIT,
        CALLERS_TRANSACTION,
        DATA_SOURCE,
        DATA_SOURCE_WITHOUT_AUTOCOMMIT;

        /** What reads has no end of a transaction that depends on more. */
        boolean reads() {
            return this == CALLERS_TRANSACTION || this == DATA_SOURCE_WITHOUT_AUTOCOMMIT;
        }
    }

    private interface Work {
        void on(Pgai pgai);
    }

    /** What is done, and the SQL before it, after which there may be a vectorizer. */
    private record Operation(boolean isCreated, String before, boolean changes, Work work) {}

    private static Map<String, Operation> operations() {
        Map<String, Operation> all = new LinkedHashMap<>();
        all.put("create", new Operation(false, "select", true, pgai -> pgai.create(V)));
        all.put("createIfAbsent", new Operation(false, "select", true, pgai -> pgai.createIfAbsent(V)));
        all.put("drop keeping", new Operation(true, "select", true, pgai -> pgai.drop("v", Embeddings.KEEP)));
        all.put("drop", new Operation(true, "select", true, pgai -> pgai.drop("v", Embeddings.DROP)));
        all.put("dropIfExists", new Operation(true, "select", true, pgai -> pgai.dropIfExists("v", Embeddings.DROP)));
        all.put("disable", new Operation(true, "select", true, pgai -> pgai.disable("v")));
        all.put("enable", new Operation(true, DISABLE, true, pgai -> pgai.enable("v")));
        all.put(
                "setScheduling",
                new Operation(
                        true,
                        // The one function of TimescaleDB that the catalog calls.
                        "create function public.delete_job(int) returns void language sql as 'select';"
                                + " update ai.vectorizer set config = jsonb_set(config, '{scheduling}', '{\"config_type\":"
                                + " \"scheduling\", \"implementation\": \"timescaledb\", \"schedule_interval\":"
                                + " \"00:05:00\"}')",
                        true,
                        pgai -> pgai.setScheduling("v", Scheduling.none(), Indexing.none())));
        all.put("repair", new Operation(true, "drop table ai._vectorizer_q_1", true, pgai -> pgai.repair("v")));
        all.put(
                "refreshView",
                new Operation(
                        true, "alter table public.blog add column author text", true, pgai -> pgai.refreshView("v")));
        all.put("adopt", new Operation(true, "select ai.drop_vectorizer(1)", true, pgai -> pgai.adopt(V)));
        all.put("forget", new Operation(true, "drop table public.blog cascade", true, pgai -> pgai.forget("v")));
        all.put("find", new Operation(true, "select", false, pgai -> pgai.find("v")));
        all.put("list", new Operation(true, "select", false, Pgai::list));
        all.put("inspect", new Operation(true, "select", false, Pgai::inspect));
        all.put("exists", new Operation(true, "select", false, pgai -> pgai.exists("v")));
        all.put("check", new Operation(false, "select", false, pgai -> pgai.check(V)));
        all.put("countPending", new Operation(true, "select", false, pgai -> pgai.countPending("v")));
        all.put("errors", new Operation(true, "select", false, pgai -> pgai.errors("v", 10)));
        all.put("managedObjects", new Operation(true, "select", false, Pgai::managedObjects));
        all.put(
                "awaitEmptyQueue",
                new Operation(
                        true,
                        "truncate ai._vectorizer_q_1",
                        false,
                        pgai -> pgai.awaitEmptyQueue("v", QueueWait.upTo(Duration.ofSeconds(10)))));
        return all;
    }

    static Stream<Arguments> each() {
        return operations().entrySet().stream()
                .flatMap(entry -> Stream.of(Mode.values())
                        .filter(mode -> entry.getValue().changes() || mode.reads())
                        .map(mode -> arguments(entry.getKey(), mode, entry.getValue())));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("each")
    void what_is_said_is_what_is_there(String name, Mode mode, Operation operation) throws SQLException {
        Blog blog = prepared(operation);
        try {
            String before = state(blog);
            Said uncut = run(blog, mode, operation, -1, Cut.AFTER);
            List<String> calls = uncut.calls();
            assertThat(uncut.failure()).isNull();
            String after = state(blog);
            assertThat(after.equals(before)).isEqualTo(!operation.changes());

            List<String> wrong = new ArrayList<>();
            for (int at = 0; at < calls.size(); at++) {
                for (Cut cut : Cut.values()) {
                    if (!state(blog).equals(before)) {
                        blog.close();
                        blog = prepared(operation);
                    }
                    Said said = run(blog, mode, operation, at, cut);
                    String now = state(blog);
                    String mistake = mistake(said, now.equals(after), now.equals(before));
                    if (mistake != null) {
                        wrong.add(cut + " \""
                                + calls.get(at).strip().lines().findFirst().orElse("") + "\": " + mistake + ", said: "
                                + said.failure());
                    }
                }
            }
            assertThat(wrong).isEmpty();
        } finally {
            blog.close();
        }
    }

    /** What an operation said: its failure, or null; whether it was to be known, and what went to the server. */
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
        boolean saysUnknown = said.failure() instanceof OutcomeUnknownException;
        if (saysUnknown) {
            return said.isKnown() ? "it is known" : null;
        }
        return isBefore ? null : "done";
    }

    private static Said run(Blog blog, Mode mode, Operation operation, int at, Cut cut) throws SQLException {
        try (Connection real = blog.connect()) {
            CutConnection connection = new CutConnection(real, blog.dataSource(), at, cut);
            Pgai pgai = switch (mode) {
                case AUTOCOMMIT, CALLERS_TRANSACTION -> Pgai.on(connection.connection());
                case DATA_SOURCE -> Pgai.on(connection.dataSource(true));
                case DATA_SOURCE_WITHOUT_AUTOCOMMIT -> Pgai.on(connection.dataSource(false));
            };
            real.setAutoCommit(mode != Mode.CALLERS_TRANSACTION);
            Throwable failure = catchThrowable(() -> operation.work().on(pgai));
            if (failure == null && mode == Mode.CALLERS_TRANSACTION && !real.isClosed()) {
                real.commit();
            }
            return new Said(failure, isKnown(mode, operation, connection.calls(), cut), connection.calls());
        }
    }

    /**
     * Only where the call was on its way may it be unknown what came of it: the change itself in autocommit, and the
     * commit of a data source.
     */
    private static boolean isKnown(Mode mode, Operation operation, List<String> calls, Cut cut) {
        if (!operation.changes() || cut == Cut.BY_DRIVER_BEFORE || calls.isEmpty()) {
            return true;
        }
        String last = calls.stream().filter(call -> !call.equals("rollback")).reduce("", (one, other) -> other);
        return switch (mode) {
            case CALLERS_TRANSACTION -> true;
            case AUTOCOMMIT -> !last.contains("pg_advisory_xact_lock") && !last.contains("ai.create_vectorizer(");
            case DATA_SOURCE, DATA_SOURCE_WITHOUT_AUTOCOMMIT -> !last.equals("commit");
        };
    }

    private static Blog prepared(Operation operation) throws SQLException {
        Blog blog = new Blog();
        if (operation.isCreated()) {
            try (Connection connection = blog.connect()) {
                Pgai.on(connection).create(V);
            }
        }
        blog.execute(operation.before());
        return blog;
    }

    private static String state(Blog blog) throws SQLException {
        try (Connection connection = blog.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(STATE)) {
            row.next();
            // Without ids: one that was taken is not given back by a rollback.
            return row.getString(1).replaceAll("(_vectorizer_[a-z_]+_)\\d+", "$1N");
        }
    }
}
