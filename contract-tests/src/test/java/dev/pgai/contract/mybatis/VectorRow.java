package dev.pgai.contract.mybatis;

import org.jspecify.annotations.Nullable;

/** A result with a vector in it, mapped by names. */
public class VectorRow {

    private int id;
    private float @Nullable [] embedding;

    public int getId() {
        return id;
    }

    public float @Nullable [] getEmbedding() {
        return embedding;
    }
}
