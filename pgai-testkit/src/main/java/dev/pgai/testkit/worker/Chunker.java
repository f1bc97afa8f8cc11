package dev.pgai.testkit.worker;

import java.util.List;

/** Cuts a text into chunks. */
@FunctionalInterface
interface Chunker {

    /**
     * Cuts one text.
     *
     * @param text not empty
     * @return the chunks in their order; may be none
     * @throws PythonException when pgai's worker would fail
     */
    List<String> split(String text);
}
