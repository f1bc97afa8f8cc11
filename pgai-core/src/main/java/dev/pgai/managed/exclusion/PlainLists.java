package dev.pgai.managed.exclusion;

import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.sql.SqlText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists for tools that know schemas only, for scripts, and for programs. */
final class PlainLists {

    private PlainLists() {}

    static ExclusionList schemas(ManagedObjects objects) {
        Selection selection = Selection.withSchemas(objects, Set.of(Kind.SCHEMA));
        return new ExclusionList(
                ExclusionFormat.SCHEMAS, lines(selection.named(), ManagedObject::name), selection.missing());
    }

    static ExclusionList names(ManagedObjects objects) {
        Selection selection = Selection.byObject(objects, Set.of(Kind.TABLE, Kind.VIEW));
        return new ExclusionList(
                ExclusionFormat.NAMES,
                lines(selection.named(), object -> identifier(object.schema()) + "." + identifier(object.name())),
                selection.missing());
    }

    static ExclusionList json(ManagedObjects objects) {
        List<Map<String, Object>> list =
                objects.list().stream().map(PlainLists::json).toList();
        return new ExclusionList(ExclusionFormat.JSON, JsonText.write(list), List.of());
    }

    private static String lines(List<ManagedObject> objects, Function<ManagedObject, String> line) {
        return objects.stream().map(line).distinct().map(text -> text + "\n").collect(Collectors.joining());
    }

    /** Always in quotes, so that no list of reserved words is needed. A line break is written as its number. */
    private static String identifier(String name) {
        if (name.chars().noneMatch(Character::isISOControl)) {
            return SqlText.identifier(name);
        }
        StringBuilder escaped = new StringBuilder("U&");
        SqlText.identifier(name.replace("\\", "\\\\")).codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                escaped.append(String.format("\\%04x", c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static Map<String, Object> json(ManagedObject object) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", object.kind().name().toLowerCase(Locale.ROOT));
        json.put("schema", object.schema());
        if (object.table() != null) {
            json.put("table", object.table());
        }
        json.put("name", object.name());
        if (object.vectorizer() != null) {
            json.put("vectorizer", object.vectorizer());
        }
        json.put("reason", object.reason().name().toLowerCase(Locale.ROOT));
        return json;
    }
}
