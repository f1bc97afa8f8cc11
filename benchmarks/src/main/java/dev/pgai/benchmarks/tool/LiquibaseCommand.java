package dev.pgai.benchmarks.tool;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
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
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.ConsoleUIService;

/** A command of Liquibase's, in silence. Other class loaders call it, too. */
public final class LiquibaseCommand {

    /** Kept here, because the levels of loggers that nobody holds are forgotten. */
    private static final Logger LOG = Logger.getLogger("liquibase");

    private LiquibaseCommand() {}

    static void run(
            Path folder,
            String command,
            String url,
            String user,
            String password,
            String changelog,
            Map<String, Object> arguments)
            throws Exception {
        LOG.setLevel(Level.WARNING);
        ConsoleUIService ui = new ConsoleUIService();
        ui.setOutputStream(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        Map<String, Object> scope = new HashMap<>();
        scope.put("liquibase.analytics.enabled", false);
        scope.put(Scope.Attr.ui.name(), ui);
        scope.put(Scope.Attr.resourceAccessor.name(), new DirectoryResourceAccessor(folder));
        Scope.child(scope, () -> {
            CommandScope call = new CommandScope(command);
            call.addArgumentValue("url", url)
                    .addArgumentValue("username", user)
                    .addArgumentValue("password", password)
                    .addArgumentValue("changelogFile", changelog);
            arguments.forEach(call::addArgumentValue);
            call.setOutput(new ByteArrayOutputStream());
            call.execute();
        });
    }

    /**
     * A {@code diffChangelog} in terms that any class loader knows.
     *
     * @param arguments folder, URL of the model, URL, user, password
     * @return how many bytes were written
     * @throws Exception when it fails
     */
    public static Long diff(String... arguments) throws Exception {
        Path changelog =
                Files.createTempDirectory(Path.of(arguments[0]), "diff").resolve("changelog.json");
        run(
                Path.of(arguments[0]),
                "diffChangelog",
                arguments[2],
                arguments[3],
                arguments[4],
                changelog.toString(),
                Map.of(
                        "referenceUrl",
                        arguments[1],
                        "referenceUsername",
                        arguments[3],
                        "referencePassword",
                        arguments[4]));
        return Files.exists(changelog) ? Files.size(changelog) : 0L;
    }
}
