package dev.pgai.contract.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.jdbc.Pgai;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The bean takes part in Spring's transactions. The pool has one connection: two at once would wait for ever. */
class TransactionsTest {

    private static final String WITHOUT_JPA = "spring.autoconfigure.exclude="
            + "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration,"
            + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration";
    private static final String WITH_JPA = "spring.jpa.hibernate.ddl-auto=none";

    private final BlogDatabase database = new BlogDatabase();

    @BeforeEach
    void createBlog() throws SQLException {
        database.withBlog();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {WITHOUT_JPA, WITH_JPA})
    void a_transaction_that_rolls_back_leaves_nothing(String jpa) {
        try (ConfigurableApplicationContext application = database.start(Application.class, jpa)) {
            assertThat(application
                            .getBean(PlatformTransactionManager.class)
                            .getClass()
                            .getSimpleName())
                    .startsWith(jpa.equals(WITH_JPA) ? "Jpa" : "Jdbc");
            Service service = application.getBean(Service.class);

            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> service.createAndFail());
            assertThat(database.vectorizers()).isEmpty();

            service.create();
            assertThat(database.vectorizers()).containsExactly("blog");
        }
    }

    @Test
    void all_that_is_done_in_a_transaction_is_seen_in_it_and_by_jdbc() {
        try (ConfigurableApplicationContext application = database.start(Application.class, WITHOUT_JPA)) {
            Pgai pgai = application.getBean(Pgai.class);
            JdbcTemplate jdbc = application.getBean(JdbcTemplate.class);

            transaction(application).executeWithoutResult(status -> {
                pgai.create(BlogDatabase.definition());
                jdbc.update("insert into blog values (1, 'title', 'content')");

                assertThat(pgai.exists("blog")).isTrue();
                assertThat(pgai.countPending("blog")).isEqualTo(1);
                assertThat(database.vectorizers()).as("committed").isEmpty();
            });
            assertThat(database.pgai().countPending("blog")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void without_a_transaction_a_change_commits_whatever_the_pool_hands_out(boolean autoCommit) {
        try (ConfigurableApplicationContext application = database.start(
                Application.class,
                WITHOUT_JPA,
                "spring.datasource.hikari.maximum-pool-size=2",
                "spring.datasource.hikari.auto-commit=" + autoCommit)) {
            Pgai pgai = application.getBean(Pgai.class);

            pgai.create(BlogDatabase.definition());
            assertThat(database.vectorizers()).containsExactly("blog");

            TransactionTemplate supports = transaction(application);
            supports.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
            supports.executeWithoutResult(status -> {
                // Spring binds its connection, and never commits on it.
                application.getBean(JdbcTemplate.class).queryForList("select 1");
                pgai.disable("blog");
            });
            assertThat(database.pgai().find("blog").orElseThrow().enabled()).isFalse();
        }
    }

    @Test
    void a_data_source_that_knows_transactions_itself_is_joined_too() {
        try (ConfigurableApplicationContext application = database.start(OwnDataSource.class, WITHOUT_JPA)) {
            Service service = application.getBean(Service.class);

            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> service.createAndFail());
            assertThat(database.vectorizers()).isEmpty();

            service.create();
            assertThat(database.vectorizers()).containsExactly("blog");
        }
    }

    @Test
    void a_bean_of_the_applications_takes_its_place() {
        try (ConfigurableApplicationContext application = database.start(OwnPgai.class, WITHOUT_JPA)) {
            assertThat(application.getBeanNamesForType(Pgai.class)).containsExactly("mine");
        }
    }

    @Test
    void without_a_data_source_or_the_driver_there_is_none() {
        String withoutDataSource = WITHOUT_JPA
                + ",org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration"
                + ",org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";
        try (ConfigurableApplicationContext application = database.start(Empty.class, withoutDataSource)) {
            assertThat(application.getBeanNamesForType(Pgai.class)).isEmpty();
        }

        Thread thread = Thread.currentThread();
        ClassLoader all = thread.getContextClassLoader();
        thread.setContextClassLoader(new FilteredClassLoader("org.postgresql"));
        try (ConfigurableApplicationContext application = database.start(Empty.class, withoutDataSource)) {
            assertThat(application.containsBeanDefinition("dev.pgai.spring.boot.PgaiAutoConfiguration"))
                    .isFalse();
        } finally {
            thread.setContextClassLoader(all);
        }
    }

    private static TransactionTemplate transaction(ConfigurableApplicationContext application) {
        return new TransactionTemplate(application.getBean(PlatformTransactionManager.class));
    }

    static class Service {

        private final Pgai pgai;

        Service(Pgai pgai) {
            this.pgai = pgai;
        }

        @Transactional
        public void create() {
            pgai.create(BlogDatabase.definition());
        }

        @Transactional
        public void createAndFail() {
            create();
            throw new IllegalStateException("after it");
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Empty {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Service.class)
    static class Application {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Service.class)
    static class OwnDataSource {

        @Bean
        DataSource dataSource(org.springframework.core.env.Environment environment) {
            org.postgresql.ds.PGSimpleDataSource dataSource = new org.postgresql.ds.PGSimpleDataSource();
            dataSource.setUrl(environment.getRequiredProperty("spring.datasource.url"));
            return new TransactionAwareDataSourceProxy(dataSource);
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class OwnPgai {

        @Bean
        Pgai mine(DataSource dataSource) {
            return Pgai.on(dataSource);
        }
    }
}
