package dev.pgai.plan;

import dev.pgai.database.ProblemForm;
import dev.pgai.json.EnumNames;
import dev.pgai.json.JsonText;
import dev.pgai.secret.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan for programs. */
final class PlanJson {

    private static final int FORMAT_VERSION = 1;

    private PlanJson() {}

    static String write(VectorizerPlan plan, @Nullable Price price) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format_version", FORMAT_VERSION);
        json.put("fingerprint", plan.fingerprint());
        json.put(
                "drift",
                plan.steps().stream().flatMap(step -> drift(step).stream()).toList());
        json.put("steps", plan.steps().stream().map(step -> step(step, price)).toList());
        json.put("problems", plan.problems().stream().map(ProblemForm::toMap).toList());
        json.put("undeclared", plan.undeclared());
        return JsonText.write(json);
    }

    private static List<Map<String, Object>> drift(PlanStep step) {
        List<Map<String, Object>> drift = new ArrayList<>();
        step.damages().forEach(damage -> {
            Map<String, Object> one = about(step);
            one.put("damage", damage.code().name());
            one.put("object", damage.object());
            drift.add(one);
        });
        step.differences().forEach(difference -> {
            Map<String, Object> one = about(step);
            one.put("path", difference.path());
            putMasked(one, "before", difference.path(), difference.stored());
            putMasked(one, "after", difference.path(), difference.wanted());
            drift.add(one);
        });
        if (drift.isEmpty()) {
            drift.add(about(step));
        }
        return drift;
    }

    private static Map<String, Object> step(PlanStep step, @Nullable Price price) {
        Map<String, Object> json = about(step);
        json.put("hazards", step.hazards().stream().map(Hazard::name).toList());
        if (step.isReplaceableSideBySide()) {
            json.put("side_by_side", true);
        }
        step.rows().ifPresent(rows -> json.put("rows", rows));
        step.bytes().ifPresent(bytes -> json.put("bytes", bytes));
        if (price != null) {
            step.cost(price).ifPresent(cost -> json.put("cost", cost.toPlainString()));
        }
        return json;
    }

    private static Map<String, Object> about(PlanStep step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("vectorizer", step.vectorizer());
        json.put("action", EnumNames.nameOf(step.action()));
        return json;
    }

    private static void putMasked(Map<String, Object> json, String key, String path, @Nullable Object value) {
        if (value != null) {
            json.put(key, Secrets.masked(path, value));
        }
    }
}
