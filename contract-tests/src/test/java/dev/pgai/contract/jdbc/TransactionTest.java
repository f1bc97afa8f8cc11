package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.database.DependentObjectsException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.database.SourceNotFoundException;
import dev.pgai.database.VectorizerExistsException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Who owns the transaction. */
class TransactionTest {

    private static final String NOTHING = "0 0 0";

    private final VectorizerDefinition definition = Blog.definition().build();
    private Blog blog;

    @BeforeEach
    void createDatabase() throws SQLException {
        blog = new Blog();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        blog.close();
    }

    @Test
    void rollback_by_the_caller_leaves_nothing() throws SQLException {
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);
            Pgai pgai = Pgai.on(connection);

            pgai.create(definition);
            pgai.createIfAbsent(Blog.definition()
                    .name("w")
                    .destination(Destination.column("e"))
                    .chunking(Chunking.none())
                    .build());
            pgai.disable("v");
            assertThat(pgai.list()).hasSize(2);
            connection.rollback();

            assertThat(pgai.list()).isEmpty();
        }
        assertThat(blog.traces()).isEqualTo(NOTHING);
    }

    @Test
    void rollback_by_the_caller_takes_a_drop_back() throws SQLException {
        Pgai.on(blog.dataSource()).create(definition);
        String before = blog.traces();
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);

            Pgai.on(connection).drop("v", Embeddings.DROP);
            assertThat(Pgai.on(connection).exists("v")).isFalse();
            connection.rollback();
        }
        assertThat(blog.traces()).isEqualTo(before).isNotEqualTo(NOTHING);
    }

    @Test
    void commit_by_the_caller_keeps_it() throws SQLException {
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);
            Pgai.on(connection).createIfAbsent(definition);
            assertThat(blog.traces()).isEqualTo(NOTHING);

            connection.commit();
        }
        assertThat(Pgai.on(blog.dataSource()).exists("v")).isTrue();
    }

    @Test
    void each_operation_on_an_autocommit_connection_is_kept() throws SQLException {
        try (Connection connection = blog.connect()) {
            Pgai pgai = Pgai.on(connection);
            Pgai other = Pgai.on(blog.dataSource());

            pgai.createIfAbsent(definition);
            assertThat(other.exists("v")).isTrue();
            pgai.disable("v");
            assertThat(other.find("v").orElseThrow().enabled()).isFalse();
            pgai.drop("v", Embeddings.DROP);
            assertThat(other.exists("v")).isFalse();
            pgai.create(definition);
            assertThat(other.exists("v")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_callers_connection_is_not_switched_committed_rolled_back_or_closed(boolean autoCommit) throws SQLException {
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(autoCommit);
            Spy spy = Spy.on(connection);
            Pgai pgai = Pgai.on(spy.connection());

            pgai.create(definition);
            pgai.createIfAbsent(definition);
            pgai.enable("v");
            pgai.drop("v", Embeddings.DROP);
            pgai.createIfAbsent(definition);
            assertThatExceptionOfType(VectorizerExistsException.class).isThrownBy(() -> pgai.create(definition));

            assertThat(spy.calls()).isEmpty();
            assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
        }
        assertThat(blog.traces()).isEqualTo(autoCommit ? "1 4 2" : NOTHING);
    }

    @Test
    void a_failure_without_a_statement_leaves_the_callers_transaction_usable() throws SQLException {
        VectorizerDefinition noSource =
                definition.toBuilder().source(RelationName.of("public", "nope")).build();
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);
            Blog.execute(connection, "insert into public.blog values (4, 't', 'c')");

            assertThatExceptionOfType(SourceNotFoundException.class)
                    .isThrownBy(() -> Pgai.on(connection).create(noSource));

            connection.commit();
        }
        assertThat(blog.query("select count(*) from public.blog")).isEqualTo("4");
    }

    @Test
    void a_refused_statement_leaves_the_callers_transaction_to_the_caller() throws SQLException {
        Pgai.on(blog.dataSource()).create(definition);
        blog.execute("create view public.mine as select * from public.blog_embeddings");
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);
            assertThatExceptionOfType(DependentObjectsException.class)
                    .isThrownBy(() -> Pgai.on(connection).drop("v", Embeddings.DROP));

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> Pgai.on(connection).exists("v"))
                    .withMessageContaining("roll it back")
                    .satisfies(e -> assertThat(e.sqlState()).isEqualTo("25P02"));

            connection.rollback();
            assertThat(Pgai.on(connection).exists("v")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_data_source_commits_and_gives_back_the_connection_as_it_came(boolean autoCommit) throws SQLException {
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(autoCommit);
            Spy spy = Spy.on(connection);

            Pgai.on(spy.dataSource()).create(definition);

            assertThat(blog.traces()).isEqualTo("1 4 2");
            assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
            assertThat(spy.calls())
                    .containsExactly(
                            autoCommit
                                    ? new String[] {"setAutoCommit false", "commit", "setAutoCommit true", "close"}
                                    // The first asks whether it may.
                                    : new String[] {"commit", "commit", "close"});
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_data_source_rolls_back_and_gives_back_the_connection_as_it_came(boolean autoCommit) throws SQLException {
        Pgai.on(blog.dataSource()).create(definition);
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(autoCommit);
            Spy spy = Spy.on(connection);
            Pgai pgai = Pgai.on(spy.dataSource());

            assertThatExceptionOfType(VectorizerExistsException.class).isThrownBy(() -> pgai.create(definition));

            assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
            assertThat(spy.calls())
                    .containsExactly(
                            autoCommit
                                    ? new String[] {"setAutoCommit false", "rollback", "setAutoCommit true", "close"}
                                    : new String[] {"commit", "rollback", "close"});
            assertThat(pgai.exists("v")).isTrue();
        }
    }

    /** A trigger that is deferred fails in the commit, when the operation itself has succeeded. */
    @Test
    void a_commit_that_fails_is_a_failure() throws SQLException {
        blog.execute(
                "create function public.refuse() returns trigger language plpgsql as"
                        + " 'begin raise exception ''no'' using errcode = ''23514''; end'",
                "create constraint trigger refuse after insert on ai.vectorizer deferrable initially deferred"
                        + " for each row execute function public.refuse()");

        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> Pgai.on(blog.dataSource()).create(definition))
                .withMessageStartingWith("Cannot commit")
                .satisfies(e -> assertThat(e.sqlState()).isEqualTo("23514"));

        assertThat(blog.traces()).isEqualTo(NOTHING);
    }

    @Test
    void what_fails_while_cleaning_up_is_kept_beside_the_first_failure() throws SQLException {
        DataSource broken = new BrokenConnections();

        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> Pgai.on(broken).create(definition))
                .satisfies(e -> {
                    assertThat(e.getCause()).isInstanceOf(SQLException.class);
                    assertThat(e.getSuppressed()).isNotEmpty().allMatch(SQLException.class::isInstance);
                });
    }

    /** To switch to autocommit would commit. */
    @Test
    void what_could_not_be_rolled_back_is_not_committed() throws SQLException {
        try (Connection real = blog.connect()) {
            Spy spy = Spy.on(real).failing("commit", "rollback");

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> Pgai.on(spy.dataSource()).create(definition));

            assertThat(spy.calls()).containsExactly("setAutoCommit false", "commit", "rollback", "abort", "close");
        }
        assertThat(blog.traces()).isEqualTo(NOTHING);
    }

    /** Spring hands out the connection of its transaction, which is not ours to commit. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_transaction_of_springs_is_named_and_left_alone(boolean hasWorked) throws SQLException {
        DataSource dataSource = new TransactionAwareDataSourceProxy(blog.dataSource());
        Pgai pgai = Pgai.on(dataSource);
        new TransactionTemplate(new DataSourceTransactionManager(blogDataSource(dataSource)))
                .executeWithoutResult(status -> {
                    if (hasWorked) {
                        new JdbcTemplate(dataSource).execute("insert into public.blog values (9, 'title', 'content')");
                    }
                    assertThat(pgai.list()).isEmpty();
                    assertThatExceptionOfType(RefusedException.class)
                            .isThrownBy(() -> pgai.create(definition))
                            .withMessageContaining("on(Connection)")
                            .satisfies(refused -> assertThat(refused.problems())
                                    .extracting(Problem::code)
                                    .containsExactly(Problem.Code.TRANSACTION_OF_OTHERS));
                    status.setRollbackOnly();
                });
        assertThat(blog.traces()).isEqualTo(NOTHING);
        assertThat(blog.query("select count(*) from public.blog")).isEqualTo("3");
        assertThat(pgai.create(definition).name()).as("outside of one").isEqualTo("v");
    }

    /** A pool in a transaction of JTA's, whose manager alone ends it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_transaction_of_jtas_is_named_and_left_alone(boolean hasWorked) throws SQLException {
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);
            if (hasWorked) {
                Blog.execute(connection, "insert into public.blog values (9, 'title', 'content')");
            }
            Spy spy = Spy.on(connection).failing("commit", "rollback", "setAutoCommit", "abort");
            Pgai pgai = Pgai.on(spy.dataSource());

            assertThat(pgai.list()).isEmpty();
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> pgai.create(definition))
                    .withMessageContaining("on(DataSource, inTransaction)")
                    .satisfies(refused -> assertThat(refused.problems())
                            .extracting(Problem::code)
                            .containsExactly(Problem.Code.TRANSACTION_OF_OTHERS));

            assertThat(spy.calls()).doesNotContain("rollback", "abort");
            connection.commit();
        }
        assertThat(blog.query("select count(*) from public.blog")).isEqualTo(hasWorked ? "4" : "3");
        assertThat(blog.traces()).isEqualTo(NOTHING);
    }

    private static DataSource blogDataSource(DataSource proxy) {
        return Objects.requireNonNull(((TransactionAwareDataSourceProxy) proxy).getTargetDataSource());
    }

    @Test
    void a_transaction_of_a_frameworks_is_joined_while_there_is_one() throws SQLException {
        AtomicBoolean inTransaction = new AtomicBoolean(true);
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);
            Spy spy = Spy.on(connection);
            Pgai pgai = Pgai.on(spy.dataSource(), inTransaction::get);

            pgai.create(definition);
            assertThat(pgai.exists("v")).isTrue();
            assertThatExceptionOfType(VectorizerExistsException.class).isThrownBy(() -> pgai.create(definition));

            assertThat(spy.calls()).containsExactly("close", "close", "close");
            connection.rollback();
            assertThat(blog.traces()).isEqualTo(NOTHING);

            inTransaction.set(false);
            pgai.create(definition);

            assertThat(blog.traces()).isEqualTo("1 4 2");
        }
    }

    @Test
    void a_data_source_without_a_server_says_so() {
        var nowhere = blog.dataSource();
        nowhere.setURL("jdbc:postgresql://127.0.0.1:1/nope");

        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> Pgai.on(nowhere).list())
                .withMessageStartingWith("Cannot get a connection")
                .satisfies(e -> assertThat(e.sqlState()).isEqualTo("08001"));
    }

    /** Gives connections whose server process has ended. */
    private final class BrokenConnections extends PGSimpleDataSource {

        private static final long serialVersionUID = 1L;

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = blog.connect();
            String pid = Blog.query(connection, "select pg_backend_pid()");
            blog.query("select pg_terminate_backend(" + pid + ", 10000)");
            return connection;
        }
    }
}
