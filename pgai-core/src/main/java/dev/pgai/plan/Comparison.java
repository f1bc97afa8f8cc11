package dev.pgai.plan;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Damage;
import dev.pgai.database.Damage.Mend;
import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Severity;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerReplacement.Phase;
import dev.pgai.plan.ObservedState.Replacement;
import dev.pgai.plan.PlanStep.Action;
import dev.pgai.vectorizer.Alteration;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Enqueue;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the steps from what is observed to what is desired. */
final class Comparison {

    /** Damages whose repair changes nothing of source, queue and embeddings. */
    private static final Set<Damage.Code> UNNOTICED = EnumSet.of(
            Damage.Code.FAILED_QUEUE_MISSING,
            Damage.Code.VIEW_MISSING,
            Damage.Code.VIEW_STALE,
            Damage.Code.ORPHANED_EMBEDDINGS);

    /** Damages whose repair makes the triggers anew, and queues nothing: they saw each change, or refused it. */
    private static final Set<Damage.Code> MOVED =
            EnumSet.of(Damage.Code.SOURCE_RENAMED, Damage.Code.KEY_RENAMED, Damage.Code.STORE_RENAMED);

    /** Whoever it is. */
    private static final String PUBLIC = "public";

    private final DesiredState desired;
    private final ObservedState observed;
    private final Map<String, StoredVectorizer> stored;
    private final Map<String, Replacement> replacements;
    private final Map<String, Replacement> seconds;
    private final Map<List<Object>, List<String>> undeclaredPlaces;
    private final List<PlanStep> steps = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private Comparison(DesiredState desired, ObservedState observed) {
        this.desired = desired;
        this.observed = observed;
        stored = observed.vectorizers().stream()
                .collect(Collectors.toMap(
                        StoredVectorizer::name, vectorizer -> vectorizer, (one, other) -> one, LinkedHashMap::new));
        replacements = by(Replacement::name);
        seconds = by(Replacement::next);
        undeclaredPlaces = undeclared()
                .filter(vectorizer -> vectorizer.unreadable().isEmpty())
                .collect(Collectors.groupingBy(
                        vectorizer -> place(vectorizer.definition()),
                        Collectors.mapping(StoredVectorizer::name, Collectors.toList())));
    }

    static VectorizerPlan of(DesiredState desired, ObservedState observed) {
        Comparison comparison = new Comparison(desired, observed);
        // What goes away may hold names that are wanted.
        desired.removed().forEach(comparison::remove);
        desired.definitions().forEach(comparison::compare);
        observed.replacements().forEach(comparison::tell);
        return new VectorizerPlan(
                desired,
                Fingerprint.of(desired, observed),
                comparison.steps,
                comparison.problems,
                comparison.undeclared().map(StoredVectorizer::name).toList());
    }

    private Stream<StoredVectorizer> undeclared() {
        return observed.vectorizers().stream()
                .filter(vectorizer -> !desired.isAbout(vectorizer.name()) && !seconds.containsKey(vectorizer.name()));
    }

    private Map<String, Replacement> by(Function<Replacement, String> name) {
        return observed.replacements().stream()
                .collect(Collectors.toMap(name, replacement -> replacement, (one, other) -> one));
    }

    private void remove(String name) {
        StoredVectorizer vectorizer = stored.get(name);
        if (seconds.containsKey(name)) {
            started(name, "It is to be removed.", "");
        } else if (vectorizer != null) {
            List<VectorizerChange> drops = new ArrayList<>();
            if (replacements.containsKey(name)) {
                drops.add(VectorizerChange.drop(replacements.get(name).next(), Embeddings.DROP));
            }
            drops.add(VectorizerChange.drop(name, Embeddings.DROP));
            step(Action.DROP, name, drops, List.of(), List.of(), Hazard.LOSES_EMBEDDINGS);
        }
    }

    private void compare(VectorizerDefinition wanted) {
        String name = Objects.requireNonNull(wanted.name());
        StoredVectorizer vectorizer = stored.get(name);
        if (seconds.containsKey(name)) {
            return;
        }
        if (vectorizer == null) {
            create(name, wanted);
        } else if (vectorizer.unreadable().isPresent()) {
            problem(
                    Problem.Code.VECTORIZER_UNREADABLE,
                    "name",
                    name,
                    "Vectorizer \"" + name + "\" cannot be read: "
                            + vectorizer.unreadable().get(),
                    "Put its row right, or drop it.");
        } else {
            compare(name, wanted, vectorizer);
        }
    }

