package dev.pgai.contract.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.search.Condition;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** As the documentation shows a search in tools that run SQL. */
class SearchStoryTest {

    private static final float[] vector = {1, 0, 0};

    private static SearchDatabase database;
    private static EmbeddingRelation posts;

    @BeforeAll
    static void createDatabase() throws SQLException {
        database = SearchDatabase.withCatalog();
        database.execute("create table post (id int primary key, author text, content text)");
        VectorizerDefinition definition = VectorizerDefinition.builder(
                        RelationName.of("public", "post"), Loading.column("content"), Embedding.openai("m", 3))
                .name("posts")
                .destination(Destination.table("post_embeddings"))
                .build();
        database.pgai().create(definition);
        database.execute(
                "insert into post values (7, 'ann', 'seven')",
                "insert into post_embeddings_store (id, chunk_seq, chunk, embedding) values (7, 0, 'seven', '[1,0,0]')");
        posts = database.pgai().resolve(EmbeddingRelation.view(definition, List.of("id")));
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @Test
    void by_jooq() {
        DSLContext jooq = DSL.using(database.dataSource(), SQLDialect.POSTGRES);

        NeighbourSearch search = posts.nearestTo(vector, 5).where(Condition.equal("author", "ann"));
        Result<Record> found =
                jooq.resultQuery(search.sql(), search.parameters().toArray()).fetch();
        int id = found.get(0).get("key_1", Integer.class);
        double distance = found.get(0).get("distance", Double.class);

        assertThat(id).isEqualTo(7);
        assertThat(distance).isZero();
    }

    @Test
    void by_jpa() {
        try (EntityManager entityManager = database.hibernate().createEntityManager()) {

            NeighbourSearch search = posts.nearestTo(vector, 5).where(Condition.equal("author", "ann"));
            Query query = entityManager.createNativeQuery(search.sql(), Tuple.class);
            for (int i = 0; i < search.parameters().size(); i++) {
                query.setParameter(i + 1, search.parameters().get(i));
            }
            Tuple nearest = (Tuple) query.getResultList().get(0);
            int id = nearest.get("key_1", Integer.class);
            double distance = nearest.get("distance", Double.class);

            assertThat(id).isEqualTo(7);
            assertThat(distance).isZero();
        }
    }

    /** The settings are the transaction's, which is the caller's there. */
    @Test
    void settings_in_a_transaction_of_ones_own() {
        NeighbourSearch search = posts.nearestTo(vector, 5).efSearch(100);

        int found = DSL.using(database.dataSource(), SQLDialect.POSTGRES).transactionResult(configuration -> {
            DSLContext jooq = DSL.using(configuration);
            search.settings().forEach((name, value) -> jooq.fetch("select set_config(?, ?, true)", name, value));
            return jooq.fetch(search.sql(), search.parameters().toArray()).size();
        });

        assertThat(found).isEqualTo(1);
    }
}
