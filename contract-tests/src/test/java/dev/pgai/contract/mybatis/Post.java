package dev.pgai.contract.mybatis;

import dev.pgai.search.Neighbour;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A row of the source, as a user of MyBatis maps it. */
public class Post implements Serializable {

    private static final long serialVersionUID = 1L;

    private int id;
    private String title = "";
    private ArrayList<Neighbour> chunks = new ArrayList<>();

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
