package dev.pgai.jdbc;

/**
 * How far a vectorizer is, at the moment when it was read. Rows are counted up to {@value #COUNTED_UP_TO} of each kind,
 * so that reading stays cheap however much there is.
 *
 * @param pending the rows in the queue: those that wait, those that a worker has at hand, and those that are to be
 *     loaded again later. A row of the source that changed twice may be there twice. {@link Pgai#countPending} counts
 *     all
 * @param failed the rows in the failed queue, which workers gave up and do not take again
 * @param errors the rows in {@code ai.vectorizer_errors}, which workers never remove; {@link Pgai#errors} reads them
 * @param progress what workers have recorded
 */
public record VectorizerStatus(RowCount pending, RowCount failed, RowCount errors, WorkerProgress progress) {

    /** Where counting stops: {@value}, as it does in {@code ai.vectorizer_status}. */
    public static final int COUNTED_UP_TO = 10_000;

    /**
     * For people.
     *
     * @return for example {@code pending 3, failed 0, errors 0, worker: 5 successes (last at 2026-01-02T03:04:05Z), 0
     *     failures}
     */
    @Override
    public String toString() {
        return "pending " + pending + ", failed " + failed + ", errors " + errors + ", worker: " + progress;
    }
}
