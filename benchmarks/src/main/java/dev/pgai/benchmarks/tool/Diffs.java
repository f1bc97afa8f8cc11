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
import dev.pgai.jdbc.Pgai;
import dev.pgai.liquibase.VectorizerObjectChangeFilter;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** A comparison of a large schema by Liquibase and by Hibernate, with the library's filter and without. */
public final class Diffs {

    private static final double AT_MOST = 1.02;

    private Diffs() {}

    /**
     * Measures.
     *
     * @param settings how long, and how many tables
     * @return the figures
     * @throws Exception when something fails
     */
    public static Section measure(Settings settings) throws Exception {
        int tables = settings.tables();
        Pairs liquibase = new Pairs();
        Pairs hibernate = new Pairs();
        Pairs own = new Pairs();
        try (TestDatabase model = TestDatabases.standard().create();
                TestDatabase live = TestDatabases.standard().create();
                Connection ofModel = model.connection();
                Connection ofLive = live.connection();
                URLClassLoader with = loader(true);
                URLClassLoader without = loader(false)) {
            for (Connection connection : List.of(ofModel, ofLive)) {
                tables(connection, tables);
            }
            Pgai.on(ofLive).create(Definitions.example());
            String[] arguments = {settings.work().toString(), model.url(), live.url(), live.user(), live.password()};
            liquibase
                    .way("with", () -> diff(with, arguments))
                    .way("without", () -> diff(without, arguments))
                    .run(settings.rounds(1), settings.rounds(3));
            HibernateSchema schema = new HibernateSchema(live, tables);
            hibernate
                    .timed("with", () -> schema.update(true))
                    .timed("without", () -> schema.update(false))
                    .run(settings.rounds(3), settings.rounds(10));
            own.timed("read", () -> {
                        try (Connection connection = live.connection()) {
                            return Pairs.time(() -> Pgai.on(connection).managedObjects());
                        }
                    })
                    .run(settings.rounds(12), settings.rounds(20));
        }
        return page(tables, liquibase, hibernate, own);
    }

    private static Section page(int tables, Pairs liquibase, Pairs hibernate, Pairs own) {
        Spread ofLiquibase = liquibase.ratio("with", "without");
        Spread ofHibernate = hibernate.ratio("with", "without");
        String note = "the filter asks one query, which the server plans anew on each connection";
        return new Section("Diffs of schemas, with the filter and without")
                .text("""
                        Two databases of %,d tables, one of them with the page's example. `diffChangelog` of Liquibase, with `pgai-liquibase` on the
                        class path and without; `update` of Hibernate with as many entities, the schema tool alone, with `pgai-hibernate` and without.
                        Without it, both also write down what to do with pgai's tables. What the filter itself does is to read the managed objects once,
                        %s ms there on a new connection, and to ask the predicate for each object.
                        """.formatted(tables, Spread.number(own.millis("read").median())))
                .table(
                        List.of("", "with, ms", "without, ms", "ratio"),
                        List.of(row("Liquibase", liquibase), row("Hibernate", hibernate)))
                .plot(
                        "diffs",
                        "Diffs with the filter, beside without",
                        Svg.ratios(
                                "Diffs with the filter, beside without",
                                List.of(
                                        new Bar("Liquibase", ofLiquibase, AT_MOST),
                                        new Bar("Hibernate", ofHibernate, AT_MOST))))
                .goal(new Goal(
                        "A diff by Liquibase with the filter, beside without", AT_MOST, ofLiquibase.median(), "", note))
                .goal(new Goal(
                        "A diff by Hibernate with the filter, beside without",
                        AT_MOST,
                        ofHibernate.median(),
                        "",
                        note));
    }

    private static List<String> row(String tool, Pairs pairs) {
        return List.of(
                tool,
                Spread.number(pairs.millis("with").median()),
                Spread.number(pairs.millis("without").median()),
                pairs.ratio("with", "without").ratio());
    }

    private static void tables(Connection connection, int number) throws Exception {
        Ground.run(connection, Definitions.TABLE);
        // Some at a time: each table takes a lock until the end of its transaction.
        Ground.run(connection, """
                do $$ begin
                    for i in 1..%d loop
                        execute format('create table public.user%%s (id int primary key, name varchar(255))', i);
                        if i %% 500 = 0 then commit; end if;
                    end loop;
                end $$
                """.formatted(number));
        Ground.run(connection, "analyze");
    }

    private static void diff(ClassLoader loader, String[] arguments) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            Thread.currentThread().setContextClassLoader(loader);
            Method diff = loader.loadClass(LiquibaseCommand.class.getName()).getMethod("diff", String[].class);
            diff.invoke(null, (Object) arguments);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** All of this class path, loaded anew; the adapter finds Liquibase by being there. */
    private static URLClassLoader loader(boolean withAdapter) throws Exception {
        Path adapter = Path.of(VectorizerObjectChangeFilter.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (withAdapter || !Path.of(entry).toAbsolutePath().equals(adapter)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
