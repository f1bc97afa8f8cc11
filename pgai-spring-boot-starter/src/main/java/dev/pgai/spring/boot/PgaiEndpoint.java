package dev.pgai.spring.boot;

import dev.pgai.database.Damage;
import dev.pgai.database.RowCount;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.UnknownOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Actuator's endpoint {@code pgai}: the vectorizers of the database. Of their config it shows source and destination
 * alone, and of damages no text, since either may quote what somebody wrote into it as a secret.
 */
@Endpoint(id = "pgai")
public final class PgaiEndpoint {

    private final Pgai pgai;

    /**
     * For Spring.
     *
     * @param pgai the vectorizers of the application's database
     */
    public PgaiEndpoint(Pgai pgai) {
        this.pgai = pgai;
    }

    /**
     * Reads them.
     *
     * @return {@code vectorizers}: a list in the order of ids. {@code pending}, {@code failed} and {@code errors} are
     *     numbers, or texts where the number is not known: {@code 10001 or more}, {@code not readable}, {@code no
     *     table}. {@code source} and {@code destination} are missing where the row cannot be read as a vectorizer
     * @throws dev.pgai.PgaiException when they cannot be read
     */
    @ReadOperation
    public Map<String, Object> vectorizers() {
        return Map.of(
                "vectorizers", pgai.list().stream().map(PgaiEndpoint::entry).toList());
    }

    private static Map<String, Object> entry(StoredVectorizer vectorizer) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", vectorizer.name());
        if (vectorizer.unreadable().isEmpty()) {
            entry.put("source", vectorizer.definition().source().toString());
            Destination destination = vectorizer.definition().destination();
            if (destination != null) {
                entry.put("destination", destination(destination));
            }
        }
        entry.put("enabled", vectorizer.enabled());
        entry.put("whole", vectorizer.isWhole());
        entry.put(
                "damages",
                vectorizer.damages().stream().map(PgaiEndpoint::damage).toList());
        entry.put("pending", rows(vectorizer.status().pending()));
        entry.put("failed", rows(vectorizer.status().failed()));
        entry.put("errors", rows(vectorizer.status().errors()));
        return entry;
    }

    private static Map<String, Object> destination(Destination destination) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("implementation", destination.implementation());
        if (!(destination instanceof UnknownOption)) {
            shown.putAll(destination.arguments());
        }
        return shown;
    }

    private static Map<String, String> damage(Damage damage) {
        return Map.of("code", damage.code().name(), "object", damage.object());
    }

    private static Object rows(RowCount count) {
        return count.exact().isPresent() ? (Object) count.exact().getAsLong() : count.toString();
    }
}
