package dev.pgai.cli;

import java.io.PrintStream;
import java.util.regex.Pattern;

/** Data goes to one stream, and messages to the other. */
final class Output {

    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";

    private static final Pattern ERRORS = Pattern.compile("^ERROR [A-Z_]+", Pattern.MULTILINE);
    private static final Pattern WARNINGS =
            Pattern.compile("^WARNING [A-Z_]+|^ +[A-Z]+(?:_[A-Z]+)+(?=: )", Pattern.MULTILINE);

    private final PrintStream out;
    private final PrintStream err;
    private final boolean coloured;

    Output(PrintStream out, PrintStream err, boolean coloured) {
        this.out = out;
        this.err = err;
        this.coloured = coloured;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    boolean isColoured() {
        return coloured;
    }

    /** For programs: as it is. */
    void data(String line) {
        out.print(line + "\n");
    }

    /** For people: what would move a terminal's cursor, or turn text round, is shown and not done. */
    void text(String lines) {
        String visible = Texts.visible(lines);
        if (coloured) {
            visible = WARNINGS.matcher(ERRORS.matcher(visible).replaceAll(RED + "$0" + PLAIN))
                    .replaceAll(YELLOW + "$0" + PLAIN);
        }
        out.print(visible + "\n");
    }

    /** On a terminal, in place of what was there. */
    void clear() {
        if (coloured) {
            out.print("\u001b[H\u001b[2J");
        }
    }

    void message(String lines) {
        err.print(Texts.visible(lines) + "\n");
    }

    void trace(Exception e) {
        e.printStackTrace(err);
    }

    /** Whether nobody reads the data any more. */
    boolean isBroken() {
        return out.checkError();
    }
}
