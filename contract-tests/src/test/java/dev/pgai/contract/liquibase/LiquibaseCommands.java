package dev.pgai.contract.liquibase;

import dev.pgai.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.configuration.ConfigurationValueProvider;
import liquibase.configuration.LiquibaseConfiguration;
import liquibase.configuration.core.DefaultsFileValueProvider;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.ConsoleUIService;
import org.jspecify.annotations.Nullable;

/** Liquibase's commands, on changelogs in one directory. */
public final class LiquibaseCommands {

    /** Kept here, because the levels of loggers that nobody holds are forgotten. */
    private static final Logger LOG = Logger.getLogger("liquibase");

    private final Path directory;
    private final Map<String, Object> settings = new HashMap<>();
    private @Nullable Path defaults;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    public LiquibaseCommands(Path directory) {
        this.directory = directory;
        LOG.setLevel(Level.WARNING);
    }

    /** A property of Liquibase's or pgai's. */
    public LiquibaseCommands with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** A file of properties, as the command line reads one. */
    public LiquibaseCommands withDefaults(Path properties) {
        defaults = properties;
        return this;
    }

    /** Runs a command and gives what it puts out. */
    public String run(String command, Map<String, ?> arguments) throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Map<String, Object> scope = new HashMap<>(settings);
        // A test calls nobody.
        scope.put("liquibase.analytics.enabled", false);
        ConsoleUIService ui = new ConsoleUIService();
        told.reset();
        ui.setOutputStream(new PrintStream(told, true, StandardCharsets.UTF_8));
        scope.put(Scope.Attr.ui.name(), ui);
        scope.put(Scope.Attr.resourceAccessor.name(), new DirectoryResourceAccessor(directory));
        LiquibaseConfiguration configuration = Scope.getCurrentScope().getSingleton(LiquibaseConfiguration.class);
        ConfigurationValueProvider provider =
                defaults == null ? null : new DefaultsFileValueProvider(defaults.toFile());
        if (provider != null) {
            configuration.registerProvider(provider);
        }
        try {
            Scope.child(scope, () -> {
                CommandScope call = new CommandScope(command);
                arguments.forEach(call::addArgumentValue);
                call.setOutput(output);
                call.execute();
            });
        } finally {
            if (provider != null) {
                configuration.unregisterProvider(provider);
            }
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    /** What the command that was run last has told people, beside its output. */
    public String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    /**
     * The command {@code diffChangelog} in terms that any class loader knows: directory, URL of the model, URL, user,
     * password, {@code excludeObjects} or nothing.
     */
    public static String diffChangelog(String... arguments) throws Exception {
        Map<String, Object> named = new HashMap<>(Map.of(
                "referenceUrl",
                arguments[1],
                "referenceUsername",
                arguments[3],
                "referencePassword",
                arguments[4],
                "url",
                arguments[2],
                "username",
                arguments[3],
                "password",
                arguments[4]));
        if (!arguments[5].isEmpty()) {
            named.put("excludeObjects", arguments[5]);
        }
        return new LiquibaseCommands(Path.of(arguments[0])).diffChangelog(named);
    }

    /** The changelog that {@code diffChangelog} writes, or nothing if it has no changes to write. */
    public String diffChangelog(Map<String, ?> arguments) throws Exception {
        return written("diffChangelog", arguments);
    }

    /** The changelog that {@code generateChangelog} writes. */
    public String generateChangelog(Map<String, ?> arguments) throws Exception {
        return written("generateChangelog", arguments);
    }

    private String written(String command, Map<String, ?> arguments) throws Exception {
        Path changelog = Files.createTempDirectory(directory, "diff").resolve("changelog.json");
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("changelogFile", changelog.toString());
        run(command, all);
        String text = Files.exists(changelog) ? Files.readString(changelog) : "";
        return text.contains("\"changeSet\"") ? text : "";
    }

    /** Arguments that name a database, and others. */
    public static Map<String, Object> on(TestDatabase database, Object... others) {
        Map<String, Object> arguments = new HashMap<>(
                Map.of("url", database.url(), "username", database.user(), "password", database.password()));
        for (int i = 0; i < others.length; i += 2) {
            arguments.put((String) others[i], others[i + 1]);
        }
        return arguments;
    }

    /** Arguments that name the database to compare with, and another. */
    public static Map<String, Object> between(TestDatabase model, TestDatabase database, Object... others) {
        Map<String, Object> arguments = on(database, others);
        arguments.put("referenceUrl", model.url());
        arguments.put("referenceUsername", model.user());
        arguments.put("referencePassword", model.password());
        return arguments;
    }
}
