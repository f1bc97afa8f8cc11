package dev.pgai.contract.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.InvalidArgumentException;
import dev.pgai.contract.hibernate.Library.Author;
import dev.pgai.contract.hibernate.Library.Book;
import dev.pgai.contract.hibernate.Library.BookChunk;
import dev.pgai.contract.hibernate.Library.BookChunkAlone;
import dev.pgai.contract.hibernate.Library.BookEmbedding;
import dev.pgai.contract.hibernate.Library.ChunkWithAuthor;
import dev.pgai.contract.hibernate.Library.JoinedByChunkNumber;
import dev.pgai.contract.hibernate.Library.JoinedByDefaultName;
import dev.pgai.contract.hibernate.Library.JoinedCrosswise;
import dev.pgai.contract.hibernate.Library.JoinedToOther;
import dev.pgai.contract.hibernate.Library.Journal;
import dev.pgai.contract.hibernate.Library.JournalChunk;
import dev.pgai.contract.hibernate.Library.MissingColumn;
import dev.pgai.contract.hibernate.Library.OnNothing;
import dev.pgai.contract.hibernate.Library.OnOtherTable;
import dev.pgai.contract.hibernate.Library.OnSource;
import dev.pgai.contract.hibernate.Library.Page;
import dev.pgai.contract.hibernate.Library.PageChunk;
import dev.pgai.contract.hibernate.Library.PageKey;
import dev.pgai.contract.hibernate.Library.Pair;
import dev.pgai.contract.hibernate.Library.Publication;
import dev.pgai.contract.hibernate.Library.PublicationChunk;
import dev.pgai.contract.hibernate.Library.ViewedChunk;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.hibernate.StoredChunk;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.hibernate.SharedSessionContract;
import org.hibernate.StatelessSession;
import org.hibernate.Version;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/** Entities on what vectorizers made, without the embeddings themselves: see {@link EntitiesWithVectorsTest}. */
class EntitiesTest extends OnDatabase {

    @BeforeEach
    void createTables() throws SQLException {
        execute(
                "create table book (id int primary key, title text, content text, author int)",
                "create table author (id int primary key)",
                "create table page (language text, page int, content text, primary key (language, page))",
                "create table pair (a int, b int, content text, primary key (a, b))");
    }

    static VectorizerDefinition vectorizer(String table) {
        return VectorizerDefinition.builder(
                        RelationName.of("public", table), Loading.column("content"), Embedding.ollama("all-minilm", 16))
                .name(table)
                .destination(Destination.table(table + "_embeddings"))
                .build();
    }

    /** Has two books, embedded. */
    private void createBooks() throws SQLException {
        pgai.create(vectorizer("book"));
        execute("insert into book values (1, 'Bread', 'Flour and water.'), (2, 'Sails', 'Wind and rope.')");
        TestWorker.of(database, "book").drain();
    }

    // What they are for.

    @Test
    void chunks_are_read_with_their_source_and_from_it() throws SQLException {
        createBooks();

        Hibernate.on(database)
                .entities(Book.class, BookChunk.class, ViewedChunk.class)
                .use(factory -> factory.inTransaction(session -> {
                    BookChunk chunk = session.createQuery(
                                    "from BookChunk c join fetch c.book where c.book.title = 'Sails'", BookChunk.class)
                            .getSingleResult();
                    assertThat(chunk.book.content).isEqualTo("Wind and rope.");
                    assertThat(chunk.getChunk()).isEqualTo("Wind and rope.");
                    assertThat(chunk.getChunkSeq()).isZero();
                    assertThat(chunk.length).isEqualTo(14);
                    assertThat(chunk.getEmbeddingUuid()).isNotNull();

                    assertThat(session.find(Book.class, 1).chunks)
                            .extracting(StoredChunk::getChunk)
                            .containsExactly("Flour and water.");

                    assertThat(session.createQuery("from ViewedChunk c where c.book.id = 1", ViewedChunk.class)
                                    .getSingleResult()
                                    .title)
                            .isEqualTo("Bread");
                }));
    }

    @Test
    void a_key_of_several_columns_leads_to_the_source() throws SQLException {
        pgai.create(vectorizer("page"));
        execute("insert into page values ('de', 1, 'Brot.'), ('en', 1, 'Bread.')");
        TestWorker.of(database, "page").drain();

        Hibernate.on(database)
                .entities(Page.class, PageChunk.class)
                .use(factory -> factory.inTransaction(session -> {
                    Page page = session.find(Page.class, new PageKey("de", 1));
                    PageChunk chunk = session.createQuery("from PageChunk c where c.page = :page", PageChunk.class)
                            .setParameter("page", page)
                            .getSingleResult();
                    assertThat(chunk.getChunk()).isEqualTo("Brot.");
                    assertThat(chunk.page).isSameAs(page);
                }));
    }

