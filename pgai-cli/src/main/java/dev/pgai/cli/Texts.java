package dev.pgai.cli;

import java.util.ArrayList;
import java.util.List;

/** Texts for people, made of names that anybody may have chosen. */
final class Texts {

    private Texts() {}

    /** Lines without what a terminal obeys. */
    static String visible(String lines) {
        StringBuilder visible = new StringBuilder();
        lines.codePoints().forEach(c -> {
            if (c != '\n' && isObeyed(c)) {
                visible.append(String.format("\\u%04x", c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    /** The same, on one line. */
    static String line(String text) {
        return visible(text.replace("\n", "\\n"));
    }

    /** Columns as wide as what is in them, the first row being their names. */
    static String table(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        List<List<String>> shown =
                rows.stream().map(row -> row.stream().map(Texts::line).toList()).toList();
        for (List<String> row : shown) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        for (List<String> row : shown) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - length(row.get(i)) + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isObeyed(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                || Character.getType(c) == Character.SURROGATE;
    }
}
