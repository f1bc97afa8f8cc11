package dev.pgai.contract.worker;

import static dev.pgai.testkit.assertj.PgaiAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.PgaiException;
import dev.pgai.testkit.worker.Embedder;
import dev.pgai.testkit.worker.TestWorker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What a worker does with a queue when nothing goes wrong. */
class TestWorkerTest {

    private static final String SMALL_CHUNKS =
            "chunking => ai.chunking_character_text_splitter(chunk_size => 8, chunk_overlap => 0, separator => ' ')";

    private BlogDatabase blog;
    private TestWorker worker;

    @BeforeEach
    void setUp() throws SQLException {
        blog = new BlogDatabase();
        worker = TestWorker.of(blog.database(), "blog");
    }

    @AfterEach
    void tearDown() {
        blog.close();
    }

    @Test
    void fills_the_store() throws Exception {
        blog.execute("insert into blog values (1, 'One', 'alpha beta gamma'), (2, 'Two', 'delta')")
                .vectorizer(SMALL_CHUNKS, "formatting => ai.formatting_python_template('$title: $chunk')");

        assertThat(worker.drain()).isEqualTo(2);

        assertThat(blog.database())
                .vectorizer("blog")
                .hasNothingPending()
                .hasNoErrors()
                .hasEmbeddings(4)
                .chunks()
                .containsExactly("One: alpha", "One: beta", "One: gamma", "Two: delta");
        assertThat(blog.query("select id, chunk_seq from blog_embedding_store order by 1, 2"))
                .containsExactly("1|0", "1|1", "1|2", "2|0");
        assertThat(blog.query("select title from blog_embedding where chunk = 'Two: delta'"))
                .containsExactly("Two");
        assertThat(blog.query("select distinct embedding <-> '"
                        + Arrays.toString(worker.embedder().embed("Two: delta"))
                        + "' from blog_embedding_store where id = 2"))
                .containsExactly("0");
    }

    @Test
    void finds_what_is_searched_for() throws Exception {
        blog.execute("insert into blog values (1, 'a', 'How to bake bread at home'),"
                        + " (2, 'b', 'Database migrations without downtime'), (3, 'c', 'Birds of the northern coast')")
                .vectorizer();
        worker.drain();

        try (Connection connection = blog.database().connection();
                PreparedStatement search = connection.prepareStatement(
                        "select id from blog_embedding order by embedding <=> ?::vector limit 1")) {
            search.setString(1, Arrays.toString(worker.embedder().embed("migrating a database")));
            try (ResultSet result = search.executeQuery()) {
                result.next();
                assertThat(result.getInt(1)).isEqualTo(2);
            }
        }
    }

    @Test
    void replaces_the_chunks_of_a_row_that_changed() throws Exception {
        blog.execute("insert into blog values (1, 'a', 'alpha beta'), (2, 'b', 'other')")
                .vectorizer(SMALL_CHUNKS);
        worker.drain();
        blog.execute("update blog set content = 'gamma' where id = 1");

        assertThat(worker.drain()).isEqualTo(1);

        assertThat(blog.database()).vectorizer("blog").chunks().containsExactly("gamma", "other");
    }

    @Test
    void removes_the_chunks_of_a_row_without_text() throws Exception {
        blog.execute("insert into blog values (1, 'a', 'x'), (2, 'b', 'y'), (3, 'c', ' ')")
                .vectorizer();
        worker.drain();
        assertThat(blog.database()).vectorizer("blog").hasEmbeddings(2);
        blog.execute("update blog set content = null where id = 1", "update blog set content = '' where id = 2");

        assertThat(worker.drain()).isEqualTo(2);

        assertThat(blog.database()).vectorizer("blog").hasEmbeddings(0).hasNothingPending();
    }

    @Test
    void takes_a_row_that_changed_twice_once() throws Exception {
        blog.vectorizer()
                .execute(
                        "insert into blog values (1, 'a', 'first')",
                        "update blog set content = 'second'",
                        "update blog set content = 'third'");
        assertThat(blog.database()).vectorizer("blog").hasPending(3);

        assertThat(worker.step()).isEqualTo(1);

        assertThat(blog.database())
                .vectorizer("blog")
                .hasNothingPending()
                .chunks()
                .containsExactly("third");
    }

