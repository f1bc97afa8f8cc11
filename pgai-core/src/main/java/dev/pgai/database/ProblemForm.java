package dev.pgai.database;

import dev.pgai.json.EnumNames;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Problems and JSON objects, for the modules of this library.
 *
 * @hidden
 */
@SuppressWarnings("InvalidBlockTag") // the tag may stand on types, too
public final class ProblemForm {

    private ProblemForm() {}

    /**
     * The values of the JSON form.
     *
     * @param problem the problem
     * @return texts by key: {@code severity}, {@code code}, {@code path} and {@code value} where there is one,
     *     {@code message}, {@code hint}
     */
    public static Map<String, Object> toMap(Problem problem) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("severity", EnumNames.nameOf(problem.severity()));
        map.put("code", problem.code().name());
        if (problem.option() != null) {
            map.put("path", problem.option());
        }
        if (problem.value() != null) {
            map.put("value", problem.value());
        }
        map.put("message", problem.message());
        map.put("hint", problem.hint());
        return map;
    }
}
