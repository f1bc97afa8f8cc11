package dev.pgai.contract.worker;

import static dev.pgai.testkit.assertj.PgaiAssertions.assertThat;
import static dev.pgai.testkit.worker.TestEmbeddings.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.InvalidArgumentException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.testkit.worker.TestEmbeddings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Embeddings without a worker. */
class TestEmbeddingsTest {

    private BlogDatabase blog;

    @BeforeEach
    void setUp() throws SQLException {
        blog = new BlogDatabase();
        blog.execute(
                "insert into blog values (1, 'a', 'Flour and water.'), (2, 'b', 'Wind and rope.')",
                "select ai.create_vectorizer('blog'::regclass, name => 'blog', loading => ai.loading_column('content'),"
                        + " embedding => ai.embedding_openai('m', 3))");
    }

    @AfterEach
    void tearDown() {
        blog.close();
    }

    @Test
    void are_found_by_a_search() throws SQLException {
        TestEmbeddings.of(blog.database(), "blog")
                .chunks(1, chunk("Flour", 1, 0, 0), chunk("and water.", 0, 1, 0))
                .chunks(2, chunk("Wind and rope.", 0, 0, 1));

        assertThat(blog.database())
                .vectorizer("blog")
                .hasNothingPending()
                .chunks()
                .containsExactly("Flour", "and water.", "Wind and rope.");
        assertThat(blog.query("select id, chunk_seq from blog_embedding order by embedding <=> '[0,1,0.1]' limit 2"))
                .containsExactly("1|1", "2|0");
    }

    @Test
    void replace_what_the_row_had() {
        TestEmbeddings embeddings = TestEmbeddings.of(blog.database(), "blog");
        embeddings.chunks(1, chunk("a", 1, 0, 0), chunk("b", 0, 1, 0)).chunks(1, chunk("c", 0, 0, 1));
        assertThat(blog.database()).vectorizer("blog").hasPending(1).chunks().containsExactly("c");
        embeddings.chunks(1);
        assertThat(blog.database()).vectorizer("blog").hasEmbeddings(0);
    }

    @Test
    void belong_to_the_callers_transaction() throws SQLException {
        try (Connection connection = blog.database().connection()) {
            connection.setAutoCommit(false);
            TestEmbeddings.of(connection, "blog").chunks(1, chunk("a", 1, 0, 0));
            assertThat(connection).vectorizer("blog").hasEmbeddings(1);
            assertThat(blog.database()).vectorizer("blog").hasEmbeddings(0).hasPending(2);
            connection.rollback();
        }
        assertThat(blog.database()).vectorizer("blog").hasEmbeddings(0).hasPending(2);
    }

    @Test
    void have_keys_of_several_columns() throws SQLException {
        blog.execute(
                "create table page (site text, number int, at timestamptz, body text, primary key (number, site))",
                "insert into page values ('x', 1, now(), 'text')",
                "select ai.create_vectorizer('page'::regclass, name => 'page', loading => ai.loading_column('body'),"
                        + " embedding => ai.embedding_openai('m', 2))");
        TestEmbeddings.of(blog.database(), "page").chunks(List.of(1, "x"), chunk("text", 0, 1));
        assertThat(blog.query("select site, number, embedding from page_embedding"))
                .containsExactly("x|1|[0,1]");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> TestEmbeddings.of(blog.database(), "page").chunks(1))
                .withMessage("key = [1] is refused: it has 1 values, and the primary key of public.page has the columns"
                        + " [number, site]. Give a value for each, in this order, as a list.");
    }

    @Test
    void go_into_a_column() throws SQLException {
        blog.execute("select ai.create_vectorizer('blog'::regclass, name => 'col', loading =>"
                + " ai.loading_column('title'), embedding => ai.embedding_openai('m', 2), chunking =>"
                + " ai.chunking_none(), destination => ai.destination_column('vec'))");
        TestEmbeddings column = TestEmbeddings.of(blog.database(), "col");
        column.vector(2, 0.5f, 1);
        assertThat(blog.query("select id, vec from blog order by id")).containsExactly("1|null", "2|[0.5,1]");
        assertThat(blog.database()).vectorizer("col").hasPending(1);
        assertThatThrownBy(() -> column.chunks(1, chunk("a", 1, 0)))
                .hasMessage("Vectorizer col writes to a column: call vector(...).");
        assertThatThrownBy(() -> TestEmbeddings.of(blog.database(), "blog").vector(1, 1, 0, 0))
                .hasMessage("Vectorizer blog has a store: call chunks(...).");
    }

    @Test
    void are_refused_with_a_reason() {
        TestEmbeddings embeddings = TestEmbeddings.of(blog.database(), "blog");
        assertThatThrownBy(() -> embeddings.chunks(9, chunk("a", 1, 0, 0)))
                .hasMessage("There is no row 9 in public.blog. Insert it before its embeddings.");
        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> embeddings.chunks(1, chunk("a", 1, 0)))
                .withMessageStartingWith("Cannot write embeddings of row 1 of vectorizer blog: ")
                .withMessageContaining("expected 3 dimensions, not 2");
        assertThatThrownBy(() -> TestEmbeddings.of(blog.database(), "other").chunks(1))
                .hasMessageStartingWith("There is no vectorizer other in this database.");
        assertThat(blog.database()).vectorizer("blog").hasPending(2).hasEmbeddings(0);
    }
}
