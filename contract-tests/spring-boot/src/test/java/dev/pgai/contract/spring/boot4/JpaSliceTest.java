package dev.pgai.contract.spring.boot4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.spring.model.BlogEmbedding;
import dev.pgai.contract.spring.slice.SliceApplication;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.test.context.ContextConfiguration;

/** A slice of the application that has JPA and a migration. */
@PgaiTest
@DataJpaTest(
        properties = {
            "spring.flyway.locations=classpath:db/blog",
            "spring.flyway.baseline-on-migrate=true",
            "spring.flyway.baseline-version=0",
            "spring.liquibase.enabled=false",
            "pgai.vectorizers=classpath:blog.json",
            "pgai.vectorizers-mode=create",
            "spring.jpa.hibernate.ddl-auto=validate"
        })
@ContextConfiguration(classes = SliceApplication.class)
class JpaSliceTest {

    @Test
    void a_slice_with_jpa_has_the_database_and_its_vectorizers(
            @Autowired EntityManager entities, @Autowired Pgai pgai, TestDatabase database) {
        assertThat(entities.createNativeQuery("select current_database()").getSingleResult())
                .isEqualTo(database.name());
        assertThat(pgai.exists("blog")).isTrue();
        assertThat(entities.createQuery("select e from BlogEmbedding e", BlogEmbedding.class)
                        .getResultList())
                .isEmpty();
    }
}
