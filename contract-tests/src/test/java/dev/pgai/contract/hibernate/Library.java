package dev.pgai.contract.hibernate;

import dev.pgai.hibernate.Dimensions;
import dev.pgai.hibernate.StoredChunk;
import dev.pgai.hibernate.StoredEmbedding;
import dev.pgai.managed.ManagedByPgai;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Array;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.JoinFormula;
import org.hibernate.type.SqlTypes;

/** Entities on sources and on what vectorizers make for them, well mapped and badly. */
final class Library {

    private Library() {}

    @Entity(name = "Book")
    @Table(name = "book")
    static class Book {

        @Id
        int id;

        @Column(columnDefinition = "text")
        String title;

        @Column(columnDefinition = "text")
        String content;

        @OneToMany(mappedBy = "book")
        List<BookChunk> chunks;

        @Formula("char_length(content)")
        int length;
    }

    @Entity(name = "BookChunk")
    @Table(name = "book_embeddings_store")
    static class BookChunk extends StoredChunk {

        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "id")
        Book book;

        @Formula("char_length(chunk)")
        int length;

        @ManyToOne(fetch = FetchType.LAZY)
        @JoinFormula("id + 1")
        Book next;
    }

    @Entity(name = "BookChunkAlone")
    @Table(name = "book_embeddings_store")
    static class BookChunkAlone extends StoredChunk {}

    /** The view has the columns of the source, too. */
    @Entity(name = "ViewedChunk")
    @Table(name = "book_embeddings")
    static class ViewedChunk extends StoredChunk {

        String title;

        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "id")
        Book book;
    }

    /** By the source's own association, which the view has, too. */
    @Entity(name = "ChunkWithAuthor")
    @Table(name = "book_embeddings")
    static class ChunkWithAuthor extends StoredChunk {

        @ManyToOne
        @JoinColumn(name = "author")
        Author author;
    }

    @Entity(name = "Publication")
    @Table(name = "publication")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Publication {

        @Id
        int id;
    }

    @Entity(name = "Journal")
    @Table(name = "journal")
    static class Journal extends Publication {

        @Column(columnDefinition = "text")
        String content;
    }

    /** To the part of a hierarchy that is not the source. */
    @Entity(name = "PublicationChunk")
    @Table(name = "publication_embeddings_store")
    static class PublicationChunk extends StoredChunk {

        @ManyToOne
        @JoinColumn(name = "id")
        Journal journal;
    }

    /** To the root of a hierarchy of which the source is a part. */
    @Entity(name = "JournalChunk")
    @Table(name = "journal_embeddings_store")
    static class JournalChunk extends StoredChunk {

        @ManyToOne
        @JoinColumn(name = "id")
        Publication publication;
    }

    record PageKey(String language, int page) implements Serializable {}

    @Entity(name = "Page")
    @Table(name = "page")
    @IdClass(PageKey.class)
    static class Page {

        @Id
        @Column(columnDefinition = "text")
        String language;

        @Id
        int page;

        @Column(columnDefinition = "text")
        String content;
    }

    @Entity(name = "PageChunk")
    @Table(name = "page_embeddings_store")
    static class PageChunk extends StoredChunk {

        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "language", referencedColumnName = "language")
        @JoinColumn(name = "page", referencedColumnName = "page")
        Page page;
    }

    // What is wrong with those.

    @Entity(name = "OnSource")
    @Table(name = "book")
    static class OnSource extends StoredChunk {}

    @Entity(name = "OnOtherTable")
    @Table(name = "author")
    static class OnOtherTable extends StoredChunk {

        @ManyToOne
        @JoinColumn(name = "id")
        Book book;
    }

    @Entity(name = "OnNothing")
    @Table(name = "books_embeddings_store")
    static class OnNothing extends StoredChunk {

        @ManyToOne
        @JoinColumn(name = "id")
        Book book;
    }

    @Entity(name = "JoinedByDefaultName")
    @Table(name = "book_embeddings_store")
    static class JoinedByDefaultName extends StoredChunk {

        @ManyToOne
        Book book;
    }

    @Entity(name = "JoinedByChunkNumber")
    @Table(name = "book_embeddings")
    static class JoinedByChunkNumber extends StoredChunk {

        @ManyToOne
        @JoinColumn(name = "chunk_seq", insertable = false, updatable = false)
        Book book;
    }

    @Entity(name = "JoinedCrosswise")
    @Table(name = "pair_embeddings_store")
    static class JoinedCrosswise extends StoredChunk {

        @ManyToOne
        @JoinColumn(name = "b", referencedColumnName = "a")
        @JoinColumn(name = "a", referencedColumnName = "b")
        Pair pair;
    }

    record PairKey(int a, int b) implements Serializable {}

    @Entity(name = "Pair")
    @Table(name = "pair")
    @IdClass(PairKey.class)
    static class Pair {

        @Id
        int a;

        @Id
        int b;

        @Column(columnDefinition = "text")
        String content;
    }

    @Entity(name = "JoinedToOther")
    @Table(name = "book_embeddings_store")
    static class JoinedToOther extends StoredChunk {

        @ManyToOne
        @JoinColumn(name = "id")
        Author author;
    }

    @Entity(name = "Author")
    @Table(name = "author")
    static class Author {

        @Id
        int id;
    }

    /** Of the user's own, and without the superclass. */
    @Entity(name = "MissingColumn")
    @ManagedByPgai
    @Table(name = "book_embeddings_store")
    static class MissingColumn {

        @Id
        @Column(name = "embedding_uuid")
        UUID uuid;

        @Column(name = "text")
        String chunk;
    }

    // With vectors.

    @Entity(name = "BookEmbedding")
    @Dimensions(16)
    @Table(name = "book_embeddings_store")
    static class BookEmbedding extends StoredEmbedding {

        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "id")
        Book book;
    }

    @Entity(name = "WrongDimensions")
    @Dimensions(768)
    @Table(name = "book_embeddings_store")
    static class WrongDimensions extends StoredEmbedding {}

    @Entity(name = "WrongArray")
    @Table(name = "book_embeddings_store")
    static class WrongArray extends StoredChunk {

        @JdbcTypeCode(SqlTypes.VECTOR)
        @Array(length = 768)
        float[] embedding;
    }

    /** With a column destination. */
    @Entity(name = "Note")
    @Table(name = "note")
    static class Note {

        @Id
        int id;

        @Column(columnDefinition = "text")
        String content;

        @JdbcTypeCode(SqlTypes.VECTOR)
        @Array(length = 16)
        @Column(insertable = false, updatable = false)
        float[] embedding;
    }

    /** Writes the column of the destination, and has it too long. */
    @Entity(name = "WritingNote")
    @Table(name = "note")
    static class WritingNote {

        @Id
        int id;

        @JdbcTypeCode(SqlTypes.VECTOR)
        @Array(length = 8)
        float[] embedding;
    }
}
