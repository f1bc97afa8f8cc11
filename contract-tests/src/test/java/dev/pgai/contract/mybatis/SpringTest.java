package dev.pgai.contract.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.database.VectorizerNotFoundException;
import dev.pgai.mybatis.mapper.EmbeddingsMapper;
import dev.pgai.mybatis.mapper.VectorizerMapper;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.vectorizer.Embeddings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.ibatis.session.SqlSessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mybatis.spring.SqlSessionFactoryBean;
import org.mybatis.spring.SqlSessionTemplate;
import org.mybatis.spring.mapper.MapperFactoryBean;
import org.mybatis.spring.mapper.MapperScannerConfigurer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Mappers as Spring injects them, in Spring's transactions. */
class SpringTest {

    private static final String NOTHING = "0 0 0";
    private static final String POSTS = "1 1 2";

    private PostDatabase database;

    @BeforeEach
    void createDatabase() throws Exception {
        database = new PostDatabase();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private SqlSessionFactory sessions(DataSource dataSource) throws Exception {
        SqlSessionFactoryBean factory = new SqlSessionFactoryBean();
        factory.setDataSource(dataSource);
        factory.setTypeHandlersPackage("dev.pgai.mybatis.type");
        return Objects.requireNonNull(factory.getObject());
    }

    private <T> T mapper(SqlSessionFactory sessions, Class<T> type) throws Exception {
        MapperFactoryBean<T> factory = new MapperFactoryBean<>(type);
        factory.setSqlSessionTemplate(new SqlSessionTemplate(sessions));
        factory.afterPropertiesSet();
        return Objects.requireNonNull(factory.getObject());
    }

    @Test
    void a_transaction_of_springs_is_committed_or_rolled_back() throws Exception {
        DataSource dataSource = database.database().dataSource();
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        VectorizerMapper vectorizers = mapper(sessions(dataSource), VectorizerMapper.class);

        transaction.executeWithoutResult(status -> {
            vectorizers.create(PostDatabase.DEFINITION);
            status.setRollbackOnly();
        });
        assertThat(database.committed()).isEqualTo(NOTHING);

        assertThatExceptionOfType(VectorizerNotFoundException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> {
                    vectorizers.create(PostDatabase.DEFINITION);
                    vectorizers.drop("nope", Embeddings.DROP);
                }));
        assertThat(database.committed()).isEqualTo(NOTHING);

        transaction.executeWithoutResult(status -> {
            vectorizers.create(PostDatabase.DEFINITION);
            assertThat(vectorizers.exists("posts")).isTrue();
        });
        assertThat(database.committed()).isEqualTo(POSTS);
    }

    /** A pool may hand out connections in autocommit or not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void without_a_transaction_each_call_is_one(boolean autoCommit) throws Exception {
        VectorizerMapper vectorizers = mapper(
                sessions(new DelegatingDataSource(database.database().dataSource()) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        Connection connection = super.getConnection();
                        connection.setAutoCommit(autoCommit);
                        return connection;
                    }
                }),
                VectorizerMapper.class);

        vectorizers.create(PostDatabase.DEFINITION);
        assertThat(database.committed()).isEqualTo(POSTS);

        assertThatExceptionOfType(VectorizerNotFoundException.class)
                .isThrownBy(() -> vectorizers.call(pgai -> {
                    pgai.disable("posts");
                    pgai.drop("nope", Embeddings.DROP);
                    return true;
                }));
        assertThat(database.query("select disabled from ai.vectorizer")).isEqualTo(autoCommit ? "t" : "f");
    }

    @Test
    void a_scan_of_the_package_finds_the_mappers() throws Exception {
        SqlSessionFactory sessions = sessions(database.database().dataSource());
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.registerBean("sessions", SqlSessionFactory.class, () -> sessions);
            context.registerBean(MapperScannerConfigurer.class, () -> {
                MapperScannerConfigurer scanner = new MapperScannerConfigurer();
                scanner.setBasePackage("dev.pgai.mybatis.mapper");
                return scanner;
            });
            context.refresh();

            VectorizerMapper vectorizers = context.getBean(VectorizerMapper.class);
            vectorizers.create(PostDatabase.DEFINITION);
            EmbeddingRelation posts = vectorizers
                    .find("posts")
                    .map(stored -> EmbeddingRelation.store(stored.definition(), stored.primaryKey()))
                    .orElseThrow();
            database.execute("insert into post_embeddings_store (id, chunk_seq, chunk, embedding)"
                    + " values (7, 0, 'seven', '[1,2,3,4,5,6,7,8]')");

            assertThat(context.getBean(EmbeddingsMapper.class)
                            .nearest(posts.nearestTo(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 5)))
                    .singleElement()
                    .satisfies(found -> assertThat(found.chunk()).isEqualTo("seven"));
        }
    }
}
