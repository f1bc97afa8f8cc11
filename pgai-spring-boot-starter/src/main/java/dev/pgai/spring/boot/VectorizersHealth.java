package dev.pgai.spring.boot;

import dev.pgai.InvalidArgumentException;
import dev.pgai.database.RowCount;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerStatus;
import dev.pgai.jdbc.Pgai;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How vectorizers are, for a health indicator of whatever version. Nothing of their config, which may hold a secret.
 */
final class VectorizersHealth {

    /** What all versions call them, from the best to the worst. */
    private static final String UP = "UP";

    private static final String UNKNOWN = "UNKNOWN";
    private static final String DOWN = "DOWN";

    private final Pgai pgai;
    private final String exceededStatus;
    private final List<Limit> limits = new ArrayList<>();

    private record Limit(String kind, long most, Function<VectorizerStatus, RowCount> rows) {}

    /**
     * What a health indicator says.
     *
     * @param status its code
     * @param details by the name of a vectorizer
     */
    record Seen(String status, Map<String, Object> details) {}

    VectorizersHealth(Pgai pgai, PgaiProperties.Health properties) {
        this.pgai = pgai;
        this.exceededStatus = properties.exceededStatus().strip();
        if (exceededStatus.isEmpty()) {
            throw new InvalidArgumentException(
                    "pgai.health.exceeded-status",
                    properties.exceededStatus(),
                    "it is the code of a status",
                    "Give DOWN, OUT_OF_SERVICE, UNKNOWN, or one of your own.");
        }
        limit("pending", properties.maxPending(), VectorizerStatus::pending);
        limit("failed", properties.maxFailed(), VectorizerStatus::failed);
        limit("errors", properties.maxErrors(), VectorizerStatus::errors);
    }

    private void limit(String kind, @Nullable Long most, Function<VectorizerStatus, RowCount> rows) {
        if (most == null) {
            return;
        }
        if (most < 0 || most > VectorizerStatus.COUNTED_UP_TO) {
            throw new InvalidArgumentException(
                    "pgai.health.max-" + kind,
                    most,
                    "it must be 0 to " + VectorizerStatus.COUNTED_UP_TO + ", up to which rows are counted",
                    "Give a number in the range, or leave it out.");
        }
        limits.add(new Limit(kind, most, rows));
    }

    Seen read() {
        boolean whole = true;
        boolean exceeded = false;
        boolean unknown = false;
        Map<String, Object> all = new LinkedHashMap<>();
        for (StoredVectorizer vectorizer : pgai.list()) {
            Map<String, Object> details = details(vectorizer);
            List<String> over = new ArrayList<>();
            for (Limit limit : limits) {
                OptionalLong rows = limit.rows().apply(vectorizer.status()).counted();
                unknown |= rows.isEmpty();
                if (rows.orElse(0) > limit.most()) {
                    over.add(limit.kind() + ": more than " + limit.most());
                }
            }
            if (!over.isEmpty()) {
                details.put("exceeded", over);
            }
            whole &= vectorizer.isWhole();
            exceeded |= !over.isEmpty();
            all.put(vectorizer.name(), details);
        }
        return new Seen(!whole ? DOWN : exceeded ? exceededStatus : unknown ? UNKNOWN : UP, all);
    }

    private static Map<String, Object> details(StoredVectorizer vectorizer) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("whole", vectorizer.isWhole());
        details.put("enabled", vectorizer.enabled());
        details.put("pending", vectorizer.status().pending().toString());
        details.put("failed", vectorizer.status().failed().toString());
        details.put("errors", vectorizer.status().errors().toString());
        if (!vectorizer.damages().isEmpty()) {
            details.put(
                    "damages",
                    vectorizer.damages().stream()
                            .map(damage -> damage.code() + ", " + damage.object())
                            .toList());
        }
        return details;
    }
}