    @Test
    void works_step_by_step() throws Exception {
        blog.execute("insert into blog select i, 't', 'text ' || i from generate_series(1, 5) i")
                .vectorizer("processing => ai.processing_default(batch_size => 2)");

        assertThat(worker.step()).isEqualTo(2);
        assertThat(blog.database()).vectorizer("blog").hasPending(3).hasEmbeddings(2);
        assertThat(worker.runOnce()).isEqualTo(3);
        assertThat(blog.database()).vectorizer("blog").hasPending(0).hasEmbeddings(5);
        assertThat(worker.step()).isZero();
    }

    @Test
    void takes_fifty_rows_by_default() throws Exception {
        blog.execute("insert into blog select i, 't', 'text ' || i from generate_series(1, 70) i")
                .vectorizer();

        assertThat(worker.step()).isEqualTo(50);
        assertThat(worker.step()).isEqualTo(20);
    }

    @Test
    void drains_beyond_a_batch_of_rows_that_are_gone() throws Exception {
        blog.vectorizer("processing => ai.processing_default(batch_size => 1)")
                .execute(
                        "alter table blog disable trigger user",
                        "insert into blog values (9, 'z', 'still there')",
                        "insert into ai._vectorizer_q_1 (id) values (1), (2), (9)",
                        "alter table blog enable trigger user");

        assertThat(worker.runOnce()).as("stops where pgai's worker does").isZero();
        assertThat(blog.database()).vectorizer("blog").hasPending(2);
        assertThat(worker.drain()).isEqualTo(1);
        assertThat(blog.database()).vectorizer("blog").hasNothingPending().hasEmbeddings(1);
    }

    @Test
    void writes_to_a_column() throws Exception {
        blog.execute("insert into blog values (1, 'a', 'alpha'), (2, 'b', null)")
                .vectorizer("destination => ai.destination_column('embedding')", "chunking => ai.chunking_none()");

        assertThat(worker.drain()).isEqualTo(2);

        assertThat(blog.database())
                .vectorizer("blog")
                .hasEmbeddings(1)
                .as("writing the column queues no row")
                .hasNothingPending();
        assertThat(blog.query("select embedding <-> '"
                        + Arrays.toString(Embedder.ofWords(64).embed("alpha")) + "' from blog where id = 1"))
                .containsExactly("0");
        blog.execute("update blog set content = '' where id = 1");
        worker.drain();
        assertThat(blog.database())
                .vectorizer("blog")
                .as("a row without text keeps its vector")
                .hasEmbeddings(1);
    }

    @Test
    void keeps_keys_of_all_kinds() throws Exception {
        blog.execute(
                "create schema \"My App\"",
                "create table \"My App\".\"Doc\" (body varchar(99), no bigint, tenant uuid, day date, tag varchar(3),"
                        + " primary key (tenant, no, tag, day))",
                "insert into \"My App\".\"Doc\" values ('first', 7, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',"
                        + " '2024-02-29', 'x'), ('second', 7, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '0044-03-15 BC',"
                        + " 'y')",
                "select ai.create_vectorizer('\"My App\".\"Doc\"'::regclass, name => 'doc',"
                        + " loading => ai.loading_column('body'), embedding => ai.embedding_openai('m', 8))");

        assertThatThrownBy(() -> TestWorker.of(blog.database(), "doc").drain())
                .as("Python has no dates before Christ")
                .hasMessageContaining("date too small (before year 1): '0044-03-15 BC'");
        blog.execute("delete from \"My App\".\"Doc\" where day < '0001-01-01'");
        assertThat(TestWorker.of(blog.database(), "doc").drain()).isEqualTo(1);

        assertThat(blog.query("select tenant, no, day, tag, chunk_seq, chunk from \"My App\".\"Doc_embedding_store\""))
                .containsExactly("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11|7|2024-02-29|x|0|first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Kathmandu", "+05:45"})
    void formats_values_as_python_does(ZoneId zone) throws Exception {
        blog.execute("alter table blog add big bigint default 12, add price numeric(6, 2) default 1.5,"
                        + " add ratio float8 default 1e16, add ok boolean default true,"
                        + " add day date default '2024-02-29', add at timestamptz default '2024-02-29 12:00+00',"
                        + " add tags text[] default '{a,\"it''s\"}', add meta jsonb default '{\"k\": [1, null]}',"
                        + " add pad char(4) default 'p', add missing int")
                .execute("insert into blog (id, content) values (1, 'x')")
                .vectorizer("formatting => ai.formatting_python_template("
                        + "'$chunk $big $price $ratio $ok $day $at $tags $meta $pad| ${missing} $$ $loading_retries')");

        TestWorker.builder(blog.database().dataSource(), "blog")
                .timeZone(zone)
                .build()
                .drain();

        assertThat(blog.query("select chunk from blog_embedding_store"))
                .containsExactly("x 12 1.50 1e+16 True 2024-02-29 2024-02-29 17:45:00+05:45 ['a', \"it's\"]"
                        + " {'k': [1, None]} p   | None $ 0");
    }

