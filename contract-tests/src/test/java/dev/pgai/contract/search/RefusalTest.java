package dev.pgai.contract.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.InvalidArgumentException;
import dev.pgai.database.MissingRightsException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.NeighbourRow;
import dev.pgai.jdbc.Pgai;
import dev.pgai.search.Condition;
import dev.pgai.search.Distance;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a search would fail on is refused before, and a transaction of the caller's goes on. */
class RefusalTest {

    private static final float[] QUERY = {1, 0, 0};
    private static final EmbeddingRelation ITEMS =
            EmbeddingRelation.column(RelationName.of("public", "item"), List.of("id"), "vec");

    private static SearchDatabase database;

    @BeforeAll
    static void createDatabase() throws SQLException {
        database = SearchDatabase.offThePath();
        database.execute(
                "create table item (id int primary key, mail \"c x\".citext, word text, vec \"v x\".vector(3),"
                        + " free \"v x\".vector, nums real[])",
                "insert into item values (1, 'a', 'b', '[1,2,3]', '[1,2]')");
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    /** In a transaction that goes on. */
    private static void inTransaction(Connection connection, Consumer<Pgai> work) throws SQLException {
        connection.setAutoCommit(false);
        work.accept(Pgai.on(connection));
        assertThat(SearchDatabase.query(connection, "select 1")).containsExactly("1");
        connection.rollback();
    }

    private static void assertRefused(NeighbourSearch search, Problem.Code code, String message) throws SQLException {
        for (Consumer<Pgai> call : List.<Consumer<Pgai>>of(
                pgai -> pgai.nearest(search), pgai -> pgai.explain(search), pgai -> pgai.resolve(search.relation()))) {
            try (Connection connection = database.connect()) {
                inTransaction(
                        connection,
                        pgai -> assertThatExceptionOfType(RefusedException.class)
                                .isThrownBy(() -> call.accept(pgai))
                                .withMessageContaining(
                                        "Cannot search " + search.relation().name() + ": ")
                                .withMessageContaining(message)
                                .withNoCause()
                                .satisfies(e -> assertThat(e.problems())
                                        .extracting(Problem::code)
                                        .containsOnly(code)));
            }
        }
    }

    @Test
    void what_is_not_there_is_said() throws SQLException {
        assertRefused(
                EmbeddingRelation.column(RelationName.of("public", "Item"), List.of("id"), "vec")
                        .nearestTo(QUERY, 1),
                Problem.Code.RELATION_MISSING,
                "There is no table or view \"public\".\"Item\". Names are case-sensitive");
        assertRefused(
                EmbeddingRelation.column(RelationName.of("public", "item_pkey"), List.of("id"), "vec")
                        .nearestTo(QUERY, 1),
                Problem.Code.RELATION_MISSING,
                "There is no table or view");
        assertRefused(
                EmbeddingRelation.column(RelationName.of("public", "item"), List.of("nr"), "vector")
                        .nearestTo(QUERY, 1),
                Problem.Code.COLUMN_MISSING,
                "(2) \"public\".\"item\" has no column \"vector\". It has: free, id, mail, nums, vec, word.");
        assertRefused(
                new EmbeddingRelation(RelationName.of("public", "item"), List.of("id"), "vec", true, null)
                        .nearestTo(QUERY, 1),
                Problem.Code.COLUMN_MISSING,
                "has no column \"chunk_seq\"");
        assertRefused(
                EmbeddingRelation.column(RelationName.of("public", "item"), List.of("id"), "nums")
                        .nearestTo(QUERY, 1),
                Problem.Code.EMBEDDING_COLUMN_TYPE,
                "The column \"nums\" of \"public\".\"item\" is a pg_catalog._float4, and no vector of pgvector's.");
    }

    static List<NeighbourSearch> misfits() {
        return List.of(
                ITEMS.nearestTo(new float[2], 1),
                ITEMS.nearestTo(QUERY, 1).where(Condition.equal("wrod", "b")),
                ITEMS.nearestTo(QUERY, 1).where(Condition.isNull("wrod")),
                ITEMS.nearestTo(QUERY, 1).where(Condition.equal("word", 1)));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void what_does_not_fit_the_columns_is_refused(NeighbourSearch search) throws SQLException {
        try (Connection connection = database.connect()) {
            inTransaction(
                    connection,
                    pgai -> assertThatExceptionOfType(InvalidArgumentException.class)
                            .isThrownBy(() -> pgai.nearest(search)));
        }
        for (Way way : Way.values()) {
            assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> way.nearest(database, search));
        }
    }

    /** The column has no dimensions of its own, so that the server must say it. */
    @Test
    void what_only_the_server_knows_has_its_state() {
        EmbeddingRelation free = EmbeddingRelation.column(RelationName.of("public", "item"), List.of("id"), "free");

        assertThatExceptionOfType(dev.pgai.database.PgaiDatabaseException.class)
                .isThrownBy(() -> database.pgai().nearest(free.nearestTo(QUERY, 1)))
                .withMessageStartingWith("Cannot search public.item. The database says (SQLSTATE 22000): ")
                .satisfies(e -> assertThat(e.sql()).startsWith("select ").doesNotContain("1.0"));
    }

    @Test
    void a_column_without_dimensions_is_searched() {
        EmbeddingRelation free = EmbeddingRelation.column(RelationName.of("public", "item"), List.of("id"), "free");

        for (Distance distance : Distance.values()) {
            assertThat(database.pgai()
                            .nearest(free.nearestTo(new float[] {1, 2}, 1).by(distance)))
                    .hasSize(1);
        }
    }

    @Test
    void a_domain_over_vector_is_searched() throws SQLException {
        database.execute(
                "create domain embedding as \"v x\".vector(3)",
                "create table of_domain (id int primary key, vec embedding)",
                "insert into of_domain values (1, '[1,0,0]')");

        EmbeddingRelation table =
                EmbeddingRelation.column(RelationName.of("public", "of_domain"), List.of("id"), "vec");

        assertThat(database.pgai().nearest(table.nearestTo(QUERY, 1))).hasSize(1);
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> database.pgai().nearest(table.nearestTo(new float[2], 1)));
    }

