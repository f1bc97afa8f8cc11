package dev.pgai.testkit.worker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Remembers what it is asked to embed, and lets another one embed it. For tests of what a vectorizer sends to its
 * model: how texts are cut and formatted, and what is sent again.
 */
public final class RecordingEmbedder implements Embedder {

    private final Embedder embedder;
    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());

    /**
     * Makes one that has recorded nothing.
     *
     * @param embedder makes the vectors, or fails
     */
    public RecordingEmbedder(Embedder embedder) {
        this.embedder = embedder;
    }

    @Override
    public float[] embed(String text) throws Exception {
        texts.add(text);
        return embedder.embed(text);
    }

    /**
     * What was asked for so far, also where the embedder failed.
     *
     * @return an unmodifiable copy, in the order of the calls
     */
    public List<String> texts() {
        synchronized (texts) {
            return List.copyOf(texts);
        }
    }

    /** Forgets what was recorded. */
    public void clear() {
        texts.clear();
    }
}
