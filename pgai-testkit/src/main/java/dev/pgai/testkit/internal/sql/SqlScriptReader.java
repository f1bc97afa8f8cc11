package dev.pgai.testkit.internal.sql;

import dev.pgai.PgaiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds where statements end, as psql does: not in texts, comments, brackets, and bodies of functions. */
final class SqlScriptReader {

    /** What {@code pg_dump} puts around a dump, so that psql runs no commands in it. There are none here anyway. */
    private static final Set<String> WITHOUT_MEANING_HERE = Set.of("\\restrict", "\\unrestrict");

    private static final String SQL_ALONE = "A script is SQL alone.";
    private static final Map<String, String> HINTS = Map.of(
            "\\i", "Give each file as a script of its own, in their order.",
            "\\ir", "Give each file as a script of its own, in their order.",
            "\\include", "Give each file as a script of its own, in their order.",
            "\\copy", "Write copy ... from stdin, with the data behind it and \\. at their end.",
            "\\connect", "A script runs in the database of the test: dump without --create.",
            "\\c", "A script runs in the database of the test: dump without --create.",
            "\\set", "Write the values where they are used.",
            "\\gexec", "Write a do block that executes the statements.");

    private final String name;
    private final String text;
    private final List<ScriptPart> parts = new ArrayList<>();

    private int position;
    private int line = 1;

    /** Of the statement that is being read. */
    private int start;

    private int startLine;
    private int brackets;
    private int blocks;
    private final List<String> words = new ArrayList<>();
    private boolean empty;

    SqlScriptReader(String name, String text) {
        this.name = name;
        this.text = text;
        begin();
    }

    List<ScriptPart> read() {
        while (position < text.length()) {
            next();
        }
        end(null);
        return parts;
    }

    private void begin() {
        start = position;
        startLine = line;
        brackets = 0;
        blocks = 0;
        words.clear();
        empty = true;
    }

    private void end(@Nullable String data) {
        if (!empty) {
            parts.add(new ScriptPart(startLine, text.substring(start, Math.min(position, text.length())), data));
        }
    }

    private void next() {
        char c = text.charAt(position);
        if (c == '-' && text.startsWith("--", position)) {
            to(endOfLine(position));
        } else if (c == '/' && text.startsWith("/*", position)) {
            comment();
        } else if (Character.isWhitespace(c)) {
            to(position + 1);
            if (empty) {
                begin();
            }
        } else if (c == '\\') {
            command();
        } else if (c == ';' && brackets <= 0 && blocks == 0) {
            endStatement();
        } else {
            empty = false;
            token(c);
        }
    }

    private void token(char c) {
        if (c == '\'') {
            boolean escapes = position > 0
                    && "eE".indexOf(text.charAt(position - 1)) >= 0
                    && (position == 1 || !isWordPart(text.charAt(position - 2)));
            quoted('\'', escapes);
        } else if (c == '"') {
            quoted('"', false);
        } else if (c == '$' && dollarQuoted()) {
            return;
        } else if (isWordPart(c)) {
            word();
        } else {
            brackets += c == '(' ? 1 : c == ')' ? -1 : 0;
            to(position + 1);
        }
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c >= 0x80;
    }

    /** Ends with the text when the quote is missing; the server says so. */
    private void quoted(char quote, boolean escapes) {
        int at = position + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            at += escapes && text.charAt(at) == '\\' ? 2 : 1;
        }
        to(at + 1);
    }

    private boolean dollarQuoted() {
        int tagEnd = position + 1;
        while (tagEnd < text.length() && isWordPart(text.charAt(tagEnd))) {
            tagEnd++;
        }
        if (tagEnd >= text.length()
                || text.charAt(tagEnd) != '$'
                || Character.isDigit(text.charAt(position + 1))
                || (position > 0 && isWordPart(text.charAt(position - 1)))) {
            return false;
        }
        String tag = text.substring(position, tagEnd + 1);
        int end = text.indexOf(tag, tagEnd + 1);
        to(end < 0 ? text.length() : end + tag.length());
        return true;
    }

    private void comment() {
        int depth = 0;
        int at = position;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
        to(at);
    }

    private void word() {
        int end = position;
        while (end < text.length() && (isWordPart(text.charAt(end)) || text.charAt(end) == '$')) {
            end++;
        }
        String word = text.substring(position, end).toLowerCase(Locale.ROOT);
        if (brackets == 0) {
            words.add(word);
            if (isFunction()) {
                // A body that is not a text has semicolons inside of begin and end.
                switch (word) {
                    case "begin" -> blocks++;
                    case "case" -> blocks += blocks > 0 ? 1 : 0;
                    case "end" -> blocks -= blocks > 0 ? 1 : 0;
                    default -> {}
                }
            }
        }
        to(end);
    }

    private boolean isFunction() {
        int at = words.size() > 2 && words.subList(1, 3).equals(List.of("or", "replace")) ? 3 : 1;
        return words.size() > at
                && words.get(0).equals("create")
                && (words.get(at).equals("function") || words.get(at).equals("procedure"));
    }

    private void endStatement() {
        if (isCopyFromStdin()) {
            copy();
        } else {
            end(null);
            to(position + 1);
        }
        begin();
    }

    private boolean isCopyFromStdin() {
        int from = words.lastIndexOf("from");
        return !words.isEmpty()
                && words.get(0).equals("copy")
                && from > 0
                && from + 1 < words.size()
                && words.get(from + 1).equals("stdin");
    }

    /** The data are the lines after that of the semicolon, to one that says so, or to the end. */
    private void copy() {
        int data = Math.min(endOfLine(position) + 1, text.length());
        String behind =
                text.substring(position + 1, Math.max(position + 1, data)).strip();
        if (!behind.isEmpty() && !behind.startsWith("--")) {
            throw problem("What follows copy ... from stdin; on its line is not run: begin its data on the next one.");
        }
        int end = data;
        while (end < text.length()) {
            int next = Math.min(endOfLine(end) + 1, text.length());
            if (text.substring(end, next).strip().equals("\\.")) {
                end(text.substring(data, end));
                to(next);
                return;
            }
            end = next;
        }
        end(text.substring(data));
        to(text.length());
    }

    private void command() {
        int end = endOfLine(position);
        String command = text.substring(position, end).strip().split("\\s", 2)[0];
        if (!empty || !WITHOUT_MEANING_HERE.contains(command)) {
            throw problem(command + " is a command of psql. " + HINTS.getOrDefault(command, SQL_ALONE));
        }
        to(end);
    }

    private PgaiException problem(String what) {
        return new PgaiException("Script " + name + ", line " + line + ": " + what);
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private void to(int next) {
        int bounded = Math.min(next, text.length());
        for (; position < bounded; position++) {
            line += text.charAt(position) == '\n' ? 1 : 0;
        }
    }
}
