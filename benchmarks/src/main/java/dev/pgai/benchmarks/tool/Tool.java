package dev.pgai.benchmarks.tool;

/** A migration tool with the page's example. */
interface Tool {

    String name();

    /** Creates the vectorizer; returns milliseconds. */
    double up() throws Exception;

    /** Drops it again; returns milliseconds. */
    double down() throws Exception;
}