    private void create(String name, VectorizerDefinition wanted) {
        List<String> renamed = undeclaredPlaces.getOrDefault(place(wanted.asStored()), List.of());
        if (!renamed.isEmpty()) {
            problem(
                    Problem.Code.VECTORIZER_RENAMED,
                    "name",
                    name,
                    "There is no vectorizer \"" + name + "\", and " + renamed
                            + " has its source and destination. It may be the same one under another name.",
                    "Call the definition so; or drop that one with its embeddings kept, and plan again: they are"
                            + " adopted.");
            return;
        }
        if (observed.kept().contains(name)) {
            step(
                    Action.ADOPT,
                    name,
                    List.of(VectorizerChange.adopt(wanted)),
                    List.of(),
                    List.of(),
                    Hazard.TRUSTS_EMBEDDINGS);
            return;
        }
        observed.problems().getOrDefault(name, List.of()).stream()
                .filter(problem -> !isFreed(problem))
                .forEach(problems::add);
        step(Action.CREATE, name, List.of(VectorizerChange.create(wanted)), List.of(), List.of());
    }

    /** Whether a name is taken by what is dropped before. */
    private boolean isFreed(Problem problem) {
        return problem.code() == Problem.Code.NAME_TAKEN
                && desired.removed().stream()
                        .flatMap(name -> Stream.ofNullable(stored.get(name)))
                        .filter(vectorizer -> vectorizer.unreadable().isEmpty())
                        .map(vectorizer -> CatalogNames.of(vectorizer.definition()))
                        .flatMap(names -> Stream.of(names.store(), names.view()))
                        .anyMatch(place -> place != null && place.toString().equals(problem.value()));
    }

    /** What is under way is for whoever began it to end. */
    private void started(String name, String message, String then) {
        Replacement replacement =
                Objects.requireNonNull(replacements.containsKey(name) ? replacements.get(name) : seconds.get(name));
        problem(
                Problem.Code.REPLACEMENT_STARTED,
                "name",
                name,
                message + " " + said(replacement),
                hint(replacement) + then);
    }

    private void tell(Replacement replacement) {
        problem(
                Problem.Code.REPLACEMENT_UNDER_WAY,
                "name",
                replacement.next(),
                said(replacement) + compared(replacement),
                desired.removed().contains(replacement.name())
                        ? "It is dropped with that."
                        : hint(replacement)
                                + (desired.definition(replacement.next()).isPresent()
                                        ? " It is gone then: take it out of what is declared."
                                        : ""));
    }

    private static String said(Replacement replacement) {
        return "Vectorizer \"" + replacement.next() + "\" "
                + (replacement.phase() == Phase.EXCHANGED
                        ? "has the embeddings from before a replacement of vectorizer \"" + replacement.name()
                                + "\" that was completed."
                        : "fills to replace vectorizer \"" + replacement.name() + "\".");
    }

    private static String hint(Replacement replacement) {
        return replacement.phase() == Phase.EXCHANGED
                ? "Complete the replacement again, which drops them."
                : "Complete the replacement when all rows are embedded, or abort it.";
    }

    /** Of a replacement that fills, with what is declared. */
    private String compared(Replacement replacement) {
        StoredVectorizer second = stored.get(replacement.next());
        VectorizerDefinition wanted = desired.definition(replacement.name()).orElse(null);
        if (replacement.phase() != Phase.FILLING
                || second == null
                || second.unreadable().isPresent()
                || wanted == null
                || CatalogNames.of(wanted).store() == null) {
            return "";
        }
        List<DefinitionDifference> differences =
                VectorizerChange.startReplacement(wanted).differencesFrom(second.definition());
        return differences.isEmpty()
                ? " It is by what is declared."
                : " It is not by what is declared: " + differences + ".";
    }

    /** Of a definition as it is stored. */
    private static List<Object> place(VectorizerDefinition stored) {
        return List.of(stored.source(), Objects.requireNonNullElse(stored.destination(), ""));
    }

    private void compare(String name, VectorizerDefinition wanted, StoredVectorizer vectorizer) {
        compareGrants(name, wanted);
        List<DefinitionDifference> differences =
                DefinitionDifference.all(withDefaults(wanted), vectorizer.definition());
        Alteration alteration = differences.stream()
                .map(DefinitionDifference::alteration)
                .max(Alteration::compareTo)
                .orElse(null);
        if (alteration == Alteration.ANEW && replacements.containsKey(name)) {
            started(name, "It is to be another one: " + differences + ".", " Plan again then.");
            return;
        }
        if (alteration == Alteration.ANEW) {
            Damage taken = find(vectorizer.damages(), Damage.Code.VIEW_COLUMN_TAKEN);
            if (taken != null
                    && wanted.source().equals(vectorizer.definition().source())
                    && CatalogNames.of(wanted).store() != null) {
                impossible("source", name, "created anew", taken);
            } else {
                replace(name, wanted, vectorizer.definition(), differences);
            }
            return;
        }
        if (!vectorizer.enabled()) {
            problem(
                    Problem.Code.VECTORIZER_DISABLED,
                    "name",
                    name,
                    "Vectorizer \"" + name + "\" is disabled, so that its rows wait.",
                    "Enable it when that is not meant.");
        }
        boolean readsOtherwise = differences.stream().anyMatch(DefinitionDifference::readsOtherwise);
        if (mend(name, vectorizer, readsOtherwise) && alteration != null) {
            problems.addAll(observed.problems().getOrDefault(name, List.of()));
            alter(name, wanted, vectorizer.definition(), differences);
        }
    }

