package dev.pgai.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.NeighbourRow;
import dev.pgai.jdbc.Pgai;
import dev.pgai.search.Condition;
import dev.pgai.search.Distance;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.IterativeScan;
import dev.pgai.search.Neighbour;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.search.SearchPlan;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What docs/search.md shows. */
class SearchTest {

    private static final VectorizerDefinition definition = BlogMigration.VECTORIZER;

    private static TestDatabase database;
    private static DataSource dataSource;
    private static float[] vector;

    @BeforeAll
    static void fill() throws Exception {
        database = TestDatabases.standard().create();
        dataSource = database.dataSource();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table blog (id int primary key, title text, content text)");
            Pgai.on(connection).create(definition);
            statement.execute("insert into blog values (1, 'Ships', 'Wind and rope.'), (2, 'Bread', 'Flour, water.')");
        }
        TestWorker worker = TestWorker.of(database, "blog_content_embedder");
        worker.drain();
        vector = worker.embedder().embed("Ships - Wind and rope.");
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @Test
    void by_jdbc() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            EmbeddingRelation posts = EmbeddingRelation.view(definition, List.of("id"));

            NeighbourSearch search = posts.nearestTo(vector, 5).where(Condition.equal("title", "Ships"));
            for (Neighbour neighbour : Pgai.on(connection).nearest(search)) { // or Pgai.on(dataSource)
                System.out.println(neighbour.key("id") + " at " + neighbour.distance() + ": " + neighbour.chunk());
            }

            assertThat(Pgai.on(connection).nearest(search))
                    .singleElement()
                    .satisfies(neighbour -> assertThat(neighbour.key("id")).isEqualTo(1));
        }
    }

    @Test
    void by_springs_jdbc_client() {
        JdbcClient client = JdbcClient.create(dataSource);

        // Once, when the application starts.
        EmbeddingRelation posts = Pgai.on(dataSource).resolve(EmbeddingRelation.view(definition, List.of("id")));

        NeighbourSearch search = posts.nearestTo(vector, 5).where(Condition.equal("title", "Ships"));
        List<Neighbour> found = client.sql(search.sql())
                .params(search.parameters())
                .query((row, number) -> NeighbourRow.read(row))
                .list();

        assertThat(found).isEqualTo(Pgai.on(dataSource).nearest(search)).hasSize(1);
    }

    @Test
    void pages_distance_and_settings() {
        EmbeddingRelation posts = EmbeddingRelation.view(definition, List.of("id"));

        NeighbourSearch search = posts.nearestTo(vector, 10)
                .by(Distance.L2)
                .within(0.8)
                .offset(0) // 10 for the second page
                .efSearch(100)
                .iterativeScan(IterativeScan.STRICT_ORDER);

        assertThat(Pgai.on(dataSource).nearest(search)).hasSize(1);
    }

    @Test
    void a_search_tells_whether_an_index_serves_it() {
        EmbeddingRelation posts = EmbeddingRelation.view(definition, List.of("id"));
        Pgai pgai = Pgai.on(dataSource);

        SearchPlan plan = pgai.explain(posts.nearestTo(vector, 10));
        System.out.println(plan); // by index public.blog_embeddings_hnsw (hnsw), or why not

        assertThat(plan).asString().contains("There is no index on the embeddings.");
    }
}
