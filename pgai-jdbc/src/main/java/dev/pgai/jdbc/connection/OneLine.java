package dev.pgai.jdbc.connection;

import java.util.regex.Pattern;

/** A name may hold anything, and a log entry is one line. */
public final class OneLine {

    private static final Pattern BREAKS_LINES = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private OneLine() {}

    public static String of(String text) {
        return BREAKS_LINES.matcher(text).replaceAll("?");
    }
}
