package dev.pgai.spring.boot;

import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How vectorizers are, for a health indicator of whatever version.
 *
 * @param up whether each is whole
 * @param details by the name of a vectorizer; nothing of its config, which may hold a secret
 */
record VectorizersHealth(boolean up, Map<String, Object> details) {

    static VectorizersHealth of(Pgai pgai) {
        List<StoredVectorizer> vectorizers = pgai.list();
        Map<String, Object> details = new LinkedHashMap<>();
        vectorizers.forEach(vectorizer -> details.put(vectorizer.name(), details(vectorizer)));
        return new VectorizersHealth(vectorizers.stream().allMatch(StoredVectorizer::isWhole), details);
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
