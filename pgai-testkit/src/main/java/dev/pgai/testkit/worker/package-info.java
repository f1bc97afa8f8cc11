/**
 * A worker for tests: does in-process, deterministically and without a network what pgai's own worker does with a
 * queue.
 *
 * <p>{@link dev.pgai.testkit.worker.TestWorker} is the entry, {@link dev.pgai.testkit.worker.Embedder} what makes
 * vectors of texts. Chunks, formatted texts, rows written and errors recorded are those of the worker of pgai 0.12.1;
 * where it differs, {@code TestWorker} says so.
 */
@NullMarked
package dev.pgai.testkit.worker;

import org.jspecify.annotations.NullMarked;
