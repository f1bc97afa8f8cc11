package dev.pgai.contract.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.spring.notes.NoteMapper;
import dev.pgai.jdbc.Pgai;
import dev.pgai.mybatis.mapper.VectorizerMapper;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import org.junit.jupiter.api.Test;
import org.mybatis.spring.boot.test.autoconfigure.MybatisTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;

/** A slice of the application that has MyBatis. */
@PgaiTest(scripts = "classpath:db/schema.sql", vectorizers = "classpath:blog.json")
@MybatisTest(properties = {"spring.flyway.enabled=false", "spring.liquibase.enabled=false"})
@ContextConfiguration(classes = SliceApplication.class)
class MyBatisSliceTest {

    @Test
    void a_slice_with_mybatis_has_the_database_and_all_mappers(
            @Autowired JdbcTemplate jdbc,
            @Autowired NoteMapper notes,
            @Autowired VectorizerMapper vectorizers,
            @Autowired Pgai pgai,
            TestDatabase database) {
        assertThat(jdbc.queryForObject("select current_database()", String.class))
                .isEqualTo(database.name());
        assertThat(notes.text(new float[] {1, 2})).isEqualTo("[1,2]");
        assertThat(vectorizers.exists("blog")).isTrue();
        assertThat(pgai.exists("blog")).isTrue();
    }
}
