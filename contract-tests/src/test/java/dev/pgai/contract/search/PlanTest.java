package dev.pgai.contract.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgai.jdbc.Pgai;
import dev.pgai.search.Condition;
import dev.pgai.search.Distance;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.search.SearchPlan;
import dev.pgai.search.SearchPlan.Reason;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is said of the index. The planner and the indexes are the real ones on the real lane alone: the stand-in has
 * indexes that serve no search, of which the same is said as of those for another distance.
 */
class PlanTest {

    private static final String TABLE = "\"S x\".\"Item ?\"";
    private static final EmbeddingRelation ITEMS =
            EmbeddingRelation.column(RelationName.of("S x", "Item ?"), List.of("id"), "vec");
    private static final NeighbourSearch FIVE = ITEMS.nearestTo(new float[] {1, 0, 0}, 5);

    private SearchDatabase database;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = SearchDatabase.offThePath();
        // The stand-in reads each vector by PL/pgSQL.
        int rows = database.hasRealPgvector() ? 5000 : 50;
        database.execute(
                "create schema \"S x\"",
                "create table " + TABLE + " (id int primary key, kind int, vec \"v x\".vector(3))",
                "insert into " + TABLE + " select i, i % 100, array[sin(i), cos(i), sin(i * 3)]::"
                        + SearchDatabase.VECTOR + " from generate_series(1, " + rows + ") i",
                "analyze");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private void assumeRealPgvector() throws SQLException {
        assumeTrue(database.hasRealPgvector(), "the stand-in for pgvector orders without an index");
    }

    private void index(String definition) throws SQLException {
        database.execute("create index \"Near ?\" on " + TABLE + " using " + definition, "analyze");
    }

    private SearchPlan.Exact exact(NeighbourSearch search) {
        SearchPlan plan = database.pgai().explain(search);
        assertThat(plan).isInstanceOf(SearchPlan.Exact.class);
        return (SearchPlan.Exact) plan;
    }

    @Test
    void without_an_index_it_says_what_to_create() {
        SearchPlan.Exact plan = exact(FIVE.by(Distance.INNER_PRODUCT));

        assertThat(plan.reason()).isEqualTo(Reason.NO_INDEX);
        assertThat(plan.message()).contains("create index concurrently").contains("vector_ip_ops");
        assertThat(plan.json()).contains("Seq Scan");
        assertThat(plan).hasToString("without index: " + plan.message());
    }

    @Test
    void an_index_for_another_distance_is_named() throws SQLException {
        index("hnsw (vec \"v x\".vector_cosine_ops)");

        SearchPlan.Exact plan = exact(FIVE.by(Distance.L2));

        assertThat(plan.reason()).isEqualTo(Reason.OTHER_DISTANCE);
        assertThat(plan.message())
                .startsWith("There is S x.Near ? (hnsw, v x.vector_cosine_ops), which does not order by L2 (<->).")
                .contains("vector_l2_ops");
    }

    @Test
    void other_indexes_are_not_spoken_of() throws SQLException {
        database.execute(
                "create index on " + TABLE + " (kind)", "create index on " + TABLE + " using btree (vec)", "analyze");

        assertThat(exact(FIVE.where(Condition.equal("kind", 1))).reason()).isEqualTo(Reason.NO_INDEX);
    }

    @Test
    void an_index_that_serves_is_named() throws SQLException {
        assumeRealPgvector();
        index("hnsw (vec \"v x\".vector_cosine_ops)");
        database.execute("create view near as select id + 0 as id, kind, vec from " + TABLE);
        EmbeddingRelation view = EmbeddingRelation.column(RelationName.of("public", "near"), List.of("id"), "vec");
        SearchPlan.ByIndex expected = new SearchPlan.ByIndex(RelationName.of("S x", "Near ?"), "hnsw", "");

        for (NeighbourSearch search : List.of(
                FIVE,
                FIVE.within(0.5),
                FIVE.where(Condition.notEqual("kind", 1)),
                FIVE.where(
                        Condition.oneOf("kind", IntStream.range(0, 50).boxed().toList())),
                FIVE.efSearch(100),
                FIVE.in(view))) {
            assertThat(database.pgai().explain(search))
                    .usingRecursiveComparison()
                    .ignoringFields("json")
                    .isEqualTo(expected);
        }
        assertThat(database.pgai().explain(FIVE)).hasToString("by index S x.Near ? (hnsw)");

        database.execute("drop index \"S x\".\"Near ?\"");
        index("ivfflat (vec \"v x\".vector_l2_ops) with (lists = 50)");
        assertThat(database.pgai().explain(FIVE.by(Distance.L2))).hasToString("by index S x.Near ? (ivfflat)");
    }