    /** Others may have been granted it besides. */
    private void compareGrants(String name, VectorizerDefinition wanted) {
        Set<String> grantees = observed.grantees().getOrDefault(name, Set.of());
        if (wanted.grantTo() == null || grantees.contains(PUBLIC)) {
            return;
        }
        for (String role : wanted.grantTo()) {
            if (!grantees.contains(role)) {
                problem(
                        Problem.Code.GRANT_MISSING,
                        "grant_to",
                        role,
                        "Vectorizer \"" + name + "\" is to be granted to role \"" + role
                                + "\", which may not fill its queue.",
                        "Grant select, insert and update on its queue and store, and select on its source and view.");
            }
        }
    }

    /**
     * What a definition leaves out is what the settings of the database say. Settings by which it could not even be
     * created are none.
     */
    private VectorizerDefinition withDefaults(VectorizerDefinition wanted) {
        VectorizerDefinition.Builder builder = wanted.toBuilder();
        if (DefinitionForm.isLeftToSettings(wanted.indexing())) {
            builder.indexing(observed.indexingByDefault());
        }
        if (DefinitionForm.isLeftToSettings(wanted.scheduling())) {
            builder.scheduling(observed.schedulingByDefault());
        }
        try {
            return builder.build();
        } catch (InvalidArgumentException e) {
            return wanted.asStored();
        }
    }

    /**
     * Plans what mends it.
     *
     * @param readsOtherwise whether the definition reads the source otherwise by then, which mends what is wrong there
     * @return whether it is whole then
     */
    private boolean mend(String name, StoredVectorizer vectorizer, boolean readsOtherwise) {
        Map<Mend, List<Damage>> byMend = vectorizer.damages().stream()
                .filter(damage -> !readsOtherwise || !damage.isOfDefinition())
                .collect(Collectors.groupingBy(damage -> damage.code().mend()));
        List<Damage> byHand = new ArrayList<>(byMend.getOrDefault(Mend.BY_HAND, List.of()));
        byHand.addAll(byMend.getOrDefault(Mend.FORGET, List.of()));
        byHand.forEach(damage -> problem(
                damage.severity() == Severity.ERROR
                        ? Problem.Code.VECTORIZER_DAMAGED
                        : Problem.Code.VECTORIZER_IMPAIRED,
                "name",
                name,
                "Vectorizer \"" + name + "\": " + damage.code() + ", " + damage.object() + ": " + damage.effect(),
                damage.hint()));
        if (byHand.stream().anyMatch(damage -> damage.severity() == Severity.ERROR)) {
            return false;
        }
        List<Damage> repaired = byMend.getOrDefault(Mend.REPAIR, List.of());
        List<Damage> stale = byMend.getOrDefault(Mend.REFRESH_VIEW, List.of());
        Damage taken = find(byHand, Damage.Code.VIEW_COLUMN_TAKEN);
        if (taken != null && Damage.isViewMade(vectorizer.damages())) {
            if (!repaired.isEmpty()) {
                impossible("source", name, "repaired", taken);
            }
            return repaired.isEmpty();
        }
        if (!repaired.isEmpty()) {
            step(
                    Action.REPAIR,
                    name,
                    List.of(VectorizerChange.repair(name)),
                    List.of(),
                    vectorizer.damages(),
                    hazardsOfRepair(vectorizer.damages()));
        } else if (!stale.isEmpty()) {
            step(Action.REFRESH_VIEW, name, List.of(VectorizerChange.refreshView(name)), List.of(), stale);
        }
        return true;
    }

    private static @Nullable Damage find(List<Damage> damages, Damage.Code code) {
        return damages.stream()
                .filter(damage -> damage.code() == code)
                .findFirst()
                .orElse(null);
    }

    private void impossible(String option, String name, String what, Damage cause) {
        problem(
                Problem.Code.STEP_IMPOSSIBLE,
                option,
                name,
                "Vectorizer \"" + name + "\" cannot be " + what + ": " + cause.object() + ": " + cause.effect(),
                cause.hint());
    }

    private static Hazard[] hazardsOfRepair(List<Damage> damages) {
        List<Hazard> hazards = new ArrayList<>();
        if (!damages.stream().allMatch(damage -> UNNOTICED.contains(damage.code()) || MOVED.contains(damage.code()))) {
            hazards.add(Hazard.REEMBEDS_ROWS);
        }
        if (!damages.stream().allMatch(damage -> UNNOTICED.contains(damage.code()))) {
            hazards.add(Hazard.BLOCKS_WRITES);
        }
        return hazards.toArray(new Hazard[0]);
    }

