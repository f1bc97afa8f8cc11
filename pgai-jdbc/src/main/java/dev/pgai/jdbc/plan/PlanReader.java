package dev.pgai.jdbc.plan;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Problem;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.SettingDefaults;
import dev.pgai.jdbc.change.OneChange;
import dev.pgai.jdbc.change.SecondVectorizer;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.RowCounts;
import dev.pgai.jdbc.read.StoredVectorizers;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.Hazard;
import dev.pgai.plan.ObservedState;
import dev.pgai.plan.PlanStep;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what a plan needs. */
final class PlanReader {

    private static final String SETTINGS = "select pg_catalog.current_setting('ai.indexing_default', true) as indexing,"
            + " pg_catalog.current_setting('ai.scheduling_default', true) as scheduling";

    private static final String GRANTEES = "select v.name,"
            + " case when a.grantee operator(pg_catalog.=) 0::pg_catalog.oid then 'public'"
            + " else pg_catalog.pg_get_userbyid(a.grantee) end as grantee"
            + " from ai.vectorizer v join pg_catalog.pg_namespace n"
            + " on n.nspname operator(pg_catalog.=) v.queue_schema join pg_catalog.pg_class c"
            + " on c.relnamespace operator(pg_catalog.=) n.oid and c.relname operator(pg_catalog.=) v.queue_table"
            + " cross join lateral pg_catalog.aclexplode(c.relacl) a"
            + " where a.privilege_type operator(pg_catalog.=) 'INSERT'";

    private final Database database;
    private final DesiredState desired;

    PlanReader(Database database, DesiredState desired) {
        this.database = database;
        this.desired = desired;
    }

    /** Without the rows of its steps, which take a while where there are many. */
    VectorizerPlan read() {
        CatalogLook look = CatalogLook.forReading(database);
        List<StoredVectorizer> vectorizers = StoredVectorizers.listClosely(database, look);
        Set<String> there = vectorizers.stream().map(StoredVectorizer::name).collect(Collectors.toSet());
        Map<String, List<Problem>> problems = new HashMap<>();
        Set<String> kept = new HashSet<>();
        for (VectorizerDefinition definition : desired.definitions()) {
            String name = Objects.requireNonNull(definition.name());
            if (!there.contains(name)) {
                List<Problem> ofCreate = OneChange.check(database, VectorizerChange.create(definition));
                if (hasErrors(ofCreate) && !hasErrors(OneChange.check(database, VectorizerChange.adopt(definition)))) {
                    kept.add(name);
                } else {
                    problems.put(name, ofCreate);
                }
            }
        }
        for (StoredVectorizer vectorizer : vectorizers) {
            problems.putAll(ofAlteration(vectorizer));
        }
        Map<String, Set<String>> grantees = grantees();
        List<ObservedState.Replacement> replacements = SecondVectorizer.all(database);
        return database.query(SETTINGS, row -> {
            row.next();
            return VectorizerPlan.of(
                    desired,
                    new ObservedState(
                            vectorizers,
                            SettingDefaults.indexing(row.getString("indexing")),
                            SettingDefaults.scheduling(row.getString("scheduling")),
                            problems,
                            grantees,
                            kept,
                            replacements));
        });
    }

    /** What of the source a definition could not work with that reads it otherwise. */
    private Map<String, List<Problem>> ofAlteration(StoredVectorizer vectorizer) {
        VectorizerDefinition wanted = desired.definition(vectorizer.name()).orElse(null);
        if (wanted == null
                || vectorizer.unreadable().isPresent()
                || DefinitionDifference.all(wanted, vectorizer.definition()).stream()
                        .noneMatch(DefinitionDifference::readsOtherwise)) {
            return Map.of();
        }
        List<Problem> problems = OneChange.check(database, VectorizerChange.alter(wanted)).stream()
                .filter(problem -> problem.code() != Problem.Code.VECTORIZER_DAMAGED
                        && problem.code() != Problem.Code.RIGHT_MISSING)
                .toList();
        return Map.of(vectorizer.name(), problems);
    }

    /** Not asked for where no definition says to whom. */
    private Map<String, Set<String>> grantees() {
        if (desired.definitions().stream().allMatch(definition -> definition.grantTo() == null)) {
            return Map.of();
        }
        return database.query(GRANTEES, rows -> {
            Map<String, Set<String>> grantees = new HashMap<>();
            while (rows.next()) {
                grantees.computeIfAbsent(rows.getString("name"), name -> new HashSet<>())
                        .add(rows.getString("grantee"));
            }
            return grantees;
        });
    }

    private static boolean hasErrors(List<Problem> problems) {
        return problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    /** Counts the rows of steps that embed them again, where they may be read, and keeps no lock on their tables. */
    VectorizerPlan counted(VectorizerPlan plan) {
        RowCounts<String> counts = new RowCounts<>();
        plan.steps().stream()
                .filter(step -> step.hazards().contains(Hazard.REEMBEDS_ROWS))
                .flatMap(step -> desired.definition(step.vectorizer()).stream())
                .forEach(definition -> add(counts, definition));
        counts.run(database);
        return plan.withSteps(
                plan.steps().stream().map(step -> counted(step, counts)).toList());
    }

    private static void add(RowCounts<String> counts, VectorizerDefinition definition) {
        String name = Objects.requireNonNull(definition.name());
        String source = SqlText.relation(definition.source());
        if (definition.loading() instanceof Loading.Column column) {
            counts.addWithBytes(name, source, column.columnName());
        } else {
            counts.add(name, source, "all");
        }
    }

    private PlanStep counted(PlanStep step, RowCounts<String> counts) {
        String name = step.vectorizer();
        OptionalLong rows = counts.rows(name);
        return rows.isEmpty()
                ? step
                : step.counted(
                        rows.getAsLong(),
                        counts.bytes(name).stream()
                                .mapToObj(bytes -> withOverlap(
                                        bytes, desired.definition(name).orElseThrow()))
                                .findFirst()
                                .orElseGet(OptionalLong::empty));
    }

    /** What two chunks share is embedded twice. */
    private static OptionalLong withOverlap(long bytes, VectorizerDefinition definition) {
        int size = 1;
        int overlap = 0;
        if (definition.asStored().chunking() instanceof Chunking.CharacterTextSplitter splitter) {
            size = Objects.requireNonNull(splitter.chunkSize());
            overlap = Objects.requireNonNull(splitter.chunkOverlap());
        } else if (definition.asStored().chunking() instanceof Chunking.RecursiveCharacterTextSplitter splitter) {
            size = Objects.requireNonNull(splitter.chunkSize());
            overlap = Objects.requireNonNull(splitter.chunkOverlap());
        }
        return overlap < size
                ? OptionalLong.of((long) Math.ceil((double) bytes * size / (size - overlap)))
                : OptionalLong.empty();
    }
}
