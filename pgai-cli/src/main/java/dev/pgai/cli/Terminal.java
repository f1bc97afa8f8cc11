package dev.pgai.cli;

import java.io.Console;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can be asked.
 *
 * @param readLine shows a text and returns what was typed, null at the end of the input
 * @param readPassword the same, without showing what is typed
 */
public record Terminal(Function<String, @Nullable String> readLine, Function<String, char @Nullable []> readPassword) {

    /**
     * The terminal that the JVM was started from.
     *
     * @return empty when standard input or output is none
     */
    @SuppressWarnings("SystemConsoleNull") // before JDK 22 it is null, and since then it is asked
    public static Optional<Terminal> ofSystem() {
        Console console = System.console();
        return console == null || !isTerminal(console)
                ? Optional.empty()
                : Optional.of(
                        new Terminal(text -> console.readLine("%s", text), text -> console.readPassword("%s", text)));
    }

    /** Since JDK 22 there may be a console without a terminal, and a method that says so. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
