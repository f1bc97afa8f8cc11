package dev.pgai.testkit.worker;

import dev.pgai.database.StoredVectorizer;
import dev.pgai.testkit.internal.python.ColumnType;
import dev.pgai.testkit.internal.python.PythonException;
import dev.pgai.testkit.internal.python.PythonRepr;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** One batch of a queue, in a transaction that is open. */
final class Batch {

    private final Connection connection;
    private final WorkerPlan plan;
    private final Embedder embedder;
    private final WorkerErrors errors;
    private final Duration later;

    /**
     * What a batch did.
     *
     * @param taken rows of the queue, each key once
     * @param processed those of them whose source row is still there
     */
    record Result(int taken, int processed) {}

    Batch(Connection connection, WorkerPlan plan, Embedder embedder, WorkerErrors errors, Duration later) {
        this.connection = connection;
        this.plan = plan;
        this.embedder = embedder;
        this.errors = errors;
        this.later = later;
    }

    Result run(ZoneId timeZone) throws SQLException, WorkerFailure {
        // Values are read as text.
        TextForms.forWorker(timeZone).set(connection);
        StoredVectorizer vectorizer = plan.vectorizer();
        RelationName source = vectorizer.definition().source();
        KeySql key = new KeySql(vectorizer.primaryKey(), new RelationColumns(connection, plan.queue()));
        RelationColumns columns = new RelationColumns(connection, source);
        refuseDocuments(columns);
        WorkQueue queue = new WorkQueue(connection, plan, key, later);
        List<QueuedRow> taken = queue.take(plan.batchSize());
        try {
            List<SourceRow> rows = load(taken, new SourceTable(connection, source, columns, key));
            EmbeddingTarget target = EmbeddingTarget.of(connection, plan.destination(), source, columns, key);
            target.clear(rows.stream().map(row -> row.queued().key()).toList());
            List<PendingChunk> chunks = chunk(rows, queue);
            List<EmbeddedChunk> embedded = embed(chunks);
            target.requireWritable();
            target.write(embedded);
            return new Result(taken.size(), rows.size());
        } catch (PythonException e) {
            throw WorkerFailure.unexpected(String.valueOf(e.getMessage()), null);
        }
    }

    private void refuseDocuments(RelationColumns columns) {
        ColumnType type = columns.types().get(plan.column());
        if (type != null && type.name().equals("bytea")) {
            throw new UnsupportedVectorizerException("The worker for tests parses no documents, and column "
                    + plan.column() + " is of bytea. Load a column of text in tests.");
        }
    }

    private static List<SourceRow> load(List<QueuedRow> taken, SourceTable source) throws SQLException {
        List<SourceRow> rows = new ArrayList<>();
        for (QueuedRow queued : taken) {
            SourceRow row = source.find(queued);
            if (row != null) {
                rows.add(row);
            }
        }
        return rows;
    }

    private List<PendingChunk> chunk(List<SourceRow> rows, WorkQueue queue) throws SQLException {
        List<PendingChunk> pending = new ArrayList<>();
        List<SourceRow> failed = new ArrayList<>();
        for (SourceRow row : rows) {
            String content = row.content(plan.column());
            if (content == null) {
                failed.add(row);
            } else if (!content.isEmpty()) {
                int sequence = 0;
                for (String chunk : plan.chunker().split(content)) {
                    pending.add(new PendingChunk(row.queued().key(), sequence++, row.format(plan.template(), chunk)));
                }
            }
        }
        for (SourceRow row : failed) {
            handleLoadingError(row.queued(), queue);
        }
        return pending;
    }

    private void handleLoadingError(QueuedRow row, WorkQueue queue) throws SQLException {
        boolean retryable = row.retries() < plan.retries();
        if (retryable) {
            queue.retryLater(row);
        } else {
            queue.giveUp(row);
        }
        // Text in the row cannot fail to load, so that the column itself must be gone.
        errors.loadingFailed(PythonRepr.of(plan.column()), retryable);
    }

    private List<EmbeddedChunk> embed(List<PendingChunk> chunks) throws WorkerFailure {
        List<EmbeddedChunk> embedded = new ArrayList<>();
        for (PendingChunk chunk : chunks) {
            embedded.add(new EmbeddedChunk(chunk.key(), chunk.sequence(), chunk.text(), vector(chunk.text())));
        }
        return embedded;
    }

    @SuppressWarnings("IllegalCatch") // the embedder is the user's and may throw anything
    private float[] vector(String text) throws WorkerFailure {
        try {
            return embedder.embed(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw WorkerFailure.ofProvider(plan.provider(), e);
        } catch (Exception e) {
            throw WorkerFailure.ofProvider(plan.provider(), e);
        }
    }
}
