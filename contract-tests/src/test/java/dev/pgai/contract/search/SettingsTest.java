package dev.pgai.contract.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.search.Condition;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.IterativeScan;
import dev.pgai.search.Neighbour;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.search.SearchPlan;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.AutoSave;

/**
 * Settings of one search: that they hold for it, and for nothing else. An index gives 40 rows without them, and the
 * stand-in for pgvector, which has no index, all.
 */
class SettingsTest {

    private static final EmbeddingRelation ITEMS =
            EmbeddingRelation.column(RelationName.of("public", "item"), List.of("id"), "vec");
    private static final NeighbourSearch HUNDRED = ITEMS.nearestTo(new float[] {1, 0, 0}, 100);

    private static SearchDatabase database;
    private static boolean real;

    @BeforeAll
    static void createDatabase() throws SQLException {
        database = SearchDatabase.offThePath();
        real = database.hasRealPgvector();
        database.execute(
                "create table item (id int primary key, kind int, word text, vec \"v x\".vector(3))",
                "insert into item select i, i % 100, 'w', array[sin(i), cos(i), sin(i * 3)]::" + SearchDatabase.VECTOR
                        + " from generate_series(1, " + (real ? 5000 : 200) + ") i",
                "create index item_hnsw on item using hnsw (vec \"v x\".vector_cosine_ops)",
                "create table listed (like item)",
                "insert into listed select * from item",
                "create index listed_ivfflat on listed using ivfflat (vec \"v x\".vector_cosine_ops)"
                        + (real ? " with (lists = 50)" : ""),
                "analyze");
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    private static String setting(Connection connection) throws SQLException {
        return SearchDatabase.query(
                        connection, "select coalesce(nullif(current_setting('hnsw.ef_search', true), ''), '40')")
                .get(0);
    }

    @Test
    void they_hold_for_the_search() {
        assertThat(database.pgai().nearest(HUNDRED)).hasSize(real ? 40 : 100);
        assertThat(database.pgai().nearest(HUNDRED.efSearch(200))).hasSize(100);
        assertThat(database.pgai().nearest(HUNDRED)).hasSize(real ? 40 : 100);

        EmbeddingRelation listed = EmbeddingRelation.column(RelationName.of("public", "listed"), List.of("id"), "vec");
        NeighbourSearch all = HUNDRED.in(listed);
        int once = database.pgai().nearest(all.probes(1)).size();
        assertThat(database.pgai().nearest(all.probes(50))).hasSize(100);
        assertThat(once).isLessThanOrEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource(value = IterativeScan.class, names = "OFF", mode = Mode.EXCLUDE)
    void an_iterative_scan_finds_what_conditions_leave(IterativeScan iterative) {
        // A fifth of the rows: with fewer the planner looks at all of them.
        NeighbourSearch some = ITEMS.nearestTo(new float[] {1, 0, 0}, 30).where(Condition.less("kind", 20));
        assertThat(database.pgai().explain(some) instanceof SearchPlan.ByIndex).isEqualTo(real);

        List<Neighbour> without = database.pgai().nearest(some.iterativeScan(IterativeScan.OFF));
        List<Neighbour> with = database.pgai().nearest(some.iterativeScan(iterative));

        assertThat(without.size()).matches(size -> real ? size < 30 : size == 30);
        assertThat(with).hasSize(30).isSortedAccordingTo(Comparator.comparingDouble(Neighbour::distance));
    }

    @Test
    void a_transaction_of_the_callers_has_its_own_settings_back() throws SQLException {
        try (Connection connection = database.connectApart()) {
            connection.setAutoCommit(false);
            Pgai pgai = Pgai.on(connection);

            assertThat(pgai.nearest(HUNDRED.efSearch(200))).hasSize(100);
            assertThat(setting(connection)).isEqualTo("40");
            SearchDatabase.execute(connection, "set local hnsw.ef_search = 77");
            pgai.nearest(HUNDRED.efSearch(200));
            assertThat(setting(connection)).isEqualTo("77");
            connection.commit();
            assertThat(setting(connection)).isEqualTo("40");

            SearchDatabase.execute(connection, "set hnsw.ef_search = 66");
            pgai.nearest(HUNDRED.efSearch(200));
            assertThat(setting(connection)).isEqualTo("66");
            connection.commit();
            assertThat(setting(connection)).isEqualTo("66");
            SearchDatabase.execute(connection, "savepoint s");
            pgai.explain(HUNDRED.efSearch(200).iterativeScan(IterativeScan.STRICT_ORDER));
            SearchDatabase.execute(connection, "rollback to savepoint s");
            assertThat(setting(connection)).isEqualTo("66");
            connection.rollback();
            assertThat(setting(connection)).isEqualTo("66");
        }
    }

    /** Whether the failure ends the transaction, or the driver rolls back to a savepoint of its own. */
    @ParameterizedTest
    @EnumSource(
            value = AutoSave.class,
            names = {"NEVER", "ALWAYS"})
    void a_search_that_fails_leaves_none(AutoSave autoSave) throws SQLException {
        PGSimpleDataSource dataSource = database.database().dataSource();
        dataSource.setAutosave(autoSave);
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            SearchDatabase.execute(connection, "savepoint s");

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> Pgai.on(connection)
                            .nearest(HUNDRED.efSearch(200).where(Condition.equal("kind", "not a number"))))
                    .satisfies(e -> assertThat(e.sqlState()).isEqualTo("22P02"));

            if (autoSave == AutoSave.NEVER) {
                SearchDatabase.execute(connection, "rollback to savepoint s");
            }
            assertThat(setting(connection)).isEqualTo("40");
        }
    }

    @Test
    void in_autocommit_they_are_refused() throws SQLException {
        try (Connection connection = database.connectApart()) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> Pgai.on(connection).nearest(HUNDRED.efSearch(200)))
                    .withMessage("Cannot search public.item: The search has settings of its own, which hold for a"
                            + " transaction, and the connection is in autocommit. Switch autocommit off, or use a"
                            + " DataSource.")
                    .satisfies(e -> assertThat(e.problems())
                            .extracting(Problem::code)
                            .containsExactly(Problem.Code.TRANSACTION_MISSING));
            assertThat(setting(connection)).isEqualTo("40");
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    /** A pool hands the same connection to the next one. */
    @Test
    void a_connection_of_a_pool_goes_back_as_it_came() throws SQLException {
        database.reconnect();
        for (int i = 0; i < 3; i++) {
            assertThat(database.pgai().nearest(HUNDRED.efSearch(200))).hasSize(100);
            try (Connection connection = database.connect()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(setting(connection)).isEqualTo("40");
            }
        }
    }

    @Test
    void a_stand_in_without_an_index_has_nothing_to_set() throws SQLException {
        assumeTrue(!real, "pgvector has settings");
        try (Connection connection = database.connectApart()) {
            connection.setAutoCommit(false);

            assertThat(Pgai.on(connection).nearest(HUNDRED.efSearch(200))).hasSize(100);
            assertThat(SearchDatabase.query(connection, "select current_setting('hnsw.ef_search', true) is null"))
                    .containsExactly("t");
        }
    }
}
