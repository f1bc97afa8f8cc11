package dev.pgai.mybatis.migrations;

import dev.pgai.sql.VectorizerSql;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.Objects;

/** A vectorizer that a script creates or drops, with the way back. Immutable. */
public final class VectorizerChange {

    private final VectorizerDefinition definition;
    private final boolean creates;
    private final Embeddings embeddings;

    private VectorizerChange(VectorizerDefinition definition, boolean creates, Embeddings embeddings) {
        this.definition = Objects.requireNonNull(definition, "definition");
        this.creates = creates;
        this.embeddings = Objects.requireNonNull(embeddings, "embeddings");
    }

    /**
     * Up creates it, down drops it with its embeddings.
     *
     * @param definition the vectorizer
     * @return the change
     */
    public static VectorizerChange create(VectorizerDefinition definition) {
        return new VectorizerChange(definition, true, Embeddings.DROP);
    }

    /**
     * Up drops it with its embeddings, down creates it, and the rows are embedded anew.
     *
     * @param definition the vectorizer as it was created, for the way down
     * @return the change
     */
    public static VectorizerChange drop(VectorizerDefinition definition) {
        return new VectorizerChange(definition, false, Embeddings.DROP);
    }

    /**
     * Lets the drop keep store and view. They are in the way of another create for the same destination: before that,
     * drop or rename them, or give another destination.
     *
     * @return a copy
     */
    public VectorizerChange keepingEmbeddings() {
        return new VectorizerChange(definition, creates, Embeddings.KEEP);
    }

    String up() {
        return creates ? createSql() : dropSql();
    }

    String down() {
        return creates ? dropSql() : createSql();
    }

    private String createSql() {
        return VectorizerSql.create(definition) + ";\n";
    }

    private String dropSql() {
        return VectorizerSql.drop(CatalogNames.of(definition).vectorizer(), embeddings) + ";\n";
    }
}
