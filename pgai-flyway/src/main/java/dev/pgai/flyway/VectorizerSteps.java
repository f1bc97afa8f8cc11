package dev.pgai.flyway;

import dev.pgai.jdbc.Pgai;
import dev.pgai.sql.VectorizerSql;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a {@link VectorizerMigration} does, in its order. Nothing runs while the steps are collected: Flyway asks for
 * them for the checksum, too. Each step is the method of {@link Pgai} of the same name, with its errors.
 */
public final class VectorizerSteps {

    private final List<Step> steps = new ArrayList<>();

    VectorizerSteps() {}

    /**
     * Creates a vectorizer: {@code ai.create_vectorizer}.
     *
     * @param definition what to create
     * @return this
     * @see Pgai#create
     */
    public VectorizerSteps create(VectorizerDefinition definition) {
        return add("create " + VectorizerJson.write(definition), pgai -> pgai.create(definition));
    }

    /**
     * Creates a vectorizer unless one of its name with the same definition is there: {@code ai.create_vectorizer}.
     *
     * @param definition what to create
     * @return this
     * @see Pgai#createIfAbsent
     */
    public VectorizerSteps createIfAbsent(VectorizerDefinition definition) {
        return add("createIfAbsent " + VectorizerJson.write(definition), pgai -> pgai.createIfAbsent(definition));
    }

    /**
     * Drops a vectorizer with its embeddings: {@code ai.drop_vectorizer} with {@code drop_all => true}.
     *
     * @param name the vectorizer
     * @return this
     * @see Pgai#drop(String, Embeddings)
     */
    public VectorizerSteps drop(String name) {
        return drop(name, Embeddings.DROP);
    }

    /**
     * Drops a vectorizer: {@code ai.drop_vectorizer}.
     *
     * @param name the vectorizer
     * @param embeddings whether store and view are dropped, too
     * @return this
     * @see Pgai#drop(String, Embeddings)
     */
    public VectorizerSteps drop(String name, Embeddings embeddings) {
        return add(VectorizerSql.drop(name, embeddings), pgai -> pgai.drop(name, embeddings));
    }

    /**
     * Drops a vectorizer if it is there: {@code ai.drop_vectorizer}.
     *
     * @param name the vectorizer
     * @param embeddings whether store and view are dropped, too
     * @return this
     * @see Pgai#dropIfExists(String, Embeddings)
     */
    public VectorizerSteps dropIfExists(String name, Embeddings embeddings) {
        return add("if exists: " + VectorizerSql.drop(name, embeddings), pgai -> pgai.dropIfExists(name, embeddings));
    }

    /**
     * Lets the worker work for a vectorizer again: {@code ai.enable_vectorizer_schedule}.
     *
     * @param name the vectorizer
     * @return this
     * @see Pgai#enable(String)
     */
    public VectorizerSteps enable(String name) {
        return add(VectorizerSql.enable(name), pgai -> pgai.enable(name));
    }

    /**
     * Keeps the worker from working for a vectorizer: {@code ai.disable_vectorizer_schedule}.
     *
     * @param name the vectorizer
     * @return this
     * @see Pgai#disable(String)
     */
    public VectorizerSteps disable(String name) {
        return add(VectorizerSql.disable(name), pgai -> pgai.disable(name));
    }

    /**
     * Gives a vectorizer another schedule and another index: {@code ai.set_scheduling}, since pgai 0.12, with
     * TimescaleDB only.
     *
     * @param name the vectorizer
     * @param scheduling the new schedule
     * @param indexing the new index
     * @return this
     * @see Pgai#setScheduling(String, Scheduling, Indexing)
     */
    public VectorizerSteps setScheduling(String name, Scheduling scheduling, Indexing indexing) {
        return add(
                VectorizerSql.setScheduling(name, scheduling, indexing),
                pgai -> pgai.setScheduling(name, scheduling, indexing));
    }

    private VectorizerSteps add(String canonical, Consumer<Pgai> action) {
        steps.add(new Step(canonical, action));
        return this;
    }

    int checksum() {
        return Checksum.of(steps.stream().map(Step::canonical));
    }

    void run(Pgai pgai) {
        steps.forEach(step -> step.action().accept(pgai));
    }

    private record Step(String canonical, Consumer<Pgai> action) {}
}
