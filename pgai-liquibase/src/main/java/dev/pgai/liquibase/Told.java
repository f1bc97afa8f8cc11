package dev.pgai.liquibase;

import liquibase.Scope;

/** What people are told while a command runs. The command line shows what goes to its UI, and no log. */
final class Told {

    private Told() {}

    static void info(String message) {
        Scope.getCurrentScope().getUI().sendMessage(message);
    }

    /** Also for those who read the log alone, such as users of Spring Boot. */
    static void warning(String message) {
        Scope.getCurrentScope().getLog(Told.class).warning(message);
        Scope.getCurrentScope().getUI().sendMessage("WARNING: " + message);
    }
}
