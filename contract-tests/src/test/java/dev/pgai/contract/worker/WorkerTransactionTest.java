package dev.pgai.contract.worker;

import static dev.pgai.testkit.assertj.PgaiAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.testkit.worker.WorkerFailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Whose transaction a worker is in. It never commits that of somebody else. */
class WorkerTransactionTest {

    private BlogDatabase blog;
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void setUp() throws SQLException {
        blog = new BlogDatabase();
        blog.vectorizer("processing => ai.processing_default(batch_size => 1)");
        logged.start();
        logger().addAppender(logged);
    }

    @AfterEach
    void tearDown() {
        logger().detachAppender(logged);
        blog.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.pgai.testkit.worker");
    }

    private List<String> said(Level level) {
        return logged.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void on_a_connection_it_works_in_the_callers_transaction() throws SQLException {
        try (Connection connection = blog.database().connection()) {
            connection.setAutoCommit(false);
            insert(connection, 1, 2);

            assertThat(TestWorker.of(connection, "blog").drain()).isEqualTo(2);

            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection)
                    .vectorizer("blog")
                    .hasNothingPending()
                    .chunks()
                    .containsExactly("text 1", "text 2");
            assertThat(blog.database()).vectorizer("blog").hasEmbeddings(0);
            connection.rollback();
            assertThat(connection).vectorizer("blog").hasNothingPending().hasEmbeddings(0);
            assertThat(BlogDatabase.query(connection, "select count(*) from blog"))
                    .containsExactly("0");
        }
    }

    @Test
    void what_the_session_says_of_texts_stays_as_it_was() throws SQLException {
        try (Connection connection = blog.database().connection()) {
            connection.setAutoCommit(false);
            BlogDatabase.query(connection, "select set_config('timezone', 'Asia/Kathmandu', true)");
            BlogDatabase.query(connection, "select set_config('intervalstyle', 'iso_8601', true)");
            insert(connection, 1);

            TestWorker.of(connection, "blog").drain();

            assertThat(BlogDatabase.query(connection, "show timezone")).containsExactly("Asia/Kathmandu");
            assertThat(BlogDatabase.query(connection, "show intervalstyle")).containsExactly("iso_8601");
            connection.rollback();
        }
    }

    @Test
    void in_autocommit_each_batch_is_a_transaction() throws SQLException {
        try (Connection connection = blog.database().connection()) {
            insert(connection, 1, 2);

            assertThat(TestWorker.of(connection, "blog").step()).isEqualTo(1);

            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(blog.database()).vectorizer("blog").hasEmbeddings(1).hasPending(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_batch_that_fails_leaves_the_callers_transaction_usable(boolean inTheDatabase) throws SQLException {
        blog.execute("alter table blog_embedding_store add check (chunk <> 'text 2')");
        try (Connection connection = blog.database().connection()) {
            connection.setAutoCommit(false);
            insert(connection, 1, 2);
            TestWorker worker = inTheDatabase
                    ? TestWorker.of(connection, "blog")
                    : TestWorker.builder(connection, "blog")
                            .embedder(text -> {
                                if (text.equals("text 2")) {
                                    throw new IllegalStateException("violates what I like");
                                }
                                return new float[64];
                            })
                            .build();

            assertThatExceptionOfType(WorkerFailedException.class)
                    .isThrownBy(worker::drain)
                    .withMessageContaining("violates");

            insert(connection, 3);
            assertThat(connection)
                    .vectorizer("blog")
                    .hasErrorContaining("violates")
                    .hasPending(2)
                    .chunks()
                    .containsExactly("text 1");
            connection.commit();
        }
        assertThat(blog.database())
                .vectorizer("blog")
                .hasErrorContaining("violates")
                .hasEmbeddings(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void in_a_transaction_of_springs_it_commits_nothing(boolean rowsOfTheTransaction) throws SQLException {
        DataSource dataSource =
                new TransactionAwareDataSourceProxy(blog.database().dataSource());
        if (!rowsOfTheTransaction) {
            blog.execute("insert into blog values (1, 't', 'text 1')");
        }
        inSpringsTransaction(dataSource, () -> {
            if (rowsOfTheTransaction) {
                new JdbcTemplate(dataSource).execute("insert into blog values (1, 't', 'text 1')");
            }
            assertThat(TestWorker.of(dataSource, "blog").drain()).isEqualTo(1);
            assertThat(new JdbcTemplate(dataSource).queryForObject("select count(*) from blog_embedding", Long.class))
                    .isEqualTo(1);
        });
        assertThat(blog.database()).vectorizer("blog").hasEmbeddings(0).hasPending(rowsOfTheTransaction ? 0 : 1);
        assertThat(said(Level.INFO))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("The data source of the worker on vectorizer blog gives the connection of a"
                                + " transaction that has begun"));
    }

    @Test
    void outside_of_springs_transaction_it_commits() throws SQLException {
        blog.execute("insert into blog values (1, 't', 'text 1')");
        DataSource dataSource =
                new TransactionAwareDataSourceProxy(blog.database().dataSource());
        assertThat(TestWorker.of(dataSource, "blog").drain()).isEqualTo(1);
        assertThat(blog.database()).vectorizer("blog").hasEmbeddings(1);
    }

    /** Pools can be told to, and Spring Boot's users are told to. */
    @Test
    void on_a_pool_without_autocommit_it_commits() throws SQLException {
        blog.execute("insert into blog values (1, 't', 'text 1')");
        DataSource pool = new DelegatingDataSource(blog.database().dataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setAutoCommit(false);
                return connection;
            }
        };
        assertThat(TestWorker.of(pool, "blog").drain()).isEqualTo(1);
        assertThat(blog.database()).vectorizer("blog").hasEmbeddings(1);
    }

    @Test
    void rows_that_it_cannot_see_are_spoken_of() throws SQLException {
        DataSource dataSource = blog.database().dataSource();
        inSpringsTransaction(dataSource, () -> {
            new JdbcTemplate(new TransactionAwareDataSourceProxy(dataSource))
                    .execute("insert into blog values (1, 't', 'text 1')");
            assertThat(TestWorker.of(dataSource, "blog").drain()).isZero();
        });
        assertThat(said(Level.WARN))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith(
                                "Nothing is due in the queue of vectorizer blog, but a transaction that has not ended"
                                        + " has changed it (process ")
                        .endsWith("Inside of it, use TestWorker.of(connection, ...)."));
        assertThat(TestWorker.of(dataSource, "blog").drain()).isZero();
        assertThat(said(Level.WARN)).hasSize(1);
    }

    private void inSpringsTransaction(DataSource dataSource, Runnable work) {
        DataSource target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : dataSource;
        new TransactionTemplate(new DataSourceTransactionManager(target)).executeWithoutResult(status -> {
            work.run();
            status.setRollbackOnly();
        });
    }

    private static void insert(Connection connection, int... ids) throws SQLException {
        for (int id : ids) {
            connection.createStatement().execute("insert into blog values (" + id + ", 't', 'text " + id + "')");
        }
    }
}
