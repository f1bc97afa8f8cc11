package dev.pgai.contract.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerInspection;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is in {@code ai.vectorizer}: no operation fails for another's row, and none in a way that is not documented.
 */
class OddRowsTest {

    /** How many; {@code -Dpgai.test.rows=5000} takes more. */
    private static final int ROWS = Integer.getInteger("pgai.test.rows", 300);

    private static final int AT_ONCE = 100;

    private record Usual(JsonNode key, JsonNode config) {}

    private TestDatabase database;
    private Connection connection;
    private Pgai pgai;
    private List<Usual> usual;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = TestDatabases.standard().create();
        connection = database.connection();
        connection.setAutoCommit(false);
        pgai = Pgai.on(connection);
        execute("create table public.blog (id bigint, lang text, content text, primary key (id, lang))");
        pgai.create(definition("to_table")
                .formatting(Formatting.pythonTemplate("$content $chunk"))
                .build());
        pgai.create(definition("to_column")
                .destination(Destination.column("embedded"))
                .chunking(Chunking.none())
                .build());
        usual = usual();
        connection.commit();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void are_read_and_dropped_and_leave_others_alone() throws SQLException {
        for (long first = 1; first <= ROWS; first += AT_ONCE) {
            List<OddRow> rows = new ArrayList<>();
            for (long seed = first; seed < first + AT_ONCE; seed++) {
                rows.add(row(seed));
            }
            for (OddRow row : rows) {
                row.insert(connection);
            }
            areReadTogether(rows);
            for (OddRow row : rows) {
                isRead(row);
            }
            for (OddRow row : rows) {
                isDropped(row);
            }
            assertThat(pgai.list()).extracting(StoredVectorizer::name).containsExactly("to_table", "to_column");
            connection.rollback();
        }
    }

    /** With fewer rights there is more that is not known. */
    @ParameterizedTest
    @ValueSource(strings = {"select", "insert, update, delete", ""})
    void are_read_by_who_may_do_little(String rights) throws SQLException {
        for (long seed = 1; seed <= AT_ONCE; seed++) {
            row(seed).insert(connection);
        }
        execute("create role little");
        execute("grant usage on schema ai to little");
        if (!rights.isEmpty()) {
            execute("grant " + rights + " on ai.vectorizer to little");
        }
        execute("set local role little");

        for (Runnable look : List.<Runnable>of(
                pgai::list,
                pgai::inspect,
                pgai::managedObjects,
                () -> pgai.find("odd_1"),
                () -> pgai.inspect("odd_2"),
                () -> pgai.exists("odd_3"),
                () -> pgai.countPending("odd_4"),
                () -> pgai.errors("odd_5", 3),
                () -> pgai.check(VectorizerChange.drop("odd_6", Embeddings.KEEP)),
                () -> pgai.check(VectorizerChange.repair("odd_7")),
                () -> pgai.check(definition("other").build()))) {
            documented("with little rights", look);
        }
        connection.rollback();
    }

    private OddRow row(long seed) {
        Usual of = usual.get((int) (seed % usual.size()));
        return OddRow.of(seed, of.key(), of.config());
    }

    private void areReadTogether(List<OddRow> rows) throws SQLException {
        List<String> names = Stream.concat(
                        Stream.of("to_table", "to_column"), rows.stream().map(OddRow::name))
                .toList();

        assertThat(pgai.list()).extracting(StoredVectorizer::name).containsExactlyElementsOf(names);
        assertThat(pgai.inspect()).extracting(VectorizerInspection::name).containsExactlyElementsOf(names);
        assertThat(pgai.find("to_table").orElseThrow().isWhole()).isTrue();
        assertThat(pgai.inspect("to_column").isWhole()).isTrue();
        assertThat(pgai.check(definition("another").build())).isEmpty();
        ManagedObjects managed = pgai.managedObjects();
        assertThat(managed.containsRelation("public", "blog_embedding_store")).isTrue();
        assertThat(managed.containsRelation("public", "blog")).isFalse();
    }

    private void isRead(OddRow row) throws SQLException {
        StoredVectorizer found = pgai.find(row.name()).orElseThrow();
        assertThat(found.toString()).contains(row.name());
        if (found.unreadable().isEmpty()) {
            assertThat(found.definition().name()).isEqualTo(row.name());
        }
        VectorizerInspection inspection = pgai.inspect(row.name());
        assertThat(inspection.isWhole()).as("none has its trigger: %s", row).isFalse();
        assertThat(pgai.exists(row.name())).isFalse();
        documented(row, () -> pgai.check(VectorizerChange.repair(row.name())));
        documented(row, () -> pgai.check(VectorizerChange.disable(row.name())));
        documented(row, () -> pgai.countPending(row.name()));
        documented(row, () -> pgai.errors(row.name(), 3));
    }

    /** Its embeddings only when it says where they are; always without them. */
    private void isDropped(OddRow row) throws SQLException {
        execute("savepoint before");
        try {
            pgai.drop(row.name(), Embeddings.DROP);
        } catch (PgaiException e) {
            assertThat(e).as("%s", row).hasMessageMatching("(?s).{10,}");
        }
        execute("rollback to savepoint before");
        try {
            pgai.drop(row.name(), Embeddings.KEEP);
        } catch (RuntimeException e) {
            throw new AssertionError("Cannot be dropped: " + row, e);
        }
    }

    /** Either it works, or it says why not by an exception of this library, and the transaction goes on. */
    private void documented(Object row, Runnable look) throws SQLException {
        try {
            look.run();
        } catch (PgaiException e) {
            assertThat(e).as("%s", row).hasMessageMatching("(?s).{10,}");
        }
        execute("select 1");
    }

    private static VectorizerDefinition.Builder definition(String name) {
        return VectorizerDefinition.builder(
                        RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
                .name(name)
                .destination(
                        name.equals("to_table")
                                ? Destination.table("blog_embedding")
                                : Destination.table("blog_embedding_of_" + name));
    }

    private List<Usual> usual() throws SQLException {
        ObjectMapper mapper = new ObjectMapper();
        List<Usual> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select source_pk, config from ai.vectorizer order by id")) {
            while (row.next()) {
                rows.add(new Usual(mapper.readTree(row.getString(1)), mapper.readTree(row.getString(2))));
            }
        } catch (JsonProcessingException e) {
            throw new SQLException(e);
        }
        return rows;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
