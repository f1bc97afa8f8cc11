package dev.pgai.contract.mybatis;

import dev.pgai.mybatis.Neighbour;
import java.util.ArrayList;
import java.util.List;

/** A row of the source, as a user of MyBatis maps it. */
public class Post {

    private int id;
    private String title = "";
    private List<Neighbour> chunks = new ArrayList<>();

    public int getId() {
        return id;
    }

    public String getTitle() {
        return title;
    }

    public List<Neighbour> getChunks() {
        return chunks;
    }
}
