package dev.pgai.contract.liquibase;

import dev.pgai.change.ChangeForm;
import dev.pgai.change.VectorizerChange;
import dev.pgai.json.JsonText;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes changes into changelogs, each into a change set of its own, in each of Liquibase's formats. */
public final class Changelogs {

    private static final Set<String> JSON_TEXTS = Set.of("options", "extra_options");

    private Changelogs() {}

    /** The options of {@code createVectorizer}. */
    public static Map<String, Object> options(VectorizerDefinition definition) {
        return jsonTexts(ChangeForm.values(VectorizerChange.create(definition)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> jsonTexts(Map<String, Object> values) {
        Map<String, Object> copy = new LinkedHashMap<>();
        values.forEach((key, value) -> copy.put(
                key,
                !(value instanceof Map)
                        ? value
                        : JSON_TEXTS.contains(key)
                                ? JsonText.write((Map<String, Object>) value)
                                : jsonTexts((Map<String, Object>) value)));
        return copy;
    }

    public static String json(String change, List<Map<String, Object>> all) {
        return ascii(JsonText.write(tree(change, all)));
    }

    /** In blocks, with each text in double quotes: the library's own writer makes bytes of some texts. */
    public static String yaml(String change, List<Map<String, Object>> all) {
        StringBuilder yaml = new StringBuilder();
        block(yaml, "\n", tree(change, all));
        return yaml.toString();
    }

    private static void block(StringBuilder yaml, String lineStart, Object value) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, entry) -> {
                yaml.append(lineStart).append(key).append(':');
                block(yaml, lineStart + "  ", entry);
            });
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            list.forEach(entry -> {
                yaml.append(lineStart).append('-');
                block(yaml, lineStart + "  ", entry);
            });
        } else {
            String json = JsonText.write(Map.of("", value));
            yaml.append(' ').append(ascii(json.substring("{\"\":".length(), json.length() - 1)));
        }
    }

    private static String ascii(String json) {
        StringBuilder ascii = new StringBuilder();
        json.chars().forEach(c -> ascii.append(c < 0x7f ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return ascii.toString();
    }

    private static Map<String, Object> tree(String change, List<Map<String, Object>> all) {
        List<Object> sets = new ArrayList<>();
        for (Map<String, Object> options : all) {
            sets.add(Map.of(
                    "changeSet",
                    Map.of(
                            "id",
                            String.valueOf(sets.size() + 1),
                            "author",
                            "test",
                            "changes",
                            List.of(Map.of(change, options)))));
        }
        return Map.of("databaseChangeLog", sets);
    }

    /** In the namespace of pgai-liquibase, which is checked by its schema. */
    public static String xml(String change, List<Map<String, Object>> all) {
        StringBuilder body = new StringBuilder();
        int id = 0;
        for (Map<String, Object> options : all) {
            body.append("<changeSet author=\"test\" id=\"").append(++id).append("\">");
            element(body, change, options);
            body.append("</changeSet>\n");
        }
        return xml(body.toString());
    }

    /** With a body of change sets, whose changes have the prefix {@code pgai} or {@code ext}. */
    public static String xml(String body) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xmlns:ext="http://www.liquibase.org/xml/ns/dbchangelog-ext"
                    xmlns:pgai="http://pgai.dev/xml/ns/liquibase"
                    xsi:schemaLocation="
                      http://www.liquibase.org/xml/ns/dbchangelog http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd
                      http://www.liquibase.org/xml/ns/dbchangelog-ext http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-ext.xsd
                      http://pgai.dev/xml/ns/liquibase http://pgai.dev/xml/ns/liquibase/pgai.xsd">
                %s
                </databaseChangeLog>
                """.formatted(body);
    }

    @SuppressWarnings("unchecked")
    private static void element(StringBuilder xml, String name, Map<String, Object> values) {
        xml.append("<pgai:").append(name);
        values.forEach((key, value) -> {
            if (!(value instanceof Map) && !(value instanceof List)) {
                attribute(xml, key, value);
            }
        });
        xml.append('>');
        values.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map) {
                element(xml, key, (Map<String, Object>) map);
            } else if (value instanceof List<?> list) {
                if (list.isEmpty()) {
                    element(xml, key, Map.of());
                }
                list.forEach(item -> element(xml, key, Map.of("value", item)));
            }
        });
        xml.append("</pgai:").append(name).append('>');
    }

    private static void attribute(StringBuilder xml, String name, Object value) {
        xml.append(' ').append(name).append("=\"");
        String.valueOf(value)
                .codePoints()
                .forEach(c -> xml.append(c < ' ' || "&<\"".indexOf(c) >= 0 ? "&#" + c + ";" : Character.toString(c)));
        xml.append('"');
    }
}
