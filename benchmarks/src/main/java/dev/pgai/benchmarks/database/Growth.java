package dev.pgai.benchmarks.database;

import dev.pgai.benchmarks.Settings;
import dev.pgai.benchmarks.core.Definitions;
import dev.pgai.benchmarks.page.Bar;
import dev.pgai.benchmarks.page.ByName;
import dev.pgai.benchmarks.page.Goal;
import dev.pgai.benchmarks.page.Section;
import dev.pgai.benchmarks.page.Series;
import dev.pgai.benchmarks.page.Spread;
import dev.pgai.benchmarks.page.Svg;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What operations cost as vectorizers become many. */
public final class Growth {

    private static final double FLAT = 1.5;
    private static final double OVER_QUERY = 1.2;
    private static final ByName<String> WHY_OVER_QUERY = new ByName<String>()
            .put("list", "definitions are read and checked")
            .put("inspect", "definitions are read and checked, and damage is told from what is there")
            .put("managedObjects", "32 objects for each vectorizer are sorted, and put into tables for the predicate");
    private static final String NEW = "new connection";

    private final Settings settings;
    private final List<Step> steps = new ArrayList<>();
    private final ByName<Spread> overQuery = new ByName<>();

    /** What one operation costs with so many vectorizers. */
    private record Cost(Spread millis, Spread first, long trips, long locks) {}

    /** All operations with so many vectorizers. */
    private record Step(int vectorizers, ByName<Cost> costs) {}

    private interface Operation {
        void on(Pgai pgai);
    }

    private Growth(Settings settings) {
        this.settings = settings;
    }

    /**
     * Measures.
     *
     * @param settings how long, and how many
     * @return the figures
     * @throws Exception when something fails
     */
    public static Section measure(Settings settings) throws Exception {
        return new Growth(settings).section();
    }

    private static ByName<Operation> ofOne(int vectorizers) {
        String name = "t" + (vectorizers + 1) / 2 + "_embedding";
        ByName<Operation> operations = new ByName<>();
        operations.put("exists", pgai -> pgai.exists(name));
        operations.put("find", pgai -> pgai.find(name));
        operations.put("inspect one", pgai -> pgai.inspect(name));
        operations.put("check", pgai -> pgai.check(Definitions.example()));
        operations.put("enable", pgai -> pgai.enable(name));
        return operations;
    }

    private static ByName<Operation> ofAll() {
        ByName<Operation> operations = new ByName<>();
        operations.put("list", Pgai::list);
        operations.put("inspect", Pgai::inspect);
        operations.put("managedObjects", Pgai::managedObjects);
        return operations;
    }

