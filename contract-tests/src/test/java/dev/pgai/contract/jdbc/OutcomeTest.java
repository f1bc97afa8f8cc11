package dev.pgai.contract.jdbc;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.contract.jdbc.CutOperation.Mode;
import dev.pgai.contract.jdbc.CutOperation.Prepared;
import dev.pgai.database.QueueWait;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
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
                        .filter(mode -> entry.getValue().changes() || isOfTransactions(mode))
                        .map(mode -> arguments(entry.getKey(), mode, entry.getValue())));
    }

    /** What only reads has no end of a transaction that depends on more. */
    private static boolean isOfTransactions(Mode mode) {
        return mode == Mode.CALLERS_TRANSACTION || mode == Mode.DATA_SOURCE_WITHOUT_AUTOCOMMIT;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("each")
    void what_is_said_is_what_is_there(String name, Mode mode, Operation operation) throws Exception {
        new CutOperation(operation.changes()) {

            @Override
            protected Prepared prepare() throws SQLException {
                return new PreparedBlog(operation);
            }

            @Override
            protected void run(Connection connection) {
                operation.work().on(Pgai.on(connection));
            }

            @Override
            protected void run(DataSource dataSource) {
                operation.work().on(Pgai.on(dataSource));
            }

            @Override
            protected boolean onlyReads() {
                return !operation.changes();
            }

            @Override
            protected boolean isChange(String statement) {
                return statement.contains("pg_advisory_xact_lock") || statement.contains("ai.create_vectorizer(");
            }
        }.tryAll(mode);
    }

    private static final class PreparedBlog implements Prepared {

        private final Blog blog = new Blog();

        PreparedBlog(Operation operation) throws SQLException {
            if (operation.isCreated()) {
                Pgai.on(blog.dataSource()).create(V);
            }
            blog.execute(operation.before());
        }

        @Override
        public Connection connect() throws SQLException {
            return blog.connect();
        }

        @Override
        public DataSource dataSource() {
            return blog.dataSource();
        }

        /** Without ids: one that was taken is not given back by a rollback. */
        @Override
        public String state() throws SQLException {
            return String.valueOf(blog.query(STATE)).replaceAll("(_vectorizer_[a-z_]+_)\\d+", "$1N");
        }

        @Override
        public void close() throws SQLException {
            blog.close();
        }
    }
}
