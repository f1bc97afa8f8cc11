package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.QueueWait;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.Hazard;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** PgBouncer between: in its mode {@code transaction} a session of the server's is somebody's for one transaction. */
class PoolerTest {

    private static final VectorizerDefinition V = Blog.definition().build();

    /** What a session of the server's could keep for the next client. */
    private static final String LEFT = """
            select concat_ws(' ', (select count(*) from pg_locks where locktype = 'advisory'
                and database = (select oid from pg_database where datname = current_database())),
              (select count(*) from pg_prepared_statements), (select count(*) from pg_cursors where name <> ''),
              (select count(*) from pg_class where relpersistence = 't'), current_setting('search_path'),
              current_setting('row_security'), current_setting('lock_timeout'), current_user = session_user)
            """;

    private static final String NOTHING = "0 0 0 0 \"$user\", public on 0 t";

    private Blog blog;

    @BeforeEach
    void createDatabase() throws SQLException {
        PgBouncer.orSkip();
        blog = new Blog();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        if (blog != null) {
            blog.close();
        }
    }

    private PgBouncer start(String mode) throws Exception {
        return PgBouncer.start(blog.database(), mode);
    }

    private static String left(PGSimpleDataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return String.valueOf(Blog.query(connection, LEFT));
        }
    }

    @Test
    void every_operation_works_and_leaves_nothing_in_the_session() throws Exception {
        try (PgBouncer pooler = start("transaction")) {
            PGSimpleDataSource dataSource = pooler.dataSource(0);
            assertThat(left(dataSource)).isEqualTo(NOTHING);
            for (int i = 0; i < 6; i++) {
                DriverSettingsTest.everything(Pgai.on(dataSource));
                for (boolean autoCommit : List.of(true, false)) {
                    try (Connection connection = dataSource.getConnection()) {
                        connection.setAutoCommit(autoCommit);
                        DriverSettingsTest.everything(Pgai.on(connection));
                        if (!autoCommit) {
                            connection.commit();
                        }
                    }
                }
                assertThat(left(dataSource)).isEqualTo(NOTHING);
            }
        }
        assertThat(blog.traces()).isEqualTo("0 0 0");
    }

    /** Three transactions, and a wait between them. */
    @Test
    void a_plan_that_waits_for_workers_is_carried_out() throws Exception {
        try (PgBouncer pooler = start("transaction")) {
            Pgai pgai = Pgai.on(pooler.dataSource(0));
            pgai.create(V);
            VectorizerDefinition smaller = V.toBuilder()
                    .chunking(Chunking.recursiveCharacterTextSplitter()
                            .withChunkSize(100)
                            .withChunkOverlap(10))
                    .build();
            DesiredState desired = DesiredState.of(List.of(smaller));

            assertThat(pgai.apply(pgai.plan(desired), List.of(new Consent("v", Hazard.REEMBEDS_ROWS))))
                    .isNotEmpty();

            assertThat(pgai.plan(desired).isDrift()).isFalse();
            assertThat(pgai.find("v").orElseThrow().enabled()).isTrue();
            assertThat(left(pooler.dataSource(0))).isEqualTo(NOTHING);
        }
    }

    @Test
    void settings_of_a_search_end_with_it() throws Exception {
        try (PgBouncer pooler = start("transaction")) {
            Pgai pgai = Pgai.on(pooler.dataSource(0));
            pgai.create(V);
            NeighbourSearch search = EmbeddingRelation.store(V, List.of("id"))
                    .nearestTo(new float[V.embedding().dimensions()], 3)
                    .efSearch(77);

            assertThat(pgai.nearest(search)).isEmpty();

            try (Connection connection = pooler.dataSource(0).getConnection()) {
                assertThat(Blog.query(connection, "select coalesce(current_setting('hnsw.ef_search', true), '40')"))
                        .isIn("", "40");
            }
            blog.execute("delete from ai._vectorizer_q_" + pgai.inspect("v").id());
            assertThat(pgai.awaitEmptyQueue("v", QueueWait.upTo(Duration.ofSeconds(9)))
                            .isWhole())
                    .isTrue();
        }
    }

    /** The driver prepares what it sends the fifth time, in a session that is another's a moment later. */
    @Test
    void prepared_statements_that_are_lost_are_told_with_what_to_do() throws Exception {
        try (PgBouncer pooler = start("transaction")) {
            PGSimpleDataSource dataSource = pooler.dataSource(1);
            Pgai.on(dataSource).create(V);
            try (Connection one = dataSource.getConnection();
                    Connection other = dataSource.getConnection()) {
                assertThatExceptionOfType(PgaiDatabaseException.class)
                        .isThrownBy(() -> {
                            Pgai.on(one).exists("v");
                            Pgai.on(other).exists("v");
                            Pgai.on(one).exists("v");
                        })
                        .withMessageContaining("prepareThreshold=0");
            }
        }
    }

    /** Of the driver, in each of the sessions that a client is given. */
    @Test
    void prepared_statements_that_a_pooler_keeps_work() throws Exception {
        try (PgBouncer pooler = PgBouncer.keepingStatements(blog.database())) {
            PGSimpleDataSource dataSource = pooler.dataSource(1);
            for (int i = 0; i < 6; i++) {
                DriverSettingsTest.everything(Pgai.on(dataSource));
                try (Connection one = dataSource.getConnection();
                        Connection other = dataSource.getConnection()) {
                    DriverSettingsTest.everything(Pgai.on(one));
                    DriverSettingsTest.everything(Pgai.on(other));
                    assertThat(Pgai.on(one).list()).isEqualTo(Pgai.on(other).list());
                }
            }
        }
        assertThat(blog.traces()).isEqualTo("0 0 0");
    }

    @Test
    void a_pooler_of_single_statements_is_refused_and_nothing_is_done() throws Exception {
        try (PgBouncer pooler = start("statement")) {
            Pgai pgai = Pgai.on(pooler.dataSource(0));

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> pgai.create(V))
                    .isNotInstanceOf(RefusedException.class)
                    .withMessageContaining("transaction");
            assertThat(pgai.list()).isEmpty();
        }
        assertThat(blog.traces()).isEqualTo("0 0 0");
    }
}
