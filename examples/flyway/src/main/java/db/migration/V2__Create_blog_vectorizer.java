package db.migration;

import dev.pgai.change.VectorizerChange;
import dev.pgai.flyway.VectorizerMigration;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;

/** Found by Flyway beside the SQL migrations. */
public class V2__Create_blog_vectorizer extends VectorizerMigration {

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"),
                    Loading.column("content"),
                    Embedding.openai("text-embedding-3-small", 768))
            .name("blog_content_embedder")
            .destination(Destination.table("blog_embeddings"))
            .formatting(Formatting.pythonTemplate("$title - $chunk"))
            .build();

    @Override
    protected List<VectorizerChange> changes() {
        return List.of(VectorizerChange.create(BLOG));
    }
}
