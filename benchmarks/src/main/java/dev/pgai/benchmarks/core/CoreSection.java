package dev.pgai.benchmarks.core;

import dev.pgai.benchmarks.Settings;
import dev.pgai.benchmarks.page.ByName;
import dev.pgai.benchmarks.page.Goal;
import dev.pgai.benchmarks.page.Section;
import dev.pgai.benchmarks.page.Series;
import dev.pgai.benchmarks.page.Spread;
import dev.pgai.benchmarks.page.Svg;
import dev.pgai.change.VectorizerChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What needs no database, by JMH: time and allocation of one operation. */
public final class CoreSection {

    private static final double ALLOCATION = 4;
    private static final double PREDICATE_NANOS = 100;
    private static final double FLAT = 3;

    /** What one operation takes. */
    private record Cost(double nanos, double error, double bytes) {}

    private final ByName<ByName<Cost>> costs = new ByName<>();

    private CoreSection() {}

    /**
     * Measures.
     *
     * @param settings how long
     * @return the figures
     * @throws Exception when something fails
     */
    public static Section measure(Settings settings) throws Exception {
        CoreSection section = new CoreSection();
        section.run(settings);
        return section.page();
    }

    private void run(Settings settings) throws Exception {
        Options options = new OptionsBuilder()
                .include("dev\\.pgai\\.benchmarks\\.core\\..*Benchmark")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                .forks(settings.quick() ? 0 : 1)
                .warmupIterations(settings.quick() ? 1 : 3)
                .warmupTime(TimeValue.milliseconds(settings.quick() ? 10 : 400))
                .measurementIterations(settings.quick() ? 1 : 5)
                .measurementTime(TimeValue.milliseconds(settings.quick() ? 10 : 400))
                .shouldFailOnError(true)
                .verbosity(org.openjdk.jmh.runner.options.VerboseMode.SILENT)
                .build();
        for (RunResult result : new Runner(options).run()) {
            String name = result.getParams().getBenchmark().replaceAll("^.*\\.", "");
            String parameter = result.getParams()
                    .getParam(result.getParams().getParamsKeys().iterator().next());
            costs.getOrAdd(name, ByName::new)
                    .put(
                            parameter,
                            new Cost(
                                    result.getPrimaryResult().getScore(),
                                    result.getPrimaryResult().getScoreError(),
                                    Objects.requireNonNull(
                                                    result.getSecondaryResults().get("gc.alloc.rate.norm"))
                                            .getScore()));
        }
    }

    private Cost cost(String benchmark, String parameter) {
        return costs.get(benchmark).get(parameter);
    }

    private Section page() {
        Section section = new Section("Definitions, SQL and JSON").text("""
                        By JMH: one operation, on one thread. `smallest` sets nothing that may be left out, `example` is the definition of
                        pgai's own page about Alembic, `full` sets every option. To build is to make all options and the definition, with all
                        checks.
                        """);
        List<List<String>> rows = new ArrayList<>();
        for (String definition : List.of("smallest", "example", "full")) {
            int characters = VectorizerChange.create(Definitions.of(definition))
                    .sql()
                    .get(0)
                    .length();
            for (String benchmark : List.of("build", "render", "writeJson", "readJson")) {
                Cost cost = cost(benchmark, definition);
                rows.add(List.of(
                        benchmark + ", " + definition,
                        Spread.number(cost.nanos()),
                        Spread.number(cost.error()),
                        Spread.number(cost.bytes()),
                        benchmark.equals("render")
                                ? characters + ": " + Spread.number(cost.bytes() / characters) + " times"
                                : ""));
            }
            section.goal(new Goal(
                    "Render " + definition + ": bytes allocated for each character of SQL",
                    ALLOCATION,
                    cost("render", definition).bytes() / characters,
                    "",
                    "a short text pays for its buffer and the lists of options, about 700 bytes"));
        }
        section.table(List.of("", "ns", "± ns", "bytes allocated", "characters of SQL"), rows);
        section.text(
                "The predicate of schema diffs, half of what is asked for being pgai's; and a plan, which compares each definition"
                        + " with what is stored, where one in ten has changed and one in ten is new.");
        grows(section, List.of("table", "column"), "objects", "ns, is it pgai's?");
        grows(section, List.of("plan"), "vectorizers", "ns");
        section.plot("core", "Time by number", Svg.growth("Time by number", "objects or vectorizers", "ns", lines()));
        ByName<Cost> predicate = costs.get("table");
        double worst = 0;
        for (String benchmark : List.of("table", "column")) {
            for (Cost cost : costs.get(benchmark).values()) {
                worst = Math.max(worst, cost.nanos());
            }
        }
        section.goal(new Goal("The predicate, at its slowest", PREDICATE_NANOS, worst, "ns", ""));
        section.goal(new Goal(
                "The predicate flat: ratio of 100,000 objects to 10",
                FLAT,
                predicate.get("100000").nanos() / predicate.get("10").nanos(),
                "",
                "a table of 100,000 names does not fit into the processor's caches"));
        return section;
    }

    private void grows(Section section, List<String> benchmarks, String what, String unit) {
        List<String> header = new ArrayList<>(List.of(unit + " with so many " + what));
        header.addAll(costs.get(benchmarks.get(0)).names());
        List<List<String>> rows = new ArrayList<>();
        for (String benchmark : benchmarks) {
            List<String> row = new ArrayList<>(List.of(benchmark));
            costs.get(benchmark).values().forEach(cost -> row.add(Spread.number(cost.nanos())));
            rows.add(row);
            List<String> bytes = new ArrayList<>(List.of(benchmark + ", bytes allocated"));
            costs.get(benchmark).values().forEach(cost -> bytes.add(Spread.number(cost.bytes())));
            rows.add(bytes);
        }
        section.table(header, rows);
    }

    private List<Series> lines() {
        List<Series> lines = new ArrayList<>();
        for (String benchmark : List.of("table", "column", "plan")) {
            Map<Double, Double> points = new LinkedHashMap<>();
            costs.get(benchmark).forEach((parameter, cost) -> points.put(Double.valueOf(parameter), cost.nanos()));
            lines.add(new Series(benchmark, points));
        }
        return lines;
    }
}
