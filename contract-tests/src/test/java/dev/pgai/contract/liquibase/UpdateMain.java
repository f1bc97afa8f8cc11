package dev.pgai.contract.liquibase;

import java.nio.file.Path;
import java.util.Map;

/** The command {@code update} as a JVM of its own: URL, user, password, directory, changelog. */
final class UpdateMain {

    private UpdateMain() {}

    public static void main(String[] arguments) throws Exception {
        new LiquibaseCommands(Path.of(arguments[3]))
                .with("liquibase.changelogLockPollRate", "1")
                .run(
                        "update",
                        Map.of(
                                "url",
                                arguments[0],
                                "username",
                                arguments[1],
                                "password",
                                arguments[2],
                                "changelogFile",
                                arguments[4]));
    }
}
