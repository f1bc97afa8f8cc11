package dev.pgai.contract.liquibase;

import java.nio.file.Path;
import java.util.Map;

/** The command {@code update} as a JVM of its own: directory, changelog, URL, user, password. */
final class UpdateMain {

    private UpdateMain() {}

    public static void main(String[] arguments) throws Exception {
        new LiquibaseCommands(Path.of(arguments[0]))
                .with("liquibase.changelogLockPollRate", "1")
                .run(
                        "update",
                        Map.of(
                                "changelogFile",
                                arguments[1],
                                "url",
                                arguments[2],
                                "username",
                                arguments[3],
                                "password",
                                arguments[4]));
    }
}
