package dev.pgai.benchmarks.core;

import dev.pgai.database.StoredVectorizer;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.ObservedState;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A plan: each definition compared with what is stored; one in ten has changed, one in ten is new. */
@State(Scope.Thread)
public class PlanBenchmark {

    /** How many there are. */
    @Param({"1", "10", "100", "1000", "10000"})
    public int vectorizers;

    private DesiredState desired = DesiredState.of(List.of());
    private ObservedState observed =
            new ObservedState(List.of(), Indexing.none(), Scheduling.none(), Map.of(), Map.of(), Set.of());

    /** For the harness. */
    public PlanBenchmark() {}

    /** Makes both sides. */
    @Setup
    public void setUp() {
        List<VectorizerDefinition> wanted = new ArrayList<>();
        List<StoredVectorizer> stored = new ArrayList<>();
        for (int i = 1; i <= vectorizers; i++) {
            VectorizerDefinition definition = definition(i);
            if (i % 10 != 3) {
                stored.add(Stored.of(i, definition));
            }
            wanted.add(
                    i % 10 == 5
                            ? definition.toBuilder()
                                    .chunking(Chunking.recursiveCharacterTextSplitter()
                                            .withChunkSize(500))
                                    .build()
                            : definition);
        }
        desired = DesiredState.of(wanted);
        observed = new ObservedState(stored, Indexing.none(), Scheduling.none(), Map.of(), Map.of(), Set.of());
    }

    private static VectorizerDefinition definition(int i) {
        return VectorizerDefinition.builder(
                        RelationName.of("public", "t" + i),
                        Loading.column("content"),
                        Embedding.openai("text-embedding-3-small", 768))
                .name("t" + i + "_embedding")
                .build();
    }

    /**
     * The comparison and the steps.
     *
     * @return the plan
     */
    @Benchmark
    public VectorizerPlan plan() {
        return VectorizerPlan.of(desired, observed);
    }
}
