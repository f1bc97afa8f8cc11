package dev.pgai.contract.mybatis.scripts;

import dev.pgai.mybatis.migrations.VectorizerChange;
import dev.pgai.mybatis.migrations.VectorizerScript;

/** Drops one of them. */
public class V2DropTitles extends VectorizerScript {

    public V2DropTitles() {
        super(20260102120000L, "no vectorizer on titles", VectorizerChange.drop(V1CreatePosts.TITLES));
    }
}
