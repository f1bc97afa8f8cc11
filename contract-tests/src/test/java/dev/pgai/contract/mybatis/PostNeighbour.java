package dev.pgai.contract.mybatis;

import dev.pgai.mybatis.Neighbour;

/** A neighbour with its parent. */
public class PostNeighbour extends Neighbour {

    private Post post = new Post();

    public Post getPost() {
        return post;
    }
}