    @Test
    void schema_tools_leave_the_store_alone_before_the_vectorizer_and_after() throws SQLException {
        Hibernate hibernate = Hibernate.on(database).entities(Book.class, BookChunk.class);

        hibernate.run("update");
        assertThat(exists("book_embeddings_store")).isFalse();

        pgai.create(vectorizer("book"));
        hibernate.run("update");
        hibernate.run("validate");
        assertThat(foreignKeys("book_embeddings_store")).isZero();
    }

    // Writes.

    @Test
    void a_session_refuses_to_write() throws SQLException {
        createBooks();

        refused(session -> session.persist(new BookChunk()));
        refused(session -> session.remove(first(session)));
        refused(session -> {
            first(session).book = session.find(Book.class, 1);
            session.flush();
        });
        refused(session -> {
            BookChunk chunk = first(session);
            session.detach(chunk);
            chunk.book = session.find(Book.class, 1);
            session.merge(chunk);
            session.flush();
        });
        assertThat(query("select count(*) from book_embeddings_store")).isEqualTo("2");
    }

    private static BookChunk first(SharedSessionContract session) {
        return session.createQuery("from BookChunk c where c.book.id = 2", BookChunk.class)
                .getSingleResult();
    }

    private void refused(Consumer<Session> work) {
        Hibernate.on(database)
                .entities(Book.class, BookChunk.class)
                .use(factory -> assertThatExceptionOfType(UnsupportedOperationException.class)
                        .isThrownBy(() -> factory.inTransaction(work))
                        .withMessage(BookChunk.class.getName()
                                + " is read-only: its rows are written by pgai's worker alone. Write the row of the"
                                + " source; the vectorizer's trigger queues it."));
    }

    @Test
    void a_stateless_session_refuses_to_write() throws SQLException {
        createBooks();

        statelessRefused(session -> session.insert(first(session)));
        statelessRefused(session -> session.update(first(session)));
        statelessRefused(session -> session.delete(first(session)));
        statelessRefused(session -> session.upsert(first(session)));
        assertThat(query("select count(*) from book_embeddings_store")).isEqualTo("2");
    }

    private void statelessRefused(Consumer<StatelessSession> work) {
        Hibernate.on(database)
                .entities(Book.class, BookChunk.class)
                .use(factory -> assertThatThrownBy(() -> factory.inStatelessTransaction(work))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("is read-only"));
    }

    // When Hibernate starts.

    @Test
    void a_table_that_is_no_store_is_refused_with_the_stores_there_are() {
        pgai.create(vectorizer("book"));

        assertThat(refusal(OnSource.class))
                .isEqualTo(OnSource.class.getName() + ": It is on public.book, which is neither store nor view of a"
                        + " vectorizer. The stores of vectorizers: public.book_embeddings_store (vectorizer"
                        + " \"book\"). Name the right one by @Table.");
        assertThat(refusal(Book.class, BookChunk.class, OnOtherTable.class))
                .isEqualTo(
                        OnOtherTable.class.getName() + ": It is on public.author, which is neither store nor view of a"
                                + " vectorizer. The stores of vectorizers of public.book: public.book_embeddings_store"
                                + " (vectorizer \"book\"). Name the right one by @Table.");
    }

    @Test
    void an_association_by_other_columns_than_the_key_is_refused_with_those_to_write() {
        pgai.create(vectorizer("book"));
        pgai.create(vectorizer("pair"));

        assertThat(refusal(Book.class, BookChunk.class, JoinedByDefaultName.class))
                .isEqualTo(JoinedByDefaultName.class.getName() + ".book: It is joined by column \"book_id\". The key of"
                        + " the source is in public.book_embeddings_store as column \"id\". Write @JoinColumn(name ="
                        + " \"id\").");
        assertThat(refusal(Book.class, BookChunk.class, JoinedByChunkNumber.class))
                .isEqualTo(
                        JoinedByChunkNumber.class.getName() + ".book: It is joined by column \"chunk_seq\". The key of"
                                + " the source is in public.book_embeddings as column \"id\". Write @JoinColumn(name = \"id\").");
        assertThat(refusal(Pair.class, JoinedCrosswise.class))
                .startsWith(JoinedCrosswise.class.getName() + ".pair: It is joined by columns ")
                .endsWith("The key of the source is in public.pair_embeddings_store as columns \"a\", \"b\". Write"
                        + " @JoinColumn(name = \"a\", referencedColumnName = \"a\") @JoinColumn(name = \"b\","
                        + " referencedColumnName = \"b\").");
    }

