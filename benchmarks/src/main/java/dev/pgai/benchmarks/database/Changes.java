package dev.pgai.benchmarks.database;

import dev.pgai.benchmarks.Settings;
import dev.pgai.benchmarks.core.Definitions;
import dev.pgai.benchmarks.page.Bar;
import dev.pgai.benchmarks.page.ByName;
import dev.pgai.benchmarks.page.Goal;
import dev.pgai.benchmarks.page.Section;
import dev.pgai.benchmarks.page.Spread;
import dev.pgai.benchmarks.page.Svg;
import dev.pgai.change.VectorizerChange;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.util.List;

/** Create and drop, each in a transaction that is committed, beside the same statements by plain JDBC. */
public final class Changes {

    private static final String PLAIN = "plain JDBC";
    private static final String RENDERED = "rendered, plain JDBC";
    private static final String LIBRARY = "library";
    private static final String CHECK = "check alone";

    private final ByName<long[]> costs = new ByName<>();

    private Changes() {}

    /**
     * Measures.
     *
     * @param settings how long
     * @return the figures
     * @throws Exception when something fails
     */
    public static Section measure(Settings settings) throws Exception {
        return new Changes().section(settings);
    }

    private Section section(Settings settings) throws Exception {
        VectorizerDefinition definition = Definitions.example();
        String create = VectorizerChange.create(definition).sql().get(0);
        String drop =
                VectorizerChange.drop(Definitions.NAME, Embeddings.DROP).sql().get(0);
        String catalogs = "select ai.drop_vectorizer('" + Definitions.NAME + "', drop_all => true)";
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = Ground.connect(database)) {
            Ground.run(connection, Definitions.TABLE);
            connection.commit();
            Pgai pgai = Pgai.on(connection);
            int warmUp = settings.rounds(40);
            int rounds = settings.rounds(150);
            Pairs creates = new Pairs()
                    .timed(PLAIN, () -> created(connection, PLAIN, () -> Ground.run(connection, create)))
                    .timed(
                            RENDERED,
                            () -> created(
                                    connection,
                                    RENDERED,
                                    () -> Ground.run(
                                            connection,
                                            VectorizerChange.create(Definitions.example())
                                                    .sql()
                                                    .get(0))))
                    .timed(LIBRARY, () -> created(connection, LIBRARY, () -> pgai.create(Definitions.example())))
                    .way(CHECK, () -> {
                        pgai.check(definition);
                        connection.commit();
                    })
                    .run(warmUp, rounds);
            Pairs drops = new Pairs()
                    .timed(
                            "catalog",
                            () -> dropped(connection, "catalog", create, () -> Ground.run(connection, catalogs)))
                    .timed(
                            PLAIN,
                            () -> dropped(connection, "drop, " + PLAIN, create, () -> Ground.run(connection, drop)))
                    .timed(
                            LIBRARY,
                            () -> dropped(
                                    connection,
                                    "drop, " + LIBRARY,
                                    create,
                                    () -> pgai.drop(Definitions.NAME, Embeddings.DROP)))
                    .run(warmUp, rounds);
            return section(creates, drops);
        }
    }

    /** What it took until it was committed; then it is dropped, which does not count. */
    private double created(Connection connection, String name, Pairs.Action action) throws Exception {
        double millis = transaction(connection, name, action);
        Ground.run(connection, "select ai.drop_vectorizer('" + Definitions.NAME + "', drop_all => true)");
        connection.commit();
        return millis;
    }

    private double dropped(Connection connection, String name, String create, Pairs.Action action) throws Exception {
        Ground.run(connection, create);
        connection.commit();
        return transaction(connection, name, action);
    }

    private double transaction(Connection connection, String name, Pairs.Action action) throws Exception {
        long trips = Wire.trips();
        double millis = Pairs.time(action);
        trips = Wire.trips() - trips;
        long locks = Ground.locks(connection);
        costs.put(name, new long[] {trips, locks});
        return millis + Pairs.time(connection::commit);
    }

    private Section section(Pairs creates, Pairs drops) {
        Spread rendered = creates.ratio(RENDERED, PLAIN);
        Spread checked = creates.ratio(LIBRARY, PLAIN);
        Spread dropped = drops.ratio(LIBRARY, PLAIN);
        Spread droppedCatalog = drops.ratio(LIBRARY, "catalog");
        return new Section("Create and drop")
                .text("""
                        The page's example, in a transaction of its own, up to and with its commit; on one connection, the ways one after
                        the other in each round. Round trips are counted on the socket, without the commit's. `Pgai.create` looks at the
                        catalog and checks the definition against the database before it creates, and takes the advisory lock that changes
                        wait for; `Pgai.drop` looks, takes the lock, and sees that the vectorizer is there.
                        """)
                .table(
                        List.of("", "ms", "ratio to plain JDBC", "round trips", "locks held"),
                        List.of(
                                row("create, " + PLAIN, creates.millis(PLAIN), "1", PLAIN),
                                row(
                                        "create, rendered and run by plain JDBC",
                                        creates.millis(RENDERED),
                                        rendered.ratio(),
                                        RENDERED),
                                row("`Pgai.create`", creates.millis(LIBRARY), checked.ratio(), LIBRARY),
                                List.of(
                                        "`Pgai.check` alone",
                                        Spread.number(creates.millis(CHECK).median()),
                                        creates.ratio(CHECK, PLAIN).ratio(),
                                        "1",
                                        ""),
                                row(
                                        "drop, the catalog's function by plain JDBC",
                                        drops.millis("catalog"),
                                        drops.ratio("catalog", PLAIN).ratio(),
                                        "catalog"),
                                row("drop, the same SQL by plain JDBC", drops.millis(PLAIN), "1", "drop, " + PLAIN),
                                row("`Pgai.drop`", drops.millis(LIBRARY), dropped.ratio(), "drop, " + LIBRARY)))
                .plot(
                        "changes",
                        "Create and drop beside plain JDBC",
                        Svg.ratios(
                                "Create and drop beside plain JDBC",
                                List.of(
                                        new Bar("create, rendered", rendered, 1.1),
                                        new Bar("Pgai.create, with its check", checked, 1.25),
                                        new Bar("Pgai.drop beside the same SQL", dropped, 1.2),
                                        new Bar(
                                                "Pgai.drop beside the catalog's function",
                                                droppedCatalog,
                                                Double.NaN))))
                .goal(new Goal("Create without its check, beside plain JDBC", 1.1, rendered.median(), "", ""))
                .goal(
                        new Goal(
                                "Create with its check, beside plain JDBC",
                                1.25,
                                checked.median(),
                                "",
                                "the check is one query over all that the definition touches, a millisecond or two; the statement itself takes four"))
                .goal(
                        new Goal(
                                "Drop, beside plain JDBC",
                                1.2,
                                dropped.median(),
                                "",
                                "a look at the catalog, the lock, and the row with the owners of its objects are three round trips before"));
    }

    private List<String> row(String what, Spread millis, String ratio, String costOf) {
        long[] cost = costs.get(costOf);
        return List.of(what, Spread.number(millis.median()), ratio, String.valueOf(cost[0]), String.valueOf(cost[1]));
    }
}
