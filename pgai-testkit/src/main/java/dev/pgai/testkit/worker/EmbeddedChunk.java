package dev.pgai.testkit.worker;

import java.util.List;

/**
 * A chunk with its vector.
 *
 * @param key the key of its row
 * @param sequence its place in the row's text, from 0
 * @param text the formatted chunk
 * @param vector the embedding of the text
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EmbeddedChunk(List<String> key, int sequence, String text, float[] vector) {}
