package dev.pgai.benchmarks.core;

import dev.pgai.change.VectorizerChange;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A definition: built, rendered as SQL, written and read as JSON. */
@State(Scope.Thread)
public class DefinitionBenchmark {

    /** Which one. */
    @Param({"smallest", "example", "full"})
    public String definition = "";

    private VectorizerDefinition built = Definitions.example();
    private VectorizerChange change = VectorizerChange.create(built);
    private String json = "";

    /** For the harness. */
    public DefinitionBenchmark() {}

    /** Makes what the others start from. */
    @Setup
    public void setUp() {
        built = Definitions.of(definition);
        change = VectorizerChange.create(built);
        json = VectorizerJson.write(built);
    }

    /**
     * Options, then the definition with all its checks.
     *
     * @return it
     */
    @Benchmark
    public VectorizerDefinition build() {
        return Definitions.of(definition);
    }

    /**
     * The statement that creates it.
     *
     * @return it
     */
    @Benchmark
    public List<String> render() {
        return change.sql();
    }

    /**
     * JSON of it.
     *
     * @return it
     */
    @Benchmark
    public String writeJson() {
        return VectorizerJson.write(built);
    }

    /**
     * It of JSON, with all its checks.
     *
     * @return it
     */
    @Benchmark
    public VectorizerDefinition readJson() {
        return VectorizerJson.read(json);
    }
}
