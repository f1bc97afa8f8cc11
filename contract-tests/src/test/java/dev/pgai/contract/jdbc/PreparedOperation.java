package dev.pgai.contract.jdbc;

import dev.pgai.change.StartReplacement;
import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.jdbc.CutOperation.Prepared;
import dev.pgai.database.QueueWait;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An operation, and a database in which there is something for it to do.
 *
 * @param isCreated whether there is the vectorizer {@link #V} before
 * @param before SQL that runs before
 * @param changes whether it changes the database
 */
public record PreparedOperation(String name, boolean isCreated, String before, boolean changes, Work work) {

    /** The vectorizer that operations work on. */
    public static final VectorizerDefinition V = Blog.definition().build();

    /** Everything that an operation may change, as one text. */
    private static final String STATE = """
            select concat_ws(E'\\n',
              (select string_agg(concat_ws(' ', n.nspname, c.relname, c.relkind, c.relacl, obj_description(c.oid, 'pg_class'),
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

    private static final StartReplacement START = VectorizerChange.startReplacement(
            V.toBuilder().embedding(Embedding.ollama("other", 5)).build());

    /** A replacement of {@link #V} fills. */
    public static final String STARTED = START.sql().get(0);

    /** What is done. */
    public interface Work {
        void on(Pgai pgai);
    }

    /** Those that are one transaction with a data source. */
    public static List<PreparedOperation> all() {
        List<PreparedOperation> all = new ArrayList<>();
        add(all, "create", false, "select", true, pgai -> pgai.create(V));
        add(all, "createIfAbsent", false, "select", true, pgai -> pgai.createIfAbsent(V));
        add(all, "drop keeping", true, "select", true, pgai -> pgai.drop("v", Embeddings.KEEP));
        add(all, "drop", true, "select", true, pgai -> pgai.drop("v", Embeddings.DROP));
        add(all, "dropIfExists", true, "select", true, pgai -> pgai.dropIfExists("v", Embeddings.DROP));
        add(all, "disable", true, "select", true, pgai -> pgai.disable("v"));
        add(all, "enable", true, DISABLE, true, pgai -> pgai.enable("v"));
        add(
                all,
                "setScheduling",
                true,
                // The one function of TimescaleDB that the catalog calls.
                "create function public.delete_job(int) returns void language sql as 'select';"
                        + " update ai.vectorizer set config = jsonb_set(config, '{scheduling}', '{\"config_type\":"
                        + " \"scheduling\", \"implementation\": \"timescaledb\", \"schedule_interval\":"
                        + " \"00:05:00\"}')",
                true,
                pgai -> pgai.setScheduling("v", Scheduling.none(), Indexing.none()));
        add(all, "repair", true, "drop table ai._vectorizer_q_1", true, pgai -> pgai.repair("v"));
        add(
                all,
                "refreshView",
                true,
                "alter table public.blog add column author text",
                true,
                pgai -> pgai.refreshView("v"));
        add(all, "adopt", true, "select ai.drop_vectorizer(1)", true, pgai -> pgai.adopt(V));
        add(all, "forget", true, "drop table public.blog cascade", true, pgai -> pgai.forget("v"));
        add(
                all,
                "alter",
                true,
                "select",
                true,
                pgai -> pgai.alter(V.toBuilder()
                        .processing(Processing.byDefault().withBatchSize(7))
                        .build()));
        add(all, "startReplacement", true, "select", true, pgai -> pgai.apply(START));
        add(all, "abortReplacement", true, STARTED, true, pgai -> pgai.apply(VectorizerChange.abortReplacement("v")));
        add(
                all,
                "completeReplacement",
                true,
                STARTED + "; " + DISABLE,
                true,
                pgai -> pgai.apply(VectorizerChange.completeReplacement("v")));
        add(
                all,
                "replacements",
                true,
                STARTED,
                false,
                pgai -> pgai.replacements().list());
        add(all, "find", true, "select", false, pgai -> pgai.find("v"));
        add(all, "list", true, "select", false, Pgai::list);
        add(all, "inspect", true, "select", false, Pgai::inspect);
        add(all, "exists", true, "select", false, pgai -> pgai.exists("v"));
        add(all, "check", false, "select", false, pgai -> pgai.check(V));
        add(all, "countPending", true, "select", false, pgai -> pgai.countPending("v"));
        add(all, "errors", true, "select", false, pgai -> pgai.errors("v", 10));
        add(all, "managedObjects", true, "select", false, Pgai::managedObjects);
        add(
                all,
                "awaitEmptyQueue",
                true,
                "truncate ai._vectorizer_q_1",
                false,
                pgai -> pgai.awaitEmptyQueue("v", QueueWait.upTo(Duration.ofSeconds(10))));
        return all;
    }

    private static void add(
            List<PreparedOperation> all, String name, boolean isCreated, String before, boolean changes, Work work) {
        all.add(new PreparedOperation(name, isCreated, before, changes, work));
    }

    /** A database of its own, in the state before. */
    public Prepared prepare() throws SQLException {
        return new PreparedBlog(this);
    }

    @Override
    public String toString() {
        return name;
    }

    private static final class PreparedBlog implements Prepared {

        private final Blog blog = new Blog();

        PreparedBlog(PreparedOperation operation) throws SQLException {
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
        public PGSimpleDataSource dataSource() {
            return blog.dataSource();
        }

        /** Without ids, and in an order that does not depend on them: one that was taken is not given back. */
        @Override
        public String state() throws SQLException {
            return String.valueOf(blog.query(STATE))
                    .replaceAll("(_vectorizer_[a-z_]+_)\\d+", "$1N")
                    .lines()
                    .sorted()
                    .collect(Collectors.joining("\n"));
        }

        @Override
        public void close() throws SQLException {
            blog.close();
        }
    }
}
