package dev.pgai.benchmarks.core;

import dev.pgai.database.Damage;
import dev.pgai.database.RowCount;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerStatus;
import dev.pgai.database.WorkerProgress;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.util.List;
import java.util.Optional;

/** A vectorizer as if it had been read: whole, enabled, nothing pending. */
record Stored(int id, String name, VectorizerDefinition definition, String config) implements StoredVectorizer {

    static Stored of(int id, VectorizerDefinition definition) {
        return new Stored(id, "t" + id + "_embedding", definition.asStored(), VectorizerJson.write(definition));
    }

    @Override
    public Optional<String> unreadable() {
        return Optional.empty();
    }

    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public String catalogVersion() {
        return "0.12.1";
    }

    @Override
    public RelationName queue() {
        return RelationName.of("ai", "_vectorizer_q_" + id);
    }

    @Override
    public RelationName failedQueue() {
        return RelationName.of("ai", "_vectorizer_q_failed_" + id);
    }

    @Override
    public String triggerName() {
        return "_vectorizer_src_trg_" + id;
    }

    @Override
    public List<String> primaryKey() {
        return List.of("id");
    }

    @Override
    public List<Damage> damages() {
        return List.of();
    }

    @Override
    public VectorizerStatus status() {
        return new Status(
                new RowCount.Exact(0), new RowCount.Exact(0), new RowCount.Exact(0), new WorkerProgress.NoTable());
    }

    @Override
    public List<DefinitionDifference> differencesFrom(VectorizerDefinition wanted) {
        return DefinitionDifference.between(wanted, definition);
    }

    private record Status(RowCount pending, RowCount failed, RowCount errors, WorkerProgress progress)
            implements VectorizerStatus {}
}
