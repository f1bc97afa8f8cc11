package dev.pgai.contract.mybatis.scripts;

import dev.pgai.change.VectorizerChange;
import dev.pgai.mybatis.migrations.VectorizerScript;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Embeddings;

/** Drops one of them. */
public class V2DropTitles extends VectorizerScript {

    public V2DropTitles() {
        super(
                20260102120000L,
                "no vectorizer on titles",
                VectorizerChange.drop(CatalogNames.of(V1CreatePosts.TITLES).vectorizer(), Embeddings.DROP)
                        .withDefinition(V1CreatePosts.TITLES));
    }
}