    @Test
    void passes_a_disabled_vectorizer_by() throws Exception {
        blog.execute("insert into blog values (1, 'a', 'x')")
                .vectorizer()
                .execute("select ai.disable_vectorizer_schedule('blog')");

        assertThat(worker.drain()).isZero();

        assertThat(blog.database()).vectorizer("blog").isDisabled().hasPending(1);
        blog.execute("select ai.enable_vectorizer_schedule('blog')");
        assertThat(worker.drain()).isEqualTo(1);
        assertThat(blog.database()).vectorizer("blog").isEnabled();
    }

    @Test
    void leaves_rows_to_others_that_are_at_work_on_them() throws Exception {
        blog.execute("insert into blog values (1, 'a', 'x'), (2, 'b', 'y'), (3, 'c', 'z')")
                .vectorizer();
        try (Connection other = blog.database().connection()) {
            other.setAutoCommit(false);
            BlogDatabase.query(other, "select id from ai._vectorizer_q_1 where id = 1 for update");
            BlogDatabase.query(other, "select pg_advisory_xact_lock(1, hashtext('id|2'))");

            assertThat(worker.drain()).isEqualTo(1);

            other.rollback();
        }
        assertThat(worker.drain()).isEqualTo(2);
    }

    @Test
    void counts_what_it_did() throws Exception {
        blog.execute("insert into blog values (1, 'a', 'x'), (2, 'b', 'y')").vectorizer();
        worker.drain();
        blog.execute("update blog set content = 'z' where id = 1");
        worker.drain();

        assertThat(blog.query("select version, success_count, error_count, last_error_message, heartbeat_count"
                        + " from ai.vectorizer_worker_process"))
                .containsExactly("pgai-testkit|3|0|null|2");
        assertThat(blog.query("select success_count, error_count, last_success_process_id = (select id from"
                        + " ai.vectorizer_worker_process), last_success_at is not null, last_error_at"
                        + " from ai.vectorizer_worker_progress"))
                .containsExactly("3|0|t|t|null");
    }

    @Test
    void embeds_with_what_it_is_given() throws Exception {
        blog.execute("insert into blog values (1, 'a', 'four')").vectorizer();
        Embedder lengths = text -> {
            float[] vector = new float[64];
            vector[0] = text.length();
            return vector;
        };

        TestWorker given = TestWorker.builder(blog.database().dataSource(), "blog")
                .embedder(lengths)
                .build();
        given.drain();

        assertThat(given.embedder()).isSameAs(lengths);
        assertThat(blog.query(
                        "select (embedding::text::float4[])[1] from (select translate(embedding::text, '[]', '{}')"
                                + " as embedding from blog_embedding_store) s"))
                .containsExactly("4");
    }

    @Test
    void gives_connections_back_as_they_were() throws Exception {
        blog.execute("insert into blog values (1, 'a', 'x')").vectorizer();
        try (Connection only = blog.database().connection()) {
            only.setAutoCommit(false);

            TestWorker.of(new OneConnection(only), "blog").drain();

            assertThat(only.getAutoCommit()).isFalse();
            only.rollback();
            assertThat(BlogDatabase.query(only, "show intervalstyle")).containsExactly("postgres");
        }
        assertThat(blog.database()).vectorizer("blog").hasEmbeddings(1);
    }

    @Test
    void names_a_vectorizer_that_is_not_there() {
        assertThatThrownBy(() -> worker.drain())
                .isInstanceOf(PgaiException.class)
                .hasMessage("There is no vectorizer blog in this database."
                        + " Create it before the worker for tests runs.");
    }

    /** Gives out one connection that outlives its use, as a pool does. */
    private static final class OneConnection extends PGSimpleDataSource {

        private static final long serialVersionUID = 1L;

        private final transient Connection connection;

        OneConnection(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Connection getConnection() {
            return (Connection) java.lang.reflect.Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("close") ? null : method.invoke(connection, arguments));
        }
    }
}
