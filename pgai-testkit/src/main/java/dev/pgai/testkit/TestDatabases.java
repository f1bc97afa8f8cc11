package dev.pgai.testkit;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.server.JvmName;
import dev.pgai.testkit.internal.server.RunningServer;
import dev.pgai.testkit.internal.setting.Settings;
import dev.pgai.testkit.internal.standin.StandinGap;
import dev.pgai.testkit.internal.template.Template;
import dev.pgai.testkit.internal.template.TemplateStep;
import dev.pgai.testkit.internal.template.VectorExtension;
import dev.pgai.testkit.internal.thread.Interrupts;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives databases with pgai in them to tests: each a fresh clone of a template that is prepared once.
 *
 * <pre>{@code
 * try (TestDatabase database = TestDatabases.standard().create();
 *         Connection connection = database.connection()) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Server, locale, vector and catalog are separate choices, see {@link TestServer}, {@link TestLocale},
 * {@link TestVector} and {@link TestCatalog}. The server is started, or connected to, when the first database is asked
 * for; there is nothing to stop. What is in use is logged once at info. Safe for use by several threads.
 */
public final class TestDatabases {

    private static final Logger log = LoggerFactory.getLogger(TestDatabases.class);

    private static final String NO_SUCH_DATABASE = "3D000";

    private static @Nullable TestDatabases standard;

    private final TestServer server;
    private final TestLocale locale;
    private final TestVector vector;
    private final TestCatalog catalog;
    private final List<TemplateStep> setup;
    private @Nullable Prepared prepared;
    private @Nullable PgaiException failure;

    private record Prepared(RunningServer server, Template template, String description) {}

    private TestDatabases(
            TestServer server, TestLocale locale, TestVector vector, TestCatalog catalog, List<TemplateStep> setup) {
        this.server = server;
        this.locale = locale;
        this.vector = vector;
        this.catalog = catalog;
        this.setup = setup;
    }

    /**
     * The databases of this JVM, with choices from system properties and environment variables.
     *
     * @return the same object for each call
     * @throws PgaiException when a choice is wrong
     */
    public static synchronized TestDatabases standard() {
        if (standard == null) {
            standard = builder().build();
        }
        return standard;
    }

    /**
     * Starts with no choice made in code.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder(Settings.OF_THIS_JVM);
    }

    /**
     * Gives a fresh database. The first call starts the server, if need be, and prepares the template.
     *
     * @return the caller's to close
     * @throws PgaiException when the server cannot be started or reached, offers no extension vector that fits the
     *     choice, or refuses. A server that did not start, and a template that could not be prepared, are not tried
     *     again; an interrupt of the thread is no failure of theirs
     */
    public TestDatabase create() {
        Prepared ready = prepared();
        String name = JvmName.nextDatabase();
        try {
            ready.server().tenancy().announce();
            cloneTo(name, ready);
        } catch (SQLException e) {
            String gone = ready.server().tenancy().whyGone();
            throw new PgaiException(
                    "Cannot clone " + ready.template().name() + " on "
                            + ready.server().name() + ": " + (gone == null ? e.getMessage() : gone),
                    e);
        }
        ready.server().drops().created(name);
        return new TestDatabase(ready.server(), name);
    }

    private static void cloneTo(String name, Prepared ready) throws SQLException {
        // Where nothing waits for a disk, copying files is faster than writing each page to the log.
        String clone = "create database " + name + " template "
                + ready.template().name() + (ready.server().temporary() ? " strategy file_copy" : "");
        try {
            ready.server().admin().execute(clone);
        } catch (SQLException e) {
            if (!NO_SUCH_DATABASE.equals(e.getSQLState())) {
                throw e;
            }
            // Somebody removed the template. It is made as it was before.
            ready.template().prepare();
            ready.server().admin().execute(clone);
        }
    }

    /**
     * Names what is in use, for reports. Starts the server and prepares the template if that was not done.
     *
     * @return such as {@code PostgreSQL 17.11 embedded, locale: builtin:C.UTF-8, vector: stand-in 0.0.0-standin (for
     *     tests only), catalog: pgai 0.12.1 from pgai-0.12.1-py3-none-any.whl}
     * @throws PgaiException as {@link #create()}
     */
    public String describe() {
        return prepared().description();
    }

    /**
     * Names the choices, without starting anything.
     *
     * @return for logs
     */
    @Override
    public String toString() {
        return "TestDatabases[server: " + server + ", locale: " + locale + ", vector: " + vector + ", catalog: "
                + catalog + "]";
    }

    private synchronized Prepared prepared() {
        if (prepared != null) {
            return prepared;
        }
        if (failure != null) {
            throw new PgaiException(String.valueOf(failure.getMessage()), failure);
        }
        try {
            prepared = prepare();
            return prepared;
        } catch (PgaiException e) {
            if (!Interrupts.caused(e)) {
                failure = e;
            }
            throw e;
        }
    }

    private Prepared prepare() {
        RunningServer running = server.running();
        VectorExtension extension = ask(running, vector::on);
        String description = running.name() + ", locale: " + ask(running, locale::on) + ", vector: " + extension
                + ", catalog: " + catalog;
        Template template = new Template(running, locale.asked(), steps(running, extension));
        if (!setup.isEmpty()) {
            template = template.with(setup);
        }
        try {
            template.prepare();
        } catch (SQLException | PgaiException e) {
            throw new PgaiException(
                    "Cannot prepare a template on " + description + ": " + e.getMessage()
                            + StandinGap.hint(e, extension.standin(), catalog.isStandin()),
                    e);
        }
        log.info("Test databases: {}", description);
        return new Prepared(running, template, description);
    }

    /** What a choice means on a server. */
    @FunctionalInterface
    private interface Choice<T> {
        T on(RunningServer server) throws SQLException;
    }

    private static <T> T ask(RunningServer running, Choice<T> choice) {
        try {
            return choice.on(running);
        } catch (SQLException e) {
            throw new PgaiException("Cannot ask " + running.name() + " what it has: " + e.getMessage(), e);
        }
    }

    private List<TemplateStep> steps(RunningServer running, VectorExtension extension) {
        List<TemplateStep> steps = new ArrayList<>();
        TemplateStep catalogStep = catalog.step();
        if (catalogStep != null) {
            steps.add(extension.step(running));
            steps.add(catalogStep);
        }
        return steps;
    }

    /**
     * Makes choices in code. One that is not made here is made by system property, else by environment variable, else
     * by default.
     */
    public static final class Builder {

        private final Settings settings;
        private @Nullable TestServer server;
        private @Nullable TestLocale locale;
        private @Nullable TestVector vector;
        private @Nullable TestCatalog catalog;
        private final Setup setup = new Setup();

        Builder(Settings settings) {
            this.settings = settings;
        }

        /**
         * Chooses the server.
         *
         * @param choice default: {@link TestServer#embedded()}
         * @return this builder
         */
        public Builder server(TestServer choice) {
            this.server = choice;
            return this;
        }

        /**
         * Chooses the locale.
         *
         * @param choice default: {@link TestLocale#ofServer()}
         * @return this builder
         */
        public Builder locale(TestLocale choice) {
            this.locale = choice;
            return this;
        }

        /**
         * Chooses what serves as the extension {@code vector}.
         *
         * @param choice default: {@link TestVector#AUTO}
         * @return this builder
         */
        public Builder vector(TestVector choice) {
            this.vector = choice;
            return this;
        }

        /**
         * Chooses what serves as the pgai catalog.
         *
         * @param choice default: {@link TestCatalog#standin()}
         * @return this builder
         */
        public Builder catalog(TestCatalog choice) {
            this.catalog = choice;
            return this;
        }

        /**
         * Runs a script of SQL in the template, once, in a session and a transaction of its own. All scripts come
         * first, in the order of these calls; then {@linkplain #preparer preparers}; then {@linkplain #vectorizers
         * vectorizers}.
         *
         * @param location {@code classpath:} and a path without a leading slash, or a path of the file system. A text
         *     in UTF-8, without commands of psql
         * @return this builder
         * @throws PgaiException when there is no such file
         */
        public Builder script(String location) {
            setup.script(location);
            return this;
        }

        /**
         * Lets something else fill the template, once, such as the migration tool of the application. After all
         * {@linkplain #script scripts}.
         *
         * @param preparer its key is asked for now
         * @return this builder
         */
        public Builder preparer(DatabasePreparer preparer) {
            setup.preparer(preparer);
            return this;
        }

        /**
         * Creates vectorizers in the template, once. After all {@linkplain #script scripts} and {@linkplain #preparer
         * preparers}.
         *
         * @param location {@code classpath:} and a path without a leading slash, or a path of the file system. A file
         *     that {@link dev.pgai.plan.DesiredState#read} takes
         * @return this builder
         * @throws PgaiException when there is no such file, or a definition in it is wrong
         */
        public Builder vectorizers(String location) {
            setup.vectorizers(location);
            return this;
        }

        /**
         * Creates a vectorizer in the template, once. After all {@linkplain #script scripts} and {@linkplain #preparer
         * preparers}, and in one order with {@link #vectorizers(String)}.
         *
         * @param definition its source must be there by then
         * @return this builder
         */
        public Builder vectorizer(VectorizerDefinition definition) {
            setup.vectorizer(definition);
            return this;
        }

        /**
         * Resolves the choices; nothing is started yet.
         *
         * @return databases of these choices
         * @throws PgaiException when a choice is wrong; the message names its key, where it came from and what is
         *     allowed
         */
        public TestDatabases build() {
            return new TestDatabases(
                    server != null ? server : settings.choose(TestServer.KEY, TestServer::embedded, TestServer::parse),
                    locale != null ? locale : settings.choose(TestLocale.KEY, TestLocale::ofServer, TestLocale::parse),
                    vector != null ? vector : settings.choose(TestVector.KEY, () -> TestVector.AUTO, TestVector::parse),
                    catalog != null
                            ? catalog
                            : settings.choose(TestCatalog.KEY, TestCatalog::standin, TestCatalog::parse),
                    setup.steps());
        }
    }
}
