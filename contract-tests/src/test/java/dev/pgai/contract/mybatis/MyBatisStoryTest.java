package dev.pgai.contract.mybatis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.mybatis.mapper.EmbeddingsMapper;
import dev.pgai.mybatis.mapper.VectorizerMapper;
import dev.pgai.search.Condition;
import dev.pgai.search.Distance;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.Neighbour;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.junit.jupiter.api.Test;

/** From the definition to what was found, as the documentation shows it. */
class MyBatisStoryTest {

    @Test
    void create_fill_search() throws Exception {
        try (PostDatabase database = new PostDatabase()) {
            SqlSessionFactory sessions = database.sessions();
            VectorizerDefinition definition = PostDatabase.DEFINITION;

            try (SqlSession session = sessions.openSession()) {
                VectorizerMapper vectorizers = session.getMapper(VectorizerMapper.class);
                vectorizers.createIfAbsent(definition);
                session.commit(); // rollback() leaves nothing
            }

            database.execute(
                    "insert into post values (1, 'ann', 'Ships', 'ships at sea'), (2, 'ann', 'Pears', 'pears')");
            TestWorker worker = TestWorker.of(database.database(), "posts");
            worker.drain();
            float[] vector = worker.embedder().embed("Ships #{url} ships at sea");

            try (SqlSession session = sessions.openSession()) {
                EmbeddingRelation posts = EmbeddingRelation.view(definition, List.of("id"));
                NeighbourSearch search =
                        posts.nearestTo(vector, 5).by(Distance.COSINE).where(Condition.equal("author", "ann"));
                List<Neighbour> found =
                        session.getMapper(EmbeddingsMapper.class).nearest(search);

                assertThat(found).hasSize(2);
                assertThat(found.get(0).distance()).isLessThan(1e-6);
                assertThat(found.get(0).chunk()).contains("ships at sea");
            }
        }
    }
}
