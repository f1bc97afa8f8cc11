package dev.pgai.cli;

import dev.pgai.database.AppliedChange;
import dev.pgai.database.Damage;
import dev.pgai.database.RowCount;
import dev.pgai.json.EnumNames;
import dev.pgai.json.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is printed for programs: one value on one line. */
final class Json {

    private Json() {}

    static String write(Object value) {
        return JsonText.write(value);
    }

    /** Of keys and values in turn, the keys of nulls left out. */
    static Map<String, Object> object(@Nullable Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            if (value != null) {
                object.put(String.valueOf(keysAndValues[i]), value);
            }
        }
        return object;
    }

    static List<Object> applied(List<AppliedChange> applied) {
        return applied.stream()
                .<Object>map(done -> object(
                        "change", done.change().toString(), "changed", done.changed(), "warnings", done.warnings()))
                .toList();
    }

    static Map<String, Object> damage(Damage damage) {
        return object(
                "severity",
                EnumNames.nameOf(damage.severity()),
                "code",
                damage.code().name(),
                "mend",
                EnumNames.nameOf(damage.code().mend()),
                "object",
                damage.object(),
                "effect",
                damage.effect(),
                "hint",
                damage.hint());
    }

    /** Null when it is not known. */
    static @Nullable Map<String, Object> rows(RowCount count) {
        return count.counted().isPresent()
                ? object(
                        "rows",
                        count.counted().getAsLong(),
                        "exact",
                        count.exact().isPresent())
                : null;
    }
}
