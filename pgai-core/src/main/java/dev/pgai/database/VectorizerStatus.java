package dev.pgai.database;

/**
 * How far a vectorizer is, at the moment when it was read. Rows are counted up to {@value #COUNTED_UP_TO} of each kind,
 * so that reading stays cheap however much there is.
 */
public interface VectorizerStatus {

    /** Where counting stops: {@value}, as it does in {@code ai.vectorizer_status}. */
    int COUNTED_UP_TO = 10_000;

    /**
     * The rows in the queue: those that wait, those that a worker has at hand, and those that are to be loaded again
     * later. A row of the source that changed twice may be there twice. {@code Pgai.countPending} counts all.
     *
     * @return the count
     */
    RowCount pending();

    /**
     * The rows in the failed queue, which workers gave up and do not take again.
     *
     * @return the count
     */
    RowCount failed();

    /**
     * The rows in {@code ai.vectorizer_errors}, which workers never remove; {@code Pgai.errors} reads them.
     *
     * @return the count
     */
    RowCount errors();

    /**
     * What workers have recorded.
     *
     * @return the record
     */
    WorkerProgress progress();
}