    /** Each right that is named is one that was missing, and with all of them the search works. */
    @Test
    void rights_that_are_missing_are_named() throws SQLException {
        String role = "Anna \"" + UUID.randomUUID().toString().substring(0, 8);
        String quoted = '"' + role.replace("\"", "\"\"") + '"';
        NeighbourSearch search = ITEMS.nearestTo(QUERY, 1).where(Condition.equal("mail", "A"));
        database.execute("create role " + quoted, "revoke all on schema public from public");
        try (Connection connection = database.connect()) {
            SearchDatabase.execute(connection, "set role " + quoted);
            inTransaction(
                    connection,
                    pgai -> assertThatExceptionOfType(MissingRightsException.class)
                            .isThrownBy(() -> pgai.nearest(search))
                            .withMessageContaining("user \"" + role + "\" lacks rights")
                            .satisfies(e -> {
                                assertThat(e.user()).isEqualTo(role);
                                assertThat(e.missingGrants())
                                        .containsExactly(
                                                "grant usage on schema \"public\" to " + quoted,
                                                "grant usage on schema \"v x\" to " + quoted,
                                                "grant select on \"public\".\"item\" to " + quoted,
                                                "grant usage on schema \"c x\" to " + quoted);
                                for (String grant : e.missingGrants()) {
                                    grant(grant);
                                }
                            }));
            connection.setAutoCommit(true);
            assertThat(Pgai.on(connection).nearest(search)).hasSize(1);

            database.execute(
                    "revoke select on item from " + quoted, "grant select (id, vec, mail) on item to " + quoted);
            assertThat(Pgai.on(connection).nearest(search)).hasSize(1);
            SearchDatabase.execute(connection, "reset role");
        }
        database.execute("drop owned by " + quoted, "drop role " + quoted);
    }

    private static void grant(String sql) {
        try {
            database.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** A distance of 0 would say that it is the very same. */
    @Test
    void a_row_without_a_distance_is_refused() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select null::float8 as distance")) {
            row.next();
            assertThatExceptionOfType(InvalidArgumentException.class)
                    .isThrownBy(() -> NeighbourRow.read(row))
                    .withMessageContaining("distance is not set: a row that was found has one");
        }
    }

    /** A search needs no catalog of pgai's, which this database does not have. */
    @Test
    void pgai_is_not_needed() throws SQLException {
        assertThat(database.query("select count(*) from pg_namespace where nspname = 'ai'"))
                .containsExactly("0");
        assertThat(database.pgai().nearest(ITEMS.nearestTo(QUERY, 1))).hasSize(1);
    }

    @Test
    @SuppressWarnings("NullAway") // as a caller without NullAway may
    void null_is_refused_by_name() {
        Pgai pgai = database.pgai();
        assertNull("search", () -> pgai.nearest(null));
        assertNull("search", () -> pgai.explain(null));
        assertNull("relation", () -> pgai.resolve(null));
        assertNull("row", () -> NeighbourRow.read(null));
        assertNull("row", () -> NeighbourRow.key(null));
    }

    private interface Call {
        void run() throws SQLException;
    }

    private static void assertNull(String argument, Call call) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.argument()).isEqualTo(argument));
    }
}
