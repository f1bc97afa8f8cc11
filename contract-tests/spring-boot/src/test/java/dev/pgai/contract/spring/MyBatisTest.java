package dev.pgai.contract.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.spring.notes.NoteMapper;
import dev.pgai.contract.spring.notes.NotesApplication;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.mybatis.mapper.EmbeddingsMapper;
import dev.pgai.mybatis.mapper.VectorizerMapper;
import dev.pgai.mybatis.type.VectorTypeHandler;
import dev.pgai.search.EmbeddingRelation;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mybatis.spring.SqlSessionFactoryBean;
import org.mybatis.spring.annotation.MapperScan;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Beside MyBatis's own starter there are pgai's mappers, and those of the application as if ours were not there. */
class MyBatisTest {

    private static final String WITHOUT_OURS =
            "spring.autoconfigure.exclude=dev.pgai.spring.boot.PgaiMyBatisAutoConfiguration";

    private final BlogDatabase database = new BlogDatabase();

    @BeforeEach
    void createBlog() throws SQLException {
        database.withBlog();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void without_a_scan_the_mappers_of_the_application_and_ours_work() throws SQLException {
        try (ConfigurableApplicationContext application = database.start(NotesApplication.class)) {
            VectorizerMapper vectorizers = application.getBean(VectorizerMapper.class);
            vectorizers.create(BlogDatabase.definition());

            assertThat(vectorizers.list()).extracting(StoredVectorizer::name).containsExactly("blog");
            assertThat(application.getBean(NoteMapper.class).text(new float[] {1.5f, 2}))
                    .isEqualTo("[1.5,2]");
            assertThat(application
                            .getBean(dev.pgai.contract.spring.notes.EmbeddingsMapper.class)
                            .count())
                    .isZero();
            assertThat(application
                            .getBean(EmbeddingsMapper.class)
                            .nearest(EmbeddingRelation.view(BlogDatabase.definition(), List.of("id"))
                                    .nearestTo(new float[768], 5)))
                    .isEmpty();
        }
    }

    @Test
    void ours_take_part_in_springs_transactions() {
        try (ConfigurableApplicationContext application = database.start(NotesApplication.class)) {
            VectorizerMapper vectorizers = application.getBean(VectorizerMapper.class);
            new TransactionTemplate(application.getBean(PlatformTransactionManager.class))
                    .executeWithoutResult(status -> {
                        vectorizers.create(BlogDatabase.definition());
                        assertThat(vectorizers.exists("blog")).isTrue();
                        status.setRollbackOnly();
                    });
            assertThat(database.vectorizers()).isEmpty();
        }
    }

    /** What it is for: the scan that an application needs without it is one that takes its own mappers away. */
    @Test
    void with_a_scan_of_ours_alone_those_of_the_application_are_not_looked_for() {
        for (String properties : List.of(WITHOUT_OURS, "spring.main.banner-mode=off")) {
            try (ConfigurableApplicationContext application = database.start(OursAlone.class, properties)) {
                assertThat(application.getBeanNamesForType(VectorizerMapper.class))
                        .hasSize(1);
                assertThat(application.getBeanNamesForType(NoteMapper.class)).isEmpty();
            }
        }
    }

    @Test
    void a_scan_of_both_finds_ours_once() {
        for (String properties : List.of(WITHOUT_OURS, "spring.main.banner-mode=off")) {
            try (ConfigurableApplicationContext application = database.start(Both.class, properties)) {
                assertThat(application.getBeanNamesForType(VectorizerMapper.class))
                        .hasSize(1);
                assertThat(application.getBeanNamesForType(NoteMapper.class)).hasSize(1);
            }
        }
    }

    @Test
    void a_type_handler_of_the_applications_for_the_same_type_takes_the_place_of_ours() {
        try (ConfigurableApplicationContext application = database.start(OwnHandler.class)) {
            assertThat(application.getBeanNamesForType(VectorTypeHandler.class)).isEmpty();
            assertThat(application.getBean(NoteMapper.class).text(new float[] {1.5f, 2}))
                    .isEqualTo("{1.5,2.0}");
        }
    }

    @Test
    void with_several_session_factories_and_none_of_them_primary_there_are_no_mappers() {
        try (ConfigurableApplicationContext application = database.start(
                TwoFactories.class,
                "spring.autoconfigure.exclude=org.mybatis.spring.boot.autoconfigure.MybatisAutoConfiguration")) {
            assertThat(application.getBeanNamesForType(VectorizerMapper.class)).isEmpty();
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @AutoConfigurationPackage(basePackageClasses = NotesApplication.class)
    @MapperScan("dev.pgai.mybatis.mapper")
    static class OursAlone {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @MapperScan(
            basePackages = {"dev.pgai.contract.spring.notes", "dev.pgai.mybatis.mapper"},
            annotationClass = Mapper.class,
            nameGenerator = org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator.class)
    static class Both {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @AutoConfigurationPackage(basePackageClasses = NotesApplication.class)
    @Import(RealArrayHandler.class)
    static class OwnHandler {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class TwoFactories {

        @Bean
        SqlSessionFactory first(DataSource dataSource) throws Exception {
            return factory(dataSource);
        }

        @Bean
        SqlSessionFactory second(DataSource dataSource) throws Exception {
            return factory(dataSource);
        }

        private static SqlSessionFactory factory(DataSource dataSource) throws Exception {
            SqlSessionFactoryBean bean = new SqlSessionFactoryBean();
            bean.setDataSource(dataSource);
            return java.util.Objects.requireNonNull(bean.getObject());
        }
    }

    /** For columns {@code real[]}. */
    static class RealArrayHandler extends BaseTypeHandler<float[]> {

        @Override
        public void setNonNullParameter(
                PreparedStatement statement, int index, float[] values, @Nullable JdbcType jdbcType)
                throws SQLException {
            statement.setString(index, "{" + values[0] + "," + values[1] + "}");
        }

        @Override
        public float[] getNullableResult(ResultSet row, String column) {
            throw new UnsupportedOperationException(column);
        }

        @Override
        public float[] getNullableResult(ResultSet row, int column) {
            throw new UnsupportedOperationException("column " + column);
        }

        @Override
        public float[] getNullableResult(CallableStatement call, int column) {
            throw new UnsupportedOperationException("column " + column);
        }
    }
}
