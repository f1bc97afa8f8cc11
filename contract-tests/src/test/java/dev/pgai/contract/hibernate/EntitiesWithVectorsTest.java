package dev.pgai.contract.hibernate;

import static dev.pgai.contract.hibernate.EntitiesTest.refusal;
import static dev.pgai.contract.hibernate.EntitiesTest.vectorizer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.contract.hibernate.Library.Book;
import dev.pgai.contract.hibernate.Library.BookChunk;
import dev.pgai.contract.hibernate.Library.BookEmbedding;
import dev.pgai.contract.hibernate.Library.Note;
import dev.pgai.contract.hibernate.Library.WritingNote;
import dev.pgai.contract.hibernate.Library.WrongArray;
import dev.pgai.contract.hibernate.Library.WrongDimensions;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.testkit.worker.Embedder;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.SQLException;
import java.util.List;
import java.util.ServiceLoader;
import org.hibernate.Session;
import org.hibernate.boot.model.TypeContributor;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaCriteriaQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Entities with embeddings, where hibernate-vector is there. */
@EnabledIf("isThere")
class EntitiesWithVectorsTest extends OnDatabase {

    static boolean isThere() {
        return ServiceLoader.load(TypeContributor.class).stream()
                .anyMatch(contributor -> contributor.type().getName().startsWith("org.hibernate.vector."));
    }

    @BeforeEach
    void createBooksAndNotes() throws SQLException {
        execute(
                "create table book (id int primary key, title text, content text)",
                "insert into book values (1, 'Bread', 'Flour and water.'), (2, 'Sails', 'Wind and rope.')",
                "create table note (id int primary key, content text)");
        pgai.create(vectorizer("book"));
        pgai.create(VectorizerDefinition.builder(
                        RelationName.of("public", "note"),
                        Loading.column("content"),
                        Embedding.ollama("all-minilm", 16))
                .name("note")
                .chunking(Chunking.none())
                .destination(Destination.column("embedding"))
                .build());
        TestWorker.of(database, "book").drain();
    }

    private Hibernate hibernate(Class<?>... entities) {
        return Hibernate.on(database).entities(entities);
    }

    private static float[] vector(String text) {
        try {
            return Embedder.ofWords(16).embed(text);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void neighbours_are_found_by_hql() {
        hibernate(Book.class, BookChunk.class, BookEmbedding.class)
                .use(factory -> factory.inTransaction(session -> {
                    List<BookEmbedding> found = session.createQuery(
                                    "from BookEmbedding e join fetch e.book order by cosine_distance(e.embedding, :vector) limit 1",
                                    BookEmbedding.class)
                            .setParameter("vector", vector("rope in the wind"))
                            .getResultList();

                    assertThat(found).singleElement().satisfies(nearest -> {
                        assertThat(nearest.book.title).isEqualTo("Sails");
                        assertThat(nearest.getEmbedding()).isEqualTo(vector("Wind and rope."));
                    });
                }));
    }

    @Test
    void neighbours_are_found_by_each_distance() {
        hibernate(Book.class, BookChunk.class, BookEmbedding.class)
                .use(factory -> factory.inTransaction(session -> {
                    for (String distance : List.of("cosine_distance", "euclidean_distance", "negative_inner_product")) {
                        assertThat(session.createQuery(
                                                "select e.book.id from BookEmbedding e order by " + distance
                                                        + "(e.embedding, :vector)",
                                                Integer.class)
                                        .setParameter("vector", vector("Flour and water."))
                                        .getResultList())
                                .as(distance)
                                .containsExactly(1, 2);
                    }
                }));
    }

    /** A parameter that criteria make has the type of an array in Hibernate 7.4, once HQL has had one. */
    @Test
    void neighbours_are_found_by_criteria_on_top_of_hql() {
        hibernate(Book.class, BookChunk.class, BookEmbedding.class)
                .use(factory -> factory.inTransaction(session -> {
                    for (int id : List.of(1, 2)) {
                        HibernateCriteriaBuilder builder = session.getCriteriaBuilder();
                        JpaCriteriaQuery<BookEmbedding> query = builder.createQuery(
                                "from BookEmbedding e order by cosine_distance(e.embedding, :vector)",
                                BookEmbedding.class);
                        query.where(builder.equal(
                                query.getRootList().get(0).get("book").get("id"), id));

                        assertThat(session.createQuery(query)
                                        .setParameter("vector", vector("Flour and water."))
                                        .getResultList())
                                .singleElement()
                                .satisfies(found -> assertThat(session.getIdentifier(found.book))
                                        .isEqualTo(id));
                    }
                }));
    }

    @Test
    void an_embedding_that_is_changed_in_memory_changes_nothing() {
        hibernate(Book.class, BookChunk.class, BookEmbedding.class)
                .use(factory -> factory.inTransaction(session -> {
                    BookEmbedding embedding = first(session);
                    embedding.getEmbedding()[0] = 7;
                    session.flush();
                    session.clear();
                    assertThat(first(session).getEmbedding()).isEqualTo(embedding.getEmbedding());
                }));
    }

    private static BookEmbedding first(Session session) {
        return session.createQuery("from BookEmbedding e where e.book.id = 1", BookEmbedding.class)
                .getSingleResult();
    }

    @Test
    void a_column_of_a_column_destination_is_read_and_never_written() throws SQLException {
        Hibernate hibernate = hibernate(Note.class);
        hibernate.use(factory -> {
            factory.inTransaction(session -> {
                Note note = new Note();
                note.id = 1;
                note.content = "Wind and rope.";
                session.persist(note);
            });
            TestWorker.of(database, "note").drain();
            factory.inTransaction(session -> {
                Note note = session.createQuery(
                                "from Note n order by cosine_distance(n.embedding, :vector)", Note.class)
                        .setParameter("vector", vector("rope"))
                        .getSingleResult();
                assertThat(note.embedding).isEqualTo(vector("Wind and rope."));
                note.content = "Flour.";
                note.embedding = new float[16];
            });
            factory.inTransaction(
                    session -> assertThat(session.find(Note.class, 1).embedding).isEqualTo(vector("Wind and rope.")));
        });
        hibernate.run("validate");
    }

    @Test
    void other_dimensions_than_those_of_the_store_are_refused() {
        assertThat(refusal(hibernate(WrongDimensions.class)))
                .isEqualTo(WrongDimensions.class.getName() + ".embedding: It is to have 768 dimensions. Column"
                        + " \"embedding\" of public.book_embeddings_store is a vector(16), made by vectorizer \"book\"."
                        + " Write the 16 of the vectorizer, or create one with 768 dimensions and map what it makes.");
        assertThat(refusal(hibernate(WrongArray.class)))
                .startsWith(WrongArray.class.getName() + ".embedding: It is to have 768");
    }

    @Test
    void a_column_destination_that_would_be_written_is_refused() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> hibernate(WritingNote.class).use(factory -> {}))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::toString)
                        .containsExactly(
                                WritingNote.class.getName()
                                        + ".embedding: Hibernate would write column \"embedding\" of"
                                        + " public.note, which vectorizer \"note\" writes to, and put back embeddings that"
                                        + " are out of date. Write @Column(name = \"embedding\", insertable = false,"
                                        + " updatable = false).",
                                WritingNote.class.getName() + ".embedding: It is to have 8 dimensions. Column"
                                        + " \"embedding\" of public.note is a vector(16), made by vectorizer \"note\"."
                                        + " Write the 16 of the vectorizer, or create one with 8 dimensions and map what it"
                                        + " makes."));
    }
}
