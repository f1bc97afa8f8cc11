package dev.pgai.contract.mybatis.scripts;

import dev.pgai.mybatis.migrations.VectorizerChange;
import dev.pgai.mybatis.migrations.VectorizerScript;

/** Drops the other, and the search goes on. */
public class V3DropPosts extends VectorizerScript {

    public V3DropPosts() {
        super(
                20260103120000L,
                "no vectorizer on posts",
                VectorizerChange.drop(V1CreatePosts.POSTS).keepingEmbeddings());
    }
}
