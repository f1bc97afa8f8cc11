package dev.pgai.contract.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.VectorizerDamagedException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedByPgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.hibernate.cfg.AvailableSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application whose tables come and go with it, started again and again on the same database. */
class CreateDropTest {

    private static final VectorizerDefinition TO_TABLE = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("title"), Embedding.openai("m", 3))
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            .build();

    private static final VectorizerDefinition TO_COLUMN = TO_TABLE.toBuilder()
            .destination(Destination.column("embedding"))
            .chunking(Chunking.none())
            .build();

    private final TestDatabase database = TestDatabases.standard().create();
    private final Pgai pgai = Pgai.on(database.dataSource());

    @AfterEach
    void close() {
        database.close();
    }

    /** What the application is told is what it can do. */
    @ParameterizedTest
    @ValueSource(strings = {"create-drop", "create"})
    void a_start_after_the_first_is_told_to_repair_and_works(String action) {
        start(action, TO_TABLE, () -> {
            pgai.createIfAbsent(TO_TABLE);
            embed(1);
        });
        assertThat(number("select count(*) from blog_embeddings_store")).isEqualTo(1);

        start(action, TO_TABLE, () -> {
            assertThat(pgai.exists("blog")).isFalse();
            assertThatExceptionOfType(VectorizerDamagedException.class)
                    .isThrownBy(() -> pgai.createIfAbsent(TO_TABLE))
                    .withMessageContaining("SOURCE_RECREATED")
                    .withMessageContaining("VectorizerChange.repair(\"blog\")");
            assertThat(number("select count(*) from blog_embeddings_store")).isEqualTo(1);

            pgai.apply(VectorizerChange.repair("blog").deletingOrphans());

            embed(2);
            assertThat(number("select sum(id) from blog_embeddings")).isEqualTo(2);
        });
    }

    @Test
    void a_column_is_made_again_by_a_repair() {
        start("create-drop", TO_COLUMN, () -> {
            pgai.createIfAbsent(TO_COLUMN);
            embed(1);
        });

        start("create-drop", TO_COLUMN, () -> {
            assertThatExceptionOfType(VectorizerDamagedException.class)
                    .isThrownBy(() -> pgai.createIfAbsent(TO_COLUMN))
                    .withMessageContaining("VectorizerChange.repair(\"blog\")");

            pgai.repair("blog");

            embed(2);
            assertThat(number("select count(*) from blog where embedding is not null"))
                    .isEqualTo(1);
        });
    }

    /** Which is what the warning at the end of the first start says. */
    @Test
    void one_that_is_dropped_before_is_created_again() {
        for (int id = 1; id < 3; id++) {
            int row = id;
            start("create-drop", TO_TABLE, () -> {
                pgai.createIfAbsent(TO_TABLE);
                embed(row);
                pgai.drop("blog", Embeddings.DROP);
            });
        }
        assertThat(pgai.list()).isEmpty();
    }

    /** Which nobody has marked: the database says whose it is, whatever is damaged. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table blog cascade",
                "select ai.drop_vectorizer('blog')",
                "delete from ai.vectorizer",
                "alter table blog rename to weblog",
                "drop table ai._vectorizer_q_1",
                "drop view blog_embeddings",
                "drop function ai._vectorizer_src_trg_1 cascade",
                "update ai.vectorizer set config = jsonb_set(config, '{embedding,dimensions}', '\"many\"')"
            })
    void the_store_of_a_damaged_vectorizer_is_left_alone(String sabotage) {
        execute("create table blog (id int primary key, title text)");
        pgai.create(TO_TABLE);
        embed(1);
        execute(sabotage);

        for (String action : List.of("update", "create", "create-drop", "drop")) {
            Hibernate.on(database).entities(Blog.class, BlogEmbedding.class).run(action);
        }

        assertThat(number("select count(*) from blog_embeddings_store")).isEqualTo(1);
        assertThat(number("select count(*) from pg_constraint where contype = 'f'"
                        + " and conrelid = 'blog_embeddings_store'::regclass"))
                .isZero();
    }

    /** Embeddings that a drop has kept outlive the tables, and are adopted. */
    @Test
    void kept_embeddings_outlive_the_tables() {
        start("create-drop", TO_TABLE, () -> {
            pgai.createIfAbsent(TO_TABLE);
            embed(1);
            pgai.drop("blog", Embeddings.KEEP);
        });
        assertThat(number("select count(*) from blog_embeddings_store")).isEqualTo(1);

        start("create-drop", TO_TABLE, () -> {
            execute("insert into blog values (1, 'a')");
            pgai.adopt(TO_TABLE);
            assertThat(pgai.inspect("blog").isWhole()).isTrue();
            assertThat(number("select count(*) from blog_embeddings")).isEqualTo(1);
            embed(2);
            assertThat(number("select count(*) from blog_embeddings")).isEqualTo(2);
        });
    }

    private void start(String action, VectorizerDefinition definition, Runnable application) {
        Hibernate.on(database)
                .entities(
                        definition.destination() instanceof Destination.Table
                                ? new Class<?>[] {Blog.class, Stored.class, DeclaredBlogEmbedding.class}
                                : new Class<?>[] {Blog.class})
                .with(AvailableSettings.HBM2DDL_AUTO, action)
                .use(factory -> application.run());
    }

    /** On the store, which is there after the first start only. */
    @Entity
    @ManagedByPgai
    @Table(name = "blog_embeddings_store")
    static class Stored {

        @Id
        @Column(name = "embedding_uuid")
        UUID uuid;
    }

    private void embed(int id) {
        execute("insert into blog values (" + id + ", 'a')");
        try {
            TestWorker.of(database, "blog").drain();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void execute(String sql) {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private int number(String sql) {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
