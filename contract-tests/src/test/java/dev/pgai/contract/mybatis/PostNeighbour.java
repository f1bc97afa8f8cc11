package dev.pgai.contract.mybatis;

import dev.pgai.search.Neighbour;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A neighbour with its source, as a user maps it, for a cache, too. */
public class PostNeighbour implements Serializable {

    private static final long serialVersionUID = 1L;

    private Post post = new Post();
    private @Nullable Neighbour neighbour;

    public Post getPost() {
        return post;
    }

    public @Nullable Neighbour getNeighbour() {
        return neighbour;
    }
}
