package dev.pgai.benchmarks.tool;

import dev.pgai.benchmarks.Settings;
import dev.pgai.benchmarks.database.Pairs;
import dev.pgai.benchmarks.page.Goal;
import dev.pgai.benchmarks.page.Section;
import dev.pgai.benchmarks.page.Spread;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The start of an application of Spring Boot's, with the starter and without, each in a JVM of its own. */
public final class Starts {

    private static final double AT_MOST = 150;
    private static final Pattern STARTED = Pattern.compile("started ([0-9]+) (true|false)");

    /** What an application with a data source has, and the library with what it needs. */
    private static final Pattern SPRING = Pattern.compile(
            "(spring-|HikariCP|postgresql|slf4j|logback|jspecify|micrometer|jakarta\\.annotation|snakeyaml).*");

    private static final Pattern JACKSON = Pattern.compile("jackson-.*");

    private static final Pattern PGAI = Pattern.compile("(pgai-core|pgai-jdbc|pgai-spring-boot-starter).*");

    /** What else is on the class path. */
    private enum Beside {
        NOTHING,
        JACKSON,
        STARTER
    }

    private Starts() {}

    /**
     * Measures.
     *
     * @param settings how long
     * @return the figures
     * @throws Exception when something fails
     */
    public static Section measure(Settings settings) throws Exception {
        Pairs pairs = new Pairs();
        try (TestDatabase database = TestDatabases.standard().create()) {
            for (Beside beside : Beside.values()) {
                pairs.timed(beside.name(), () -> start(database, beside));
            }
            pairs.run(settings.rounds(1), settings.rounds(15));
        }
        Spread starter = pairs.difference(Beside.STARTER.name(), Beside.JACKSON.name());
        Spread all = pairs.difference(Beside.STARTER.name(), Beside.NOTHING.name());
        return new Section("Start of an application of Spring Boot's")
                .text("""
                        Spring Boot 3.5 with a data source and a pool; from the start of the JVM until the application is there. With
                        `pgai-spring-boot-starter` there is a bean `Pgai`, and no vectorizers to validate. The library brings Jackson, which a web
                        application has already: where Spring Boot finds it, it configures it, and looks through the packages of the application
                        for classes that are meant for it.
                        """)
                .table(
                        List.of("", "ms", "more, ms"),
                        List.of(
                                List.of("without", millis(pairs, Beside.NOTHING), ""),
                                List.of(
                                        "with Jackson",
                                        millis(pairs, Beside.JACKSON),
                                        pairs.difference(Beside.JACKSON.name(), Beside.NOTHING.name())
                                                .ratio()),
                                List.of("with the starter, and Jackson", millis(pairs, Beside.STARTER), all.ratio())))
                .goal(new Goal(
                        "What the starter adds to the start of an application that has Jackson",
                        AT_MOST,
                        starter.median(),
                        "ms",
                        "beans and properties are made, and what makes them is loaded"))
                .goal(new Goal(
                        "What the starter and Jackson add to a start",
                        AT_MOST,
                        all.median(),
                        "ms",
                        "Jackson is a part of it, and what Spring Boot does where it finds it"));
    }

    private static String millis(Pairs pairs, Beside beside) {
        return Spread.number(pairs.millis(beside.name()).median());
    }

    private static double start(TestDatabase database, Beside beside) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        classPath(beside),
                        Application.class.getName(),
                        "--spring.datasource.url=" + database.url(),
                        "--spring.main.banner-mode=off",
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher started = STARTED.matcher(output);
        if (!started.find()) {
            throw new IOException("The application did not start:\n" + output);
        }
        if (Boolean.parseBoolean(started.group(2)) != (beside == Beside.STARTER)) {
            throw new IOException("The application has a bean that it should not have, or has it not:\n" + output);
        }
        return Double.parseDouble(started.group(1));
    }

    private static String classPath(Beside beside) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> {
                    String name = name(Path.of(entry));
                    return name.equals("benchmarks")
                            || SPRING.matcher(name).matches()
                            || (beside != Beside.NOTHING
                                    && JACKSON.matcher(name).matches())
                            || (beside == Beside.STARTER && PGAI.matcher(name).matches());
                })
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Of a jar, or of the module whose classes are in a folder. */
    private static String name(Path entry) {
        int fromEnd = entry.toString().endsWith(".jar") ? 1 : 3;
        return entry.getName(entry.getNameCount() - fromEnd).toString();
    }
}