    @Test
    void an_association_to_what_is_not_the_source_is_refused() {
        pgai.create(vectorizer("book"));

        assertThat(refusal(Author.class, JoinedToOther.class))
                .isEqualTo(JoinedToOther.class.getName() + ".author: It leads to " + Author.class.getName()
                        + ", which is on public.author. The embeddings in public.book_embeddings_store are of public.book"
                        + " (vectorizer \"book\"). Let it lead to an entity on public.book, or take the store of another"
                        + " vectorizer.");
    }

    @Test
    void other_associations_of_a_view_and_those_into_a_hierarchy_are_good() throws SQLException {
        execute(
                "create table publication (id int primary key, content text)",
                "create table journal (id int primary key, content text)");
        pgai.create(vectorizer("book"));
        pgai.create(vectorizer("publication"));
        pgai.create(vectorizer("journal"));

        assertThat(Warnings.of(() -> Hibernate.on(database)
                        .entities(
                                Author.class,
                                ChunkWithAuthor.class,
                                Publication.class,
                                Journal.class,
                                PublicationChunk.class,
                                JournalChunk.class)
                        .use(factory -> assertThat(factory.isOpen()).isTrue())))
                .isEmpty();
    }

    @Test
    void names_are_resolved_as_hibernate_resolves_them() throws SQLException {
        execute("create schema app", "create table app.book (id int primary key, content text, author int)");
        pgai.create(vectorizer("book").toBuilder()
                .source(RelationName.of("app", "book"))
                .build());
        // In public there is a table of the name that is no store.
        execute("create table book_embeddings_store (embedding_uuid uuid primary key)");
        Hibernate hibernate = Hibernate.on(database).entities(Book.class, BookChunk.class, JoinedByDefaultName.class);

        assertThat(refusal(hibernate.with("hibernate.default_schema", "app")))
                .contains(" is in app.book_embeddings_store as column \"id\".");
        assertThat(refusal(Hibernate.on(database)
                        .with(
                                "jakarta.persistence.jdbc.url",
                                database.url() + (database.url().contains("?") ? "&" : "?")
                                        + "currentSchema=app,public")
                        .entities(Book.class, BookChunk.class, JoinedByDefaultName.class)))
                .contains(" is in app.book_embeddings_store as column \"id\".");
        assertThat(refusal(Hibernate.on(database).entities(BookChunkAlone.class)))
                .contains("It is on public.book_embeddings_store, which is neither store nor view of a vectorizer.");
    }

    @Test
    void an_attribute_without_a_column_is_refused() {
        pgai.create(vectorizer("book"));

        assertThat(refusal(MissingColumn.class))
                .isEqualTo(MissingColumn.class.getName() + ".chunk: It is mapped to column \"text\", which"
                        + " public.book_embeddings_store does not have. There are columns \"embedding_uuid\", \"id\","
                        + " \"chunk_seq\", \"chunk\", \"embedding\".");
    }

