package dev.pgai.testkit.assertj;

import dev.pgai.database.StoredVectorizer;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.sql.SqlText;
import java.util.stream.Collectors;

/** SQL about where a vectorizer keeps its embeddings, of the names that the library gives. */
record StoredEmbeddings(EmbeddingRelation relation) {

    static StoredEmbeddings of(StoredVectorizer vectorizer) {
        return new StoredEmbeddings(EmbeddingRelation.store(vectorizer.definition(), vectorizer.primaryKey()));
    }

    /** Each is a row: of the store, or of the source if it has a vector. */
    String rows() {
        String rows = SqlText.relation(relation.name());
        return relation.chunked()
                ? rows
                : rows + " where " + SqlText.identifier(relation.embeddingColumn()) + " is not null";
    }

    boolean hasChunks() {
        return relation.chunked();
    }

    /** A query, in the order of the rows' keys and of the chunks' places in a row. */
    String chunks() {
        String keys = relation.keyColumns().stream().map(SqlText::identifier).collect(Collectors.joining(", "));
        return "select chunk from " + SqlText.relation(relation.name()) + " order by " + keys + ", chunk_seq";
    }
}