    private void alter(
            String name,
            VectorizerDefinition wanted,
            VectorizerDefinition before,
            List<DefinitionDifference> differences) {
        List<VectorizerChange> changes = new ArrayList<>();
        boolean queued = false;
        boolean options = false;
        boolean scheduling = false;
        for (DefinitionDifference difference : differences) {
            queued |= difference.alteration() == Alteration.QUEUED_AGAIN;
            scheduling |= difference.alteration() == Alteration.BY_SCHEDULING;
            options |= difference.alteration() != Alteration.BY_SCHEDULING;
        }
        if (scheduling) {
            VectorizerDefinition whole = withDefaults(wanted);
            changes.add(VectorizerChange.setScheduling(
                    name, Objects.requireNonNull(whole.scheduling()), Objects.requireNonNull(whole.indexing())));
        }
        if (options) {
            changes.add(VectorizerChange.alter(wanted).withBefore(before));
        }
        if (queued) {
            step(Action.ALTER_AND_QUEUE, name, changes, differences, List.of(), Hazard.REEMBEDS_ROWS);
        } else {
            step(Action.ALTER, name, changes, differences, List.of());
        }
    }

    private void replace(
            String name,
            VectorizerDefinition wanted,
            VectorizerDefinition before,
            List<DefinitionDifference> differences) {
        boolean queueOnly = differences.stream()
                .filter(difference -> difference.alteration() == Alteration.ANEW)
                .allMatch(difference -> difference.path().startsWith("queue_"));
        boolean reads =
                differences.stream().noneMatch(difference -> difference.alteration() == Alteration.QUEUED_AGAIN);
        if (queueOnly && reads) {
            step(
                    Action.REPLACE,
                    name,
                    List.of(
                            VectorizerChange.drop(name, Embeddings.KEEP).withDefinition(before),
                            VectorizerChange.adopt(wanted).withEnqueue(Enqueue.ALL)),
                    differences,
                    List.of(),
                    Hazard.REEMBEDS_ROWS,
                    Hazard.BLOCKS_WRITES);
            return;
        }
        boolean elsewhere = !place(wanted.asStored()).equals(place(before));
        if (before.destination() instanceof Destination.Column column
                && before.source().equals(wanted.source())
                && wanted.destination() instanceof Destination.Column wantedColumn
                && column.embeddingColumn().equals(wantedColumn.embeddingColumn())
                && before.embedding().dimensions() != wanted.embedding().dimensions()) {
            problem(
                    Problem.Code.STEP_IMPOSSIBLE,
                    "embedding.dimensions",
                    String.valueOf(wanted.embedding().dimensions()),
                    "Vectorizer \"" + name + "\" writes to column " + column.embeddingColumn() + " of "
                            + before.source() + ", which has "
                            + before.embedding().dimensions() + " dimensions.",
                    "Drop it, drop the column, and create it again; or name another column.");
            return;
        }
        boolean kept =
                before.destination() instanceof Destination.Column || (elsewhere && !sharesNames(wanted, before));
        List<Hazard> hazards = new ArrayList<>(List.of(Hazard.REEMBEDS_ROWS, Hazard.SEARCH_GAP, Hazard.BLOCKS_WRITES));
        hazards.add(kept && elsewhere ? Hazard.ORPHANS_EMBEDDINGS : Hazard.LOSES_EMBEDDINGS);
        step(
                Action.REPLACE,
                name,
                List.of(
                        VectorizerChange.drop(name, kept ? Embeddings.KEEP : Embeddings.DROP)
                                .withDefinition(before),
                        VectorizerChange.create(wanted)),
                differences,
                List.of(),
                hazards.toArray(new Hazard[0]));
    }

    private static boolean sharesNames(VectorizerDefinition wanted, VectorizerDefinition before) {
        CatalogNames names = CatalogNames.of(wanted);
        CatalogNames namesBefore = CatalogNames.of(before);
        return isSame(names.store(), namesBefore.store()) || isSame(names.view(), namesBefore.view());
    }

    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        return one != null && one.equals(other);
    }

    private void step(
            Action action,
            String name,
            List<VectorizerChange> changes,
            List<DefinitionDifference> differences,
            List<Damage> damages,
            Hazard... hazards) {
        Set<Hazard> sorted = EnumSet.noneOf(Hazard.class);
        sorted.addAll(List.of(hazards));
        steps.add(new PlanStep(
                action, name, changes, differences, damages, sorted, OptionalLong.empty(), OptionalLong.empty()));
    }

    private void problem(Problem.Code code, String option, String value, String message, String hint) {
        problems.add(Problem.of(code, option, value, message, hint));
    }
}
