package dev.pgai.testkit.worker;

import java.util.List;

/**
 * A chunk before it is embedded.
 *
 * @param key the key of its row
 * @param sequence its place in the row's text, from 0
 * @param text the formatted chunk
 */
record PendingChunk(List<String> key, int sequence, String text) {}
