package dev.pgai.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What {@code java -jar} runs. */
public final class Main {

    private Main() {}

    /**
     * Runs one command, and ends the JVM with its exit code.
     *
     * @param arguments the command and its options; {@code --help} lists them
     */
    public static void main(String[] arguments) {
        // Data is UTF-8 whatever the locale is: another program reads it.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Cli cli = new Cli(
                System.in, out, err, System.getenv(), Terminal.ofSystem().orElse(null));
        int code = cli.run(arguments);
        out.flush();
        System.exit(code);
    }
}