    private Section section() throws Exception {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection growing = database.connection()) {
            Ground.run(growing, Definitions.TABLE);
            int there = 0;
            for (int vectorizers : settings.vectorizers()) {
                Ground.grow(growing, there + 1, vectorizers);
                there = vectorizers;
                System.err.println("  with " + vectorizers + " vectorizers");
                ByName<Cost> costs = new ByName<>();
                measure(database, ofOne(vectorizers), settings.rounds(40), settings.rounds(12), costs);
                measure(database, ofAll(), settings.rounds(5), settings.rounds(2), costs);
                steps.add(new Step(vectorizers, costs));
            }
            try (Connection connection = Ground.connect(database)) {
                ofAll().forEach((name, operation) -> overQuery.put(name, overQuery(connection, operation)));
            }
        }
        return page();
    }

    /** Round by round all of them, so that none has a quiet time to itself. */
    private void measure(
            TestDatabase database, ByName<Operation> operations, int rounds, int connections, ByName<Cost> into)
            throws Exception {
        ByName<Long> trips = new ByName<>();
        ByName<Long> locks = new ByName<>();
        Pairs pairs = new Pairs();
        try (Connection connection = Ground.connect(database)) {
            Pgai pgai = Pgai.on(connection);
            operations.forEach((name, operation) -> pairs.timed(name, () -> {
                long before = Wire.trips();
                double millis = Pairs.time(() -> operation.on(pgai));
                trips.put(name, Wire.trips() - before);
                locks.put(name, Ground.locks(connection));
                connection.rollback();
                return millis;
            }));
            // The driver prepares what it has seen five times, and the server plans what was prepared five times more.
            pairs.run(Math.min(settings.rounds(12), rounds), rounds);
        }
        Pairs first = new Pairs();
        operations.forEach((name, operation) -> first.timed(name + NEW, () -> {
            try (Connection connection = Ground.connect(database)) {
                double millis = Pairs.time(() -> operation.on(Pgai.on(connection)));
                connection.rollback();
                return millis;
            }
        }));
        first.run(1, connections);
        operations.forEach((name, operation) -> into.put(
                name, new Cost(pairs.millis(name), first.millis(name + NEW), trips.get(name), locks.get(name))));
    }

    /** What the library adds to its own queries, asked by plain JDBC and read to the last value. */
    private Spread overQuery(Connection connection, Operation operation) {
        Noted noted = new Noted();
        operation.on(Pgai.on(noted.on(connection)));
        try {
            return new Pairs()
                    .way("library", () -> {
                        operation.on(Pgai.on(connection));
                        connection.rollback();
                    })
                    .way("query", () -> {
                        noted.ask(connection);
                        connection.rollback();
                    })
                    .run(settings.rounds(6), settings.rounds(10))
                    .ratio("library", "query");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Section page() {
        Section section = new Section("One vectorizer among many, and all of them").text("""
                        On one database that grows. Each operation is in a transaction of its own, on a connection that has done it before;
                        "first" is the first call on a new connection, where the server has its caches to fill and every query to plan.
                        """);
        Step smallest = steps.get(0);
        Step largest = steps.get(steps.size() - 1);
        List<String> header = new ArrayList<>(List.of("ms, with so many vectorizers"));
        steps.forEach(step -> header.add(String.format("%,d", step.vectorizers())));
        header.addAll(List.of("first, " + String.format("%,d", largest.vectorizers()), "round trips", "locks held"));
        List<List<String>> rows = new ArrayList<>();
        for (String name : smallest.costs().names()) {
            List<String> row = new ArrayList<>(List.of("`" + name + "`"));
            steps.forEach(step ->
                    row.add(Spread.number(step.costs().get(name).millis().median())));
            Cost most = largest.costs().get(name);
            row.add(Spread.number(most.first().median()));
            row.add(String.valueOf(most.trips()));
            row.add(String.valueOf(most.locks()));
            rows.add(row);
        }
        section.table(header, rows);
        List<Series> lines = new ArrayList<>();
        for (String name : smallest.costs().names()) {
            Map<Double, Double> points = new LinkedHashMap<>();
            steps.forEach(step -> points.put(
                    (double) step.vectorizers(), step.costs().get(name).millis().median()));
            lines.add(new Series(name, points));
        }
        section.plot(
                "growth",
                "Time by number of vectorizers",
                Svg.growth("Time by number of vectorizers", "vectorizers", "ms", lines));
        section.text(
                "What the library adds to its own queries, with %,d vectorizers: the same queries by plain JDBC, read to the"
                                .formatted(largest.vectorizers())
                        + " last value, one after the other with the library.");
        List<List<String>> over = new ArrayList<>();
        overQuery.forEach((name, ratio) -> over.add(List.of("`" + name + "`", ratio.ratio())));
        section.table(List.of("", "ratio to the bare queries"), over);
        section.plot(
                "over-query",
                "The library beside its own queries",
                Svg.ratios(
                        "The library beside its own queries",
                        overQuery.names().stream()
                                .map(name -> new Bar(name, overQuery.get(name), OVER_QUERY))
                                .toList()));
        for (String name : List.of("exists", "find", "enable")) {
            section.goal(new Goal(
                    "`" + name + "` flat: ratio of " + largest.vectorizers() + " vectorizers to one",
                    FLAT,
                    largest.costs().get(name).millis().median()
                            / smallest.costs().get(name).millis().median(),
                    "",
                    ""));
        }
        for (String name : ofAll().names()) {
            section.goal(new Goal(
                    "`" + name + "` beside its bare queries",
                    OVER_QUERY,
                    overQuery.get(name).median(),
                    "",
                    WHY_OVER_QUERY.get(name)));
            section.goal(new Goal(
                    "Round trips of `" + name + "`",
                    1,
                    largest.costs().get(name).trips(),
                    "",
                    "a first look tells which tables may be named: one that may not be read would fail the caller's transaction"
                            + (name.equals("inspect") ? "; the third counts orphans in stores" : "")));
        }
        return section;
    }
}
