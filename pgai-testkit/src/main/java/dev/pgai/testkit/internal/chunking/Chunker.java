package dev.pgai.testkit.internal.chunking;

import java.util.List;

/** Cuts a text into chunks. */
@FunctionalInterface
public interface Chunker {

    /**
     * Cuts one text.
     *
     * @param text not empty
     * @return the chunks in their order; may be none
     * @throws PythonException when pgai's worker would fail
     */
    List<String> split(String text);
}
