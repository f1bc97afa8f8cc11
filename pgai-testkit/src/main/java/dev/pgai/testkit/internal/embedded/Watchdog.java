package dev.pgai.testkit.internal.embedded;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of the shell that ends the server and deletes its files when this JVM has ended, however that came. Not
 * before: what ends with the JVM, such as the context of an application, may still want its database. A server that is
 * kept has its files deleted when somebody ends it.
 */
final class Watchdog {

    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

    /**
     * The directory of the server, then its mark. Reading ends when no process has the other end of the pipe any more.
     * The number of the server's process may be another program's by then.
     */
    private static final String SCRIPT = """
            trap '' HUP INT QUIT TERM
            cat >/dev/null
            pid=$(head -n 1 "$0/data/postmaster.pid")
            is_there() {
                [ -n "$pid" ] && { tr '\\0' ' ' <"/proc/$pid/cmdline" || ps -o args= -p "$pid"; } | grep -qF -- "$0/data"
            }
            if [ -e "$0/kept" ]; then
                while is_there; do sleep 1; done
            else
                is_there && kill -QUIT "$pid"
                for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do is_there || break; sleep 0.1 || sleep 1; done
                is_there && kill -KILL "$pid"
            fi
            rm -rf "$0"
            rm -f "$1"
            """;

    /** As long as this JVM lives: an end of a pipe that nothing refers to is closed. */
    private static final List<OutputStream> PIPES = new ArrayList<>();

    private Watchdog() {}

    /** False where there is no shell. */
    static synchronized boolean start(RunDirectory run) {
        try {
            Process process = new ProcessBuilder(
                            "sh",
                            "-c",
                            SCRIPT,
                            run.directory().toString(),
                            run.mark().file().toString())
                    .directory(new File("/"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            PIPES.add(process.getOutputStream());
            return true;
        } catch (IOException e) {
            log.debug("There is no shell: the server ends with this JVM's hooks", e);
            return false;
        }
    }
}
