package dev.pgai.testkit.worker;

import java.util.List;

/**
 * A row of the queue.
 *
 * @param key the values of the key, as the server writes them
 * @param retries how often loading was tried again before
 */
record QueuedRow(List<String> key, int retries) {}
