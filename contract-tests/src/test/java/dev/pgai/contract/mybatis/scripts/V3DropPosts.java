package dev.pgai.contract.mybatis.scripts;

import dev.pgai.change.VectorizerChange;
import dev.pgai.mybatis.migrations.VectorizerScript;
import dev.pgai.vectorizer.Embeddings;
import java.util.List;

/** Drops the other, and the search goes on. */
public class V3DropPosts extends VectorizerScript {

    public V3DropPosts() {
        super(
                20260103120000L,
                "no vectorizer on posts",
                List.of(VectorizerChange.drop("posts", Embeddings.KEEP)),
                List.of(VectorizerChange.create(V1CreatePosts.POSTS)));
    }
}
