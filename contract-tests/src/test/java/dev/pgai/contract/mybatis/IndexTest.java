package dev.pgai.contract.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgai.jdbc.Pgai;
import dev.pgai.mybatis.type.VectorTypeHandler;
import dev.pgai.search.Condition;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.NeighbourSearch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the real pgvector's planner makes of a search; the stand-in has no index that orders. */
class IndexTest {

    @Test
    void a_search_uses_the_index_on_store_and_view() throws Exception {
        try (PostDatabase database = new PostDatabase()) {
            boolean standin = database.query("select extversion from pg_extension where extname = 'vector'")
                    .endsWith("standin");
            assumeTrue(!standin, "the stand-in for pgvector orders without an index");
            Pgai.on(database.database().dataSource()).create(PostDatabase.DEFINITION);
            database.execute(
                    "insert into post select i, 'ann', 't', 'c' from generate_series(1, 2000) i",
                    "insert into post_embeddings_store (id, chunk_seq, chunk, embedding)"
                            + " select i, 0, 'c', array[i, i % 7, i % 11, i % 13, i % 17, i % 19, i % 23, 1]::vector"
                            + " from generate_series(1, 2000) i",
                    "create index nearest on post_embeddings_store using hnsw (embedding vector_cosine_ops)",
                    "analyze");
            float[] vector = {1, 2, 3, 4, 5, 6, 7, 8};
            List<String> key = List.of("id");

            assertThat(plan(
                            database,
                            EmbeddingRelation.store(PostDatabase.DEFINITION, key)
                                    .nearestTo(vector, 5)))
                    .contains("Index Scan using nearest")
                    .doesNotContain("Sort");
            assertThat(plan(
                            database,
                            EmbeddingRelation.view(PostDatabase.DEFINITION, key)
                                    .nearestTo(vector, 5)
                                    .where(Condition.equal("author", "ann"))
                                    .within(0.5)))
                    .contains("Index Scan using nearest")
                    .doesNotContain("Sort");
        }
    }

    private static String plan(PostDatabase database, NeighbourSearch search) throws SQLException {
        try (Connection connection = database.database().connection();
                Statement plans = connection.createStatement();
                PreparedStatement statement = connection.prepareStatement("explain " + search.sql())) {
            plans.execute("set plan_cache_mode = force_generic_plan");
            List<Object> parameters = search.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                if (parameters.get(i) instanceof float[] vector) {
                    new VectorTypeHandler().setNonNullParameter(statement, i + 1, vector, null);
                } else {
                    statement.setObject(i + 1, parameters.get(i));
                }
            }
            List<String> lines = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            return String.join("\n", lines);
        }
    }
}
