package dev.pgai.contract.flyway;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** Flyway's own log, which is not SLF4J's: on the command line, for one, nobody sees that. */
public final class FlywayLog implements LogCreator {

    private static final List<String> LINES = new CopyOnWriteArrayList<>();

    /** For Flyway, which makes it by its name. */
    public FlywayLog() {}

    static void clear() {
        LINES.clear();
    }

    /** What this project's own classes have said since, with the level first. */
    static List<String> lines() {
        return List.copyOf(LINES);
    }

    @Override
    public Log createLogger(Class<?> type) {
        return type.getName().startsWith("dev.pgai.") ? new Recorder() : new Silence();
    }

    private static class Silence implements Log {

        @Override
        @SuppressWarnings("deprecation") // since 12; 11 has no default
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public void debug(String message) {}

        @Override
        public void info(String message) {}

        @Override
        public void warn(String message) {}

        @Override
        public void error(String message) {}

        @Override
        public void error(String message, Exception e) {}

        @Override
        public void notice(String message) {}
    }

    private static final class Recorder extends Silence {

        @Override
        public void info(String message) {
            LINES.add("INFO " + message);
        }

        @Override
        public void warn(String message) {
            LINES.add("WARN " + message);
        }
    }
}
