package dev.pgai.contract.reliability;

import dev.pgai.change.VectorizerChange;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.Hazard;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What can be asked for, of one vectorizer or of all. */
record Operation(String name, Work work) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What changes something. */
    static final List<Operation> CHANGES = List.of(
            new Operation("create", (pgai, wanted) -> pgai.create(wanted)),
            new Operation("create if absent", (pgai, wanted) -> pgai.createIfAbsent(wanted)),
            new Operation("drop", (pgai, wanted) -> pgai.drop(of(wanted), Embeddings.DROP)),
            new Operation("drop if exists", (pgai, wanted) -> pgai.dropIfExists(of(wanted), Embeddings.DROP)),
            new Operation("drop keeping", (pgai, wanted) -> pgai.dropIfExists(of(wanted), Embeddings.KEEP)),
            new Operation("adopt", (pgai, wanted) -> pgai.adopt(wanted)),
            new Operation("alter", (pgai, wanted) -> pgai.alter(wanted)),
            new Operation("enable", (pgai, wanted) -> pgai.enable(of(wanted))),
            new Operation("disable", (pgai, wanted) -> pgai.disable(of(wanted))),
            new Operation(
                    "set scheduling",
                    (pgai, wanted) -> pgai.setScheduling(of(wanted), Scheduling.none(), Indexing.none())),
            new Operation("repair", (pgai, wanted) -> pgai.repair(of(wanted))),
            new Operation("refresh view", (pgai, wanted) -> pgai.refreshView(of(wanted))),
            new Operation("forget", (pgai, wanted) -> pgai.forget(of(wanted))),
            new Operation("plan and apply", Operation::planAndApply),
            new Operation("enqueue", (pgai, wanted) -> pgai.apply(VectorizerChange.enqueue(of(wanted)))),
            new Operation(
                    "start replacement", (pgai, wanted) -> pgai.replacements().start(anew(wanted))),
            new Operation(
                    "complete replacement",
                    (pgai, wanted) -> pgai.replacements()
                            .complete(of(wanted), List.of(new Consent(of(wanted), Hazard.SEARCH_GAP)), PATIENCE)),
            new Operation(
                    "abort replacement", (pgai, wanted) -> pgai.replacements().abort(of(wanted))),
            new Operation(
                    "two at once",
                    (pgai, wanted) -> pgai.apply(List.of(
                            VectorizerChange.dropIfExists(of(wanted), Embeddings.DROP),
                            VectorizerChange.createIfAbsent(wanted)))));

    /** What only looks. */
    static final List<Operation> LOOKS = List.of(
            new Operation("plan", (pgai, wanted) -> pgai.plan(DesiredState.of(List.of(wanted)))),
            new Operation("list", (pgai, wanted) -> pgai.list()),
            new Operation("inspect all", (pgai, wanted) -> pgai.inspect()),
            new Operation("inspect", (pgai, wanted) -> pgai.inspect(of(wanted))),
            new Operation("find", (pgai, wanted) -> pgai.find(of(wanted))),
            new Operation("exists", (pgai, wanted) -> pgai.exists(of(wanted))),
            new Operation("check", (pgai, wanted) -> pgai.check(wanted)),
            new Operation(
                    "check drop", (pgai, wanted) -> pgai.check(VectorizerChange.drop(of(wanted), Embeddings.DROP))),
            new Operation("count pending", (pgai, wanted) -> pgai.countPending(of(wanted))),
            new Operation("errors", (pgai, wanted) -> pgai.errors(of(wanted), 3)),
            new Operation("replacements", (pgai, wanted) -> pgai.replacements().list()),
            new Operation("managed objects", (pgai, wanted) -> pgai.managedObjects()));

    static final List<Operation> ALL =
            Stream.concat(CHANGES.stream(), LOOKS.stream()).toList();

    interface Work {
        void on(Pgai pgai, VectorizerDefinition wanted);
    }

    void run(Pgai pgai, VectorizerDefinition wanted) {
        work.on(pgai, wanted);
    }

    @Override
    public String toString() {
        return name;
    }

    private static String of(VectorizerDefinition definition) {
        return String.valueOf(definition.name());
    }

    /** With another model. */
    static VectorizerDefinition anew(VectorizerDefinition wanted) {
        return wanted.toBuilder().embedding(Embedding.openai("other", 4)).build();
    }

    private static void planAndApply(Pgai pgai, VectorizerDefinition wanted) {
        VectorizerPlan plan = pgai.plan(DesiredState.of(List.of(wanted)));
        pgai.apply(plan, plan.missing(List.of()));
    }
}
