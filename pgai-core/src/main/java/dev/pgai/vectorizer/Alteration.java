package dev.pgai.vectorizer;

import dev.pgai.argument.Check;
import java.util.Map;
import java.util.Set;

/** What it takes to give a vectorizer that is there another value of an option. */
public enum Alteration {
    /** Its row is changed. Workers see it at their next run, and the embeddings that are there stay good. */
    IN_PLACE,

    /**
     * Its row is changed, and all rows are queued again: a text would be read, cut or formatted otherwise, and the
     * model stays. Searches go on while rows are embedded anew.
     */
    QUEUED_AGAIN,

    /** The catalog changes its job: {@code ai.set_scheduling}, since pgai 0.12, on TimescaleDB. */
    BY_SCHEDULING,

    /** It becomes another vectorizer: the embeddings that are there are of no use, or are elsewhere. */
    ANEW;

    private static final Map<String, Set<String>> KEYS_IN_PLACE = Map.of(
            "loading", Set.of("retries", "aws_role_arn"),
            "embedding", Set.of("api_key_name", "base_url", "user", "chat_user", "keep_alive"));

    private static final Set<String> KEYS_OF_MODEL = Set.of("implementation", "model", "dimensions");

    /**
     * Says it for one option.
     *
     * @param path the path in the JSON form, for example {@code embedding.dimensions}; one that this version does not
     *     know is taken for a part of what is embedded
     * @return what it takes
     * @throws dev.pgai.InvalidArgumentException when null
     */
    public static Alteration of(String path) {
        int dot = Check.text("path", path).indexOf('.');
        String part = dot < 0 ? path : path.substring(0, dot);
        String key = path.substring(dot + 1);
        return switch (part) {
            case "processing" -> IN_PLACE;
            case "indexing", "scheduling" -> BY_SCHEDULING;
            case "name", "source", "destination", "queue_schema", "queue_table" -> ANEW;
            case "embedding" -> KEYS_OF_MODEL.contains(key) ? ANEW : ofKey(part, key);
            default -> ofKey(part, key);
        };
    }

    static Set<String> keysInPlace(String part) {
        return KEYS_IN_PLACE.getOrDefault(part, Set.of());
    }

    static Set<String> keysOfModel() {
        return KEYS_OF_MODEL;
    }

    private static Alteration ofKey(String part, String key) {
        return keysInPlace(part).contains(key) ? IN_PLACE : QUEUED_AGAIN;
    }
}