    @Test
    void all_that_is_wrong_is_told_at_once_before_a_schema_tool_does_anything() throws SQLException {
        execute("drop table author");
        pgai.create(vectorizer("book"));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> Hibernate.on(database)
                        .entities(
                                Author.class,
                                Book.class,
                                BookChunk.class,
                                JoinedByDefaultName.class,
                                MissingColumn.class)
                        .run("update"))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::code)
                        .containsExactly(Problem.Code.ENTITY_MISMATCH, Problem.Code.ENTITY_MISMATCH));
        assertThat(exists("author")).isFalse();
    }

    @Test
    @DisabledIf("dev.pgai.contract.hibernate.EntitiesWithVectorsTest#isThere")
    void an_embedding_without_hibernate_vector_is_refused_with_what_to_add() {
        assertThat(refusal(Book.class, BookChunk.class, BookEmbedding.class))
                .isEqualTo(BookEmbedding.class.getName()
                        + ".embedding: It is a vector, and Hibernate has no type for it."
                        + " Add org.hibernate.orm:hibernate-vector, in the version of hibernate-core, which is "
                        + Version.getVersionString() + ". An entity that needs no embeddings extends StoredChunk.");
    }

    @Test
    void kept_embeddings_can_be_read() throws SQLException {
        createBooks();
        pgai.drop("book", Embeddings.KEEP);

        Hibernate.on(database)
                .entities(Book.class, BookChunk.class, ViewedChunk.class)
                .use(factory -> factory.inTransaction(
                        session -> assertThat(first(session).getChunk()).isEqualTo("Wind and rope.")));
    }

    @Test
    void what_is_not_there_is_told_and_does_not_stop_hibernate() {
        Hibernate hibernate = Hibernate.on(database).entities(Book.class, BookChunk.class, OnNothing.class);

        assertThat(Warnings.of(() -> hibernate.use(factory -> {})))
                .containsExactlyInAnyOrder(
                        "The table or view of " + BookChunk.class.getName()
                                + ", book_embeddings_store, is not there. No"
                                + " vectorizer of public.book has a store. Create the vectorizer, in a migration that runs"
                                + " before Hibernate starts.",
                        "The table or view of " + OnNothing.class.getName()
                                + ", books_embeddings_store, is not there. No"
                                + " vectorizer of public.book has a store. Create the vectorizer, in a migration that runs"
                                + " before Hibernate starts.");

        pgai.create(vectorizer("book"));
        assertThat(Warnings.of(() -> hibernate.use(factory -> {})))
                .containsExactly(
                        "The table or view of " + OnNothing.class.getName() + ", books_embeddings_store, is not"
                                + " there. The stores of vectorizers of public.book: public.book_embeddings_store (vectorizer"
                                + " \"book\"). Name the right one by @Table.");
    }

    @Test
    void without_a_catalog_nothing_is_known() throws SQLException {
        execute("drop schema ai cascade");

        assertThat(Warnings.of(() -> Hibernate.on(database)
                        .entities(Book.class, BookChunk.class)
                        .use(factory -> {})))
                .containsExactly(
                        "There is no catalog of pgai in the database, so that nothing is known of what these are"
                                + " on: " + BookChunk.class.getName() + ".");
    }

    @Test
    void who_may_not_read_the_vectorizers_is_told_so_and_goes_on() throws SQLException {
        pgai.create(vectorizer("book"));
        String role = "pgai_test_guest";
        execute("do $$ begin create role " + role
                + "; exception when duplicate_object or unique_violation then null; end $$");

        assertThat(Warnings.of(() -> Hibernate.on(database)
                        .with(
                                "jakarta.persistence.jdbc.url",
                                database.url() + (database.url().contains("?") ? "&" : "?") + "options=-c%20role%3D"
                                        + role)
                        .entities(Book.class, BookChunk.class, JoinedByDefaultName.class)
                        .use(factory -> {})))
                .singleElement()
                .asString()
                .startsWith("Cannot compare with what vectorizers have made: " + BookChunk.class.getName() + ", ");
    }

    @Test
    void a_database_that_is_not_there_is_told_and_does_not_stop_hibernate() {
        Hibernate hibernate = Hibernate.on(database)
                .with("jakarta.persistence.jdbc.url", "jdbc:postgresql://127.0.0.1:1/none")
                .with("hibernate.boot.allow_jdbc_metadata_access", false)
                .with("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect")
                .entities(Book.class, BookChunk.class);

        assertThat(Warnings.of(() -> hibernate.use(factory -> {})))
                .singleElement()
                .asString()
                .startsWith("Cannot compare with what vectorizers have made: " + BookChunk.class.getName() + ". ");
    }

    @Test
    void on_another_database_nothing_is_compared() {
        Hibernate hibernate = Hibernate.on(database)
                .with("jakarta.persistence.jdbc.url", "jdbc:h2:mem:books")
                .entities(Book.class, BookChunk.class);

        assertThat(Warnings.of(() -> hibernate.run("create"))).isEmpty();
    }

    @Test
    void the_check_can_be_switched_off() {
        pgai.create(vectorizer("book"));
        Hibernate hibernate = Hibernate.on(database).entities(Book.class, BookChunk.class, JoinedByDefaultName.class);

        hibernate
                .with("pgai.hibernate.check", false)
                .use(factory -> assertThat(factory.isOpen()).isTrue());

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> hibernate.with("pgai.hibernate.check", "off").use(factory -> {}))
                .withMessage("pgai.hibernate.check = \"off\" is refused: it must be true or false. Leave it out to have"
                        + " entities checked.");
    }

    @Test
    void without_such_entities_the_database_is_not_asked() throws SQLException {
        execute("drop schema ai cascade");

        assertThat(Warnings.of(
                        () -> Hibernate.on(database).entities(Author.class).use(factory -> {})))
                .isEmpty();
    }

    private String refusal(Class<?>... entities) {
        return refusal(Hibernate.on(database).entities(entities));
    }

    /** The only problem for which Hibernate does not start. */
    static String refusal(Hibernate hibernate) {
        try {
            hibernate.use(factory -> {});
        } catch (RefusedException e) {
            assertThat(e).hasMessageStartingWith("Cannot use the entities as they are mapped: ");
            assertThat(e.problems()).hasSize(1);
            return e.problems().get(0).toString();
        }
        throw new AssertionError("Hibernate has started.");
    }
}