    @Test
    void the_index_of_a_partition_or_of_a_materialized_view_is_named() throws SQLException {
        assumeRealPgvector();
        database.execute(
                "create table parted (id int, vec \"v x\".vector(3)) partition by range (id)",
                "create table low partition of parted for values from (0) to (2501)",
                "create table high partition of parted for values from (2501) to (10000)",
                "insert into parted select id, vec from " + TABLE,
                "create index near on parted using hnsw (vec \"v x\".vector_cosine_ops)",
                "create materialized view made as select id, vec from " + TABLE,
                "create index made_near on made using hnsw (vec \"v x\".vector_cosine_ops)",
                "analyze");

        assertThat(database.pgai()
                        .explain(FIVE.in(
                                EmbeddingRelation.column(RelationName.of("public", "parted"), List.of("id"), "vec"))))
                .asString()
                .matches("by index public\\.(low|high)_vec_idx \\(hnsw\\)");
        assertThat(database.pgai()
                        .explain(FIVE.in(
                                EmbeddingRelation.column(RelationName.of("public", "made"), List.of("id"), "vec"))))
                .hasToString("by index public.made_near (hnsw)");
    }

    @Test
    void with_an_offset_it_depends_on_the_server() throws SQLException {
        assumeRealPgvector();
        index("hnsw (vec \"v x\".vector_cosine_ops)");

        SearchPlan plan = database.pgai().explain(FIVE.offset(5));

        if (database.major() > 16) {
            assertThat(plan).isInstanceOf(SearchPlan.ByIndex.class);
        } else {
            assertThat(exact(FIVE.offset(5)).reason()).isEqualTo(Reason.OFFSET);
        }
    }

    @Test
    void an_index_that_the_planner_leaves_says_so() throws SQLException {
        assumeRealPgvector();
        index("hnsw (vec \"v x\".vector_cosine_ops)");

        assertThat(exact(FIVE.where(Condition.equal("id", 1))).reason()).isEqualTo(Reason.NOT_CHOSEN);
        try (Connection connection = database.connect()) {
            SearchDatabase.execute(connection, "set enable_indexscan = off");
            assertThat(Pgai.on(connection).explain(FIVE))
                    .asString()
                    .startsWith("without index: There is S x.Near ? (hnsw, v x.vector_cosine_ops), and the planner");
        }
    }

    @Test
    void an_index_of_some_rows_or_none_says_so() throws SQLException {
        assumeRealPgvector();
        index("hnsw (vec \"v x\".vector_cosine_ops) where kind < 50");
        assertThat(exact(FIVE).reason()).isEqualTo(Reason.PARTIAL_INDEX);

        database.execute("drop index \"S x\".\"Near ?\"");
        index("hnsw (vec \"v x\".vector_cosine_ops)");
        database.execute("update pg_index set indisvalid = false where indexrelid = '\"S x\".\"Near ?\"'::regclass");
        assertThat(exact(FIVE).reason()).isEqualTo(Reason.INVALID_INDEX);
    }

    /** As a pool of prepared statements has it, in which the planner knows no parameter and each is a varchar. */
    @Test
    void a_generic_plan_uses_the_index_and_reads_the_vector_once() throws SQLException {
        assumeRealPgvector();
        index("hnsw (vec \"v x\".vector_cosine_ops)");
        NeighbourSearch search = FIVE.in(database.pgai().resolve(ITEMS))
                .where(Condition.oneOf("kind", List.of(1, 2, 3, 4, 5)))
                .within(0.5);
        String sql = search.sql();
        for (int i = 1; sql.contains("?)") || sql.contains("(? "); i++) {
            sql = sql.replaceFirst("cast\\(\\? as", "cast(\\$" + i + " as");
        }
        try (Connection connection = database.connectApart()) {
            SearchDatabase.execute(
                    connection,
                    "set plan_cache_mode = force_generic_plan",
                    "prepare s(varchar, varchar, varchar) as " + sql);

            String plan = SearchDatabase.query(
                            connection,
                            search.parameters().stream()
                                    .map(parameter -> "'" + parameter + "'")
                                    .collect(Collectors.joining(", ", "explain (verbose) execute s(", ")")))
                    .stream()
                    .collect(Collectors.joining("\n"));
            assertThat(plan).contains("Index Scan using \"Near ?\"").contains("Order By: ");
            // In a node of its own, which is run once.
            assertThat(plan.lines().filter(line -> line.contains("$1)")).map(String::strip))
                    .containsExactly("Output: ($1)::\"v x\".vector");
            assertThat(plan.lines().filter(line -> line.contains("$2)")).map(String::strip))
                    .containsExactly("Function Call: unnest(($2)::text[])");
        }
    }

    @Test
    void a_transaction_goes_on_and_nothing_is_run() throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            SearchDatabase.execute(connection, "create table mine (id int)");

            Pgai.on(connection).explain(FIVE);

            assertThat(SearchDatabase.query(connection, "select count(*) from mine"))
                    .containsExactly("0");
            connection.rollback();
        }
    }
}
