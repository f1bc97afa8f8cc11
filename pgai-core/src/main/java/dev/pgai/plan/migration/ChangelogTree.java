package dev.pgai.plan.migration;

import dev.pgai.json.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A changelog as YAML and JSON, which are one tree. Liquibase reads both by a parser for YAML. */
final class ChangelogTree {

    /** What YAML takes for a text without quotes, whatever its version. */
    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*");

    private static final Set<String> NO_TEXTS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private ChangelogTree() {}

    private static Map<String, Object> root(List<WrittenChangeSet> changeSets) {
        return Map.of(
                "databaseChangeLog",
                changeSets.stream().map(set -> Map.of("changeSet", tree(set))).toList());
    }

    private static Map<String, Object> tree(WrittenChangeSet changeSet) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", changeSet.id());
        tree.put("author", changeSet.author());
        tree.put("comment", changeSet.comment());
        tree.put("changes", changeSet.changes());
        return tree;
    }

    static String json(List<WrittenChangeSet> changeSets) {
        StringBuilder json = new StringBuilder();
        appendJson(json, "\n", root(changeSets));
        return json.append('\n').toString();
    }

    private static void appendJson(StringBuilder json, String lineStart, Object value) {
        String inner = lineStart + "  ";
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            String before = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.append(before)
                        .append(inner)
                        .append('"')
                        .append(entry.getKey())
                        .append("\": ");
                appendJson(json, inner, entry.getValue());
                before = ",";
            }
            json.append(lineStart).append('}');
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            String before = "[";
            for (Object entry : list) {
                json.append(before).append(inner);
                appendJson(json, inner, entry);
                before = ",";
            }
            json.append(lineStart).append(']');
        } else {
            json.append(escaped(value));
        }
    }

    static String yaml(List<WrittenChangeSet> changeSets) {
        StringBuilder yaml = new StringBuilder();
        appendYaml(yaml, "\n", root(changeSets));
        return yaml.append('\n').substring(1);
    }

    private static void appendYaml(StringBuilder yaml, String lineStart, Object value) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            boolean isInList = yaml.length() > 0 && yaml.charAt(yaml.length() - 1) == '-';
            String start = isInList ? " " : lineStart; // the first key stands beside the dash
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                yaml.append(start).append(entry.getKey()).append(':');
                appendYaml(yaml, lineStart + "  ", entry.getValue());
                start = lineStart;
            }
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            for (Object entry : list) {
                yaml.append(lineStart).append('-');
                appendYaml(yaml, lineStart + "  ", entry);
            }
        } else {
            yaml.append(' ').append(isPlain(value) ? value : escaped(value));
        }
    }

    private static boolean isPlain(Object value) {
        return value instanceof String text && PLAIN.matcher(text).matches() && !NO_TEXTS.contains(text);
    }

    /** A parser for YAML refuses some characters that JSON does not; what cannot be seen is not there unseen. */
    private static String escaped(Object value) {
        StringBuilder escaped = new StringBuilder();
        JsonText.write(value)
                .chars()
                .forEach(c -> escaped.append(
                        c < 0x7f || Character.isLetterOrDigit(c)
                                ? String.valueOf((char) c)
                                : String.format(Locale.ROOT, "\\u%04x", c)));
        return escaped.toString();
    }
}
