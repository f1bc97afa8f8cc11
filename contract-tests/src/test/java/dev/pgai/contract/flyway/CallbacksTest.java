package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.flyway.FlywayDatabase.V1__Create_blog;
import dev.pgai.flyway.CleanGuard;
import dev.pgai.flyway.DamageWarning;
import dev.pgai.flyway.VectorizerMigration;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.license.VersionPrinter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guard is there when the jar is, and whatever callbacks a user has are there as well, however registered. */
class CallbacksTest {

    private final FlywayDatabase database = new FlywayDatabase();

    @TempDir
    private Path directory;

    @BeforeEach
    void clear() {
        CallbackLog.clear();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private FluentConfiguration migrations() throws SQLException {
        return database.asOwner(new V1__Create_blog(), new V2__Vectorizer());
    }

    /** Migrates and cleans: the guard has done its work when no vectorizer is left. */
    private void migrateAndClean(FluentConfiguration configuration) {
        Flyway flyway = configuration.load();
        flyway.migrate();
        assertThat(database.vectorizers()).containsExactly("blog");

        flyway.clean();

        assertThat(database.vectorizers()).isEmpty();
    }

    @Test
    void no_callback() throws SQLException {
        migrateAndClean(migrations());
    }

    @Test
    void an_instance() throws SQLException {
        Callback anonymous = new BaseCallback() {
            @Override
            public boolean supports(Event event, Context context) {
                return event == Event.AFTER_MIGRATE;
            }

            @Override
            public void handle(Event event, Context context) {
                CallbackLog.add("anonymous " + event.getId());
            }
        };

        migrateAndClean(migrations().callbacks(new Mine(), anonymous));

        assertThat(CallbackLog.seen())
                .containsExactlyInAnyOrder(
                        "anonymous afterMigrate", "Mine afterMigrate", "Mine beforeClean", "Mine afterClean");
    }

    /** An application reads back what it has registered. */
    @Test
    void what_is_registered_is_what_was_given() throws SQLException {
        Mine mine = new Mine();
        FluentConfiguration configuration = migrations().callbacks(mine);

        Flyway flyway = configuration.load();
        assertThat(flyway.getConfiguration().getCallbacks()).containsExactly(mine);
        flyway.info();
        flyway.info();

        assertThat(configuration.getCallbacks()).containsExactly(mine);
        assertThat(flyway.getConfiguration().getCallbacks())
                .hasSize(3)
                .contains(mine)
                .hasAtLeastOneElementOfType(CleanGuard.class)
                .hasAtLeastOneElementOfType(DamageWarning.class);
    }

    @Test
    void the_name_of_a_class() throws SQLException {
        migrateAndClean(migrations().callbacks(Mine.class.getName()));

        assertThat(CallbackLog.seen()).containsExactly("Mine afterMigrate", "Mine beforeClean", "Mine afterClean");
    }

    @Test
    void a_property_with_names() throws SQLException {
        migrateAndClean(migrations()
                .configuration(Map.of("flyway.callbacks", Mine.class.getName() + "," + CleanGuard.class.getName())));

        assertThat(CallbackLog.seen()).containsExactly("Mine afterMigrate", "Mine beforeClean", "Mine afterClean");
    }

    @Test
    void a_package() throws SQLException {
        migrateAndClean(migrations().callbacks("dev/pgai/contract/flyway/callbacks"));

        assertThat(CallbackLog.seen()).containsExactly("InPackage beforeClean");
    }

    /** Where Flyway looks by itself. Instances beside one are lost there with or without the guard. */
    @Test
    void a_class_in_db_callback() throws Exception {
        Path source = Files.createDirectories(directory.resolve("db/callback")).resolve("Found.java");
        Files.writeString(source, """
                package db.callback;
                import org.flywaydb.core.api.callback.*;
                public class Found extends BaseCallback {
                    public boolean supports(Event event, Context context) { return event == Event.BEFORE_CLEAN; }
                    public void handle(Event event, Context context) {
                        System.setProperty("dev.pgai.contract.found", event.getId());
                    }
                }
                """);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", source.toString()))
                .isZero();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            FluentConfiguration configuration = Flyway.configure(loader);
            FlywayDatabase.configure(configuration, new V1__Create_blog(), new V2__Vectorizer())
                    .dataSource(
                            database.urlAsOwner(),
                            database.database().user(),
                            database.database().password());

            migrateAndClean(configuration);

            assertThat(System.clearProperty("dev.pgai.contract.found")).isEqualTo("beforeClean");
        }
    }

    @Test
    void scripts_in_the_locations_of_migrations() throws Exception {
        Files.writeString(directory.resolve("beforeClean.sql"), "create table ai.seen (id int);");

        migrateAndClean(migrations().locations("filesystem:" + directory));

        assertThat(database.exists("ai.seen")).isTrue();
    }

    @Test
    void callback_locations() throws Exception {
        assumeThat(VersionPrinter.getVersion()).as("has no callbackLocations").doesNotMatch("11\\.[0-9]\\..*");
        Files.writeString(directory.resolve("afterClean.sql"), "create table ai.seen (id int);");

        migrateAndClean(migrations().configuration(Map.of("flyway.callbackLocations", "filesystem:" + directory)));

        assertThat(database.exists("ai.seen")).isTrue();
    }

    @Test
    void the_guard_by_hand() throws SQLException {
        migrateAndClean(migrations().callbacks(new CleanGuard(), new Mine()));

        assertThat(CallbackLog.seen()).hasSize(3);
    }

    @Test
    void without_default_callbacks_and_resolvers() throws SQLException {
        migrateAndClean(migrations().skipDefaultCallbacks(true).callbacks(new Mine()));

        assertThat(CallbackLog.seen()).hasSize(3);
    }

    /** Two packages of one name in two jars keep both from being modules. */
    @Test
    void the_jar_has_no_package_of_anybody_elses() throws Exception {
        Path jar = Path.of(CleanGuard.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> classes;
        if (Files.isDirectory(jar)) {
            try (Stream<Path> files = Files.walk(jar)) {
                classes = files.map(file -> jar.relativize(file).toString()).toList();
            }
        } else {
            try (JarFile file = new JarFile(jar.toFile())) {
                classes = file.stream().map(entry -> entry.getName()).toList();
            }
        }
        assertThat(classes)
                .filteredOn(name -> name.endsWith(".class"))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("dev/pgai/flyway/"));
    }

    /** A user's. */
    public static final class Mine extends BaseCallback {

        @Override
        public boolean supports(Event event, Context context) {
            return Arrays.asList(Event.AFTER_MIGRATE, Event.BEFORE_CLEAN, Event.AFTER_CLEAN)
                    .contains(event);
        }

        @Override
        public void handle(Event event, Context context) {
            CallbackLog.add("Mine " + event.getId());
        }
    }

    static final class V2__Vectorizer extends VectorizerMigration {
        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.create(FlywayDatabase.blog().build()));
        }
    }
}
