package dev.pgai.jdbc.plan;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Problem;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.SettingDefaults;
import dev.pgai.jdbc.change.OneChange;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.read.StoredVectorizers;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.Hazard;
import dev.pgai.plan.ObservedState;
import dev.pgai.plan.PlanStep;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
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

    private static final String READABLE = "select pg_catalog.has_table_privilege(c.oid, 'select')"
            + " and pg_catalog.has_schema_privilege(n.oid, 'usage')"
            + " from pg_catalog.pg_class c join pg_catalog.pg_namespace n"
            + " on n.oid operator(pg_catalog.=) c.relnamespace"
            + " where n.nspname operator(pg_catalog.=) ? and c.relname operator(pg_catalog.=) ?";

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
        Map<String, Set<String>> grantees = grantees();
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
                            kept));
        });
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

    /** Counts the rows of steps that embed them again. */
    VectorizerPlan counted(VectorizerPlan plan) {
        List<PlanStep> steps = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            steps.add(
                    step.hazards().contains(Hazard.REEMBEDS_ROWS)
                            ? desired.definition(step.vectorizer())
                                    .map(definition -> counted(step, definition))
                                    .orElse(step)
                            : step);
        }
        return plan.withSteps(steps);
    }

    private PlanStep counted(PlanStep step, VectorizerDefinition definition) {
        RelationName source = definition.source();
        boolean readable =
                database.query(READABLE, row -> row.next() && row.getBoolean(1), source.schema(), source.name());
        if (!readable) {
            return step;
        }
        String bytes = definition.loading() instanceof Loading.Column column
                ? "pg_catalog.sum(pg_catalog.octet_length(x." + SqlText.identifier(column.columnName()) + "))"
                : "null";
        return database.query(
                "select pg_catalog.count(*) as rows, " + bytes + " as bytes from " + SqlText.relation(source) + " x",
                row -> {
                    row.next();
                    long rows = row.getLong("rows");
                    long text = row.getLong("bytes");
                    return step.counted(rows, row.wasNull() ? OptionalLong.empty() : withOverlap(text, definition));
                });
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
