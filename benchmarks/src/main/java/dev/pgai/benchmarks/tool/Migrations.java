package dev.pgai.benchmarks.tool;

import dev.pgai.benchmarks.Settings;
import dev.pgai.benchmarks.core.Definitions;
import dev.pgai.benchmarks.database.Ground;
import dev.pgai.benchmarks.database.Pairs;
import dev.pgai.benchmarks.page.Bar;
import dev.pgai.benchmarks.page.Goal;
import dev.pgai.benchmarks.page.Section;
import dev.pgai.benchmarks.page.Spread;
import dev.pgai.benchmarks.page.Svg;
import dev.pgai.change.VectorizerChange;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** The page's example up and down again by each tool, and by pgai's own integration with Alembic. */
public final class Migrations {

    private static final String ALEMBIC = "Alembic";
    private static final int RENDERED = 20_000;
    private static final double TIMES_AS_FAST = 10;

    private Migrations() {}

    /**
     * Measures.
     *
     * @param settings how long
     * @return the figures
     * @throws Exception when something fails
     */
    public static Section measure(Settings settings) throws Exception {
        Section section = new Section("Migrations");
        section.text("""
                The page's example, created by one migration and dropped again, by each tool as its users call it: in a process that has done
                it before, on a connection of its own, with the tool's look at its history. `Up` creates the vectorizer, `down` drops it:
                `upgrade` and `downgrade` of Alembic, `update` and `rollbackCount` of Liquibase, `up` and `down` of MyBatis Migrations; of
                Flyway, whose free edition has no undo, it is a second migration. Flyway and Liquibase check the definition against the
                database before, which pgai's Python does not; nor does its SQL escape anything.
                """);
        try (TestDatabase alembic = blog();
                TestDatabase flyway = blog();
                TestDatabase liquibase = blog();
                TestDatabase mybatis = blog()) {
            List<Tool> tools = new ArrayList<>(List.of(
                    new FlywayTool(flyway), new LiquibaseTool(liquibase, settings.work()), new MyBatisTool(mybatis)));
            Pairs up = new Pairs();
            Pairs down = new Pairs();
            if (settings.python().isPresent()) {
                try (PythonPartner python = new PythonPartner(settings, alembic)) {
                    python.millis("upgrade", 1);
                    tools.add(0, new AlembicTool(python));
                    run(settings, tools, up, down);
                    section.text("Python " + python.version()
                            + ", pgai 0.12.1, Alembic and psycopg as `scripts/benchmarks` installs them.");
                    page(section, tools, up, down);
                    rendering(settings, section, python);
                }
            } else {
                run(settings, tools, up, down);
                page(section, tools, up, down);
                section.text("Without pgai's own Python in this run.");
            }
        }
        return section;
    }

    private static TestDatabase blog() throws Exception {
        TestDatabase database = TestDatabases.standard().create();
        try (Connection connection = database.connection()) {
            Ground.run(connection, Definitions.TABLE);
        }
        return database;
    }

    /** Each round goes up with all, and down with all. */
    private static void run(Settings settings, List<Tool> tools, Pairs up, Pairs down) throws Exception {
        for (Tool tool : tools) {
            up.timed(tool.name(), tool::up);
            down.timed(tool.name(), tool::down);
        }
        int rounds = settings.rounds(25);
        for (int round = 0; round < rounds; round++) {
            int warmUp = round < settings.rounds(6) - 1 ? 1 : 0;
            up.run(warmUp, 1 - warmUp);
            down.run(warmUp, 1 - warmUp);
        }
    }

    private static void page(Section section, List<Tool> tools, Pairs up, Pairs down) {
        String first = tools.get(0).name();
        List<List<String>> rows = new ArrayList<>();
        List<Bar> bars = new ArrayList<>();
        for (Tool tool : tools) {
            Spread upRatio = up.ratio(tool.name(), first);
            Spread downRatio = down.ratio(tool.name(), first);
            rows.add(List.of(
                    tool.name(),
                    Spread.number(up.millis(tool.name()).median()),
                    upRatio.ratio(),
                    Spread.number(down.millis(tool.name()).median()),
                    downRatio.ratio()));
            if (!tool.name().equals(first)) {
                bars.add(new Bar(tool.name() + ", up", upRatio, Double.NaN));
                bars.add(new Bar(tool.name() + ", down", downRatio, Double.NaN));
            }
        }
        section.table(List.of("", "up, ms", "ratio to " + first, "down, ms", "ratio to " + first), rows);
        section.plot("migrations", "Migrations beside " + first, Svg.ratios("Migrations beside " + first, bars));
    }

    private static void rendering(Settings settings, Section section, PythonPartner python) throws Exception {
        VectorizerChange change = VectorizerChange.create(Definitions.example());
        int times = settings.quick() ? 100 : RENDERED;
        Pairs pairs = new Pairs()
                .timed(
                        "Java",
                        () -> Pairs.time(() -> {
                            for (int i = 0; i < times; i++) {
                                keep(change.sql());
                            }
                        }))
                .timed("Python", () -> python.millis("render", times))
                .timed(
                        "Java, built",
                        () -> Pairs.time(() -> {
                            for (int i = 0; i < times; i++) {
                                keep(VectorizerChange.create(Definitions.example())
                                        .sql());
                            }
                        }))
                .timed("Python, built", () -> python.millis("build", times))
                .run(settings.rounds(10), settings.rounds(30));
        Spread render = pairs.ratio("Python", "Java");
        section.text(
                        "The SQL of the same definition, without a database, one after the other: `VectorizerChange.sql()` beside"
                                + " `CreateVectorizer.to_sql()`, and with the definition built each time. Java checks all values when it"
                                + " builds, and escapes what it renders.")
                .table(
                        List.of("", "µs, Java", "µs, Python", "Python takes so many times as long"),
                        List.of(
                                row("render", pairs, "Java", "Python", times),
                                row("build and render", pairs, "Java, built", "Python, built", times)))
                .goal(new Goal(
                        "Render beside Python: a tenth of its time",
                        1 / TIMES_AS_FAST,
                        1 / render.median(),
                        "",
                        "each character is looked at, because it may need an escape; Python's escapes none"));
    }

    private static List<String> row(String what, Pairs pairs, String java, String python, int times) {
        return List.of(
                what,
                Spread.number(pairs.millis(java).median() * 1000 / times),
                Spread.number(pairs.millis(python).median() * 1000 / times),
                pairs.ratio(python, java).ratio());
    }

    /** So that the compiler cannot leave out what made it. */
    private static void keep(List<String> sql) {
        if (sql.isEmpty()) {
            throw new IllegalStateException("nothing was rendered");
        }
    }

    private record AlembicTool(PythonPartner python) implements Tool {

        @Override
        public String name() {
            return ALEMBIC;
        }

        @Override
        public double up() throws Exception {
            return python.millis("upgrade", 2);
        }

        @Override
        public double down() throws Exception {
            return python.millis("downgrade", 1);
        }
    }
}
