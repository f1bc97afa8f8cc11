package dev.pgai.secret;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of values what may be a secret, for messages, logs and {@code toString}. Names stay: of options, of keys,
 * of environment variables.
 */
public final class Secrets {

    private static final String MASK = "***";

    /** To hide a shorter text wherever it stands would make a message unreadable. */
    private static final int SHORTEST = 3;

    /** Free-form options of a provider: any text in them may be a key. */
    private static final Set<String> FREE = Set.of("options", "extra_options");

    private static final String URL = "base_url";

    /** What an option is made of, and never a secret, in a config that this version does not know. */
    private static final Set<String> NAMES = Set.of("config_type", "implementation", "model", "api_key_name");

    private static final Pattern USER_INFO = Pattern.compile("(://)[^/?#\\s]*@");
    /** A name holds no character that begins one: each is then looked at once. */
    private static final Pattern QUERY = Pattern.compile("([?&;#][^=&;?#\\s]*=)[^&;\\s]+");

    private Secrets() {}

    /**
     * The value without what may be a secret.
     *
     * @param path where it is: the path of an option, or of a key in one
     */
    public static Object masked(String path, Object value) {
        if (isFree(path)) {
            return hidden(value);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(key, inner == null ? null : masked(path + "." + key, inner)));
            return copy;
        }
        return value instanceof String text ? url(text) : value;
    }

    /** A config that this version does not know: any text in it may be a secret, but for what it is called. */
    public static Map<String, Object> maskedConfig(Map<String, Object> config) {
        Map<String, Object> copy = new LinkedHashMap<>();
        config.forEach((key, value) -> {
            if (value != null) {
                copy.put(key, NAMES.contains(key) ? value : hiddenValue(key, value));
            }
        });
        return copy;
    }

    /** A text without user, password and the values of a query, where it is a URL. */
    public static String url(String text) {
        if (!text.contains("://")) {
            return text;
        }
        String withoutUser = USER_INFO.matcher(text).replaceAll("$1" + MASK + "@");
        return QUERY.matcher(withoutUser).replaceAll("$1" + MASK);
    }

    /** Adds what {@link #masked(String, Object)} would take out. */
    public static void collect(String path, Object value, Set<String> secrets) {
        if (isFree(path)) {
            collectAll(value, secrets);
        } else if (value instanceof String text) {
            collectFromUrl(text, secrets);
        }
    }

    /** Adds what {@link #maskedConfig} would take out. */
    public static void collectFromConfig(Map<String, Object> config, Set<String> secrets) {
        config.forEach((key, value) -> {
            if (key.equals(URL) && value instanceof String text) {
                collectFromUrl(text, secrets);
            } else if (!NAMES.contains(key)) {
                collectAll(value, secrets);
            }
        });
    }

    /** A text in which secrets may be, as they are or as SQL and JSON write them. */
    public static String masked(String text, Set<String> secrets) {
        String masked = text;
        for (String secret : secrets) {
            for (String spelling : spellings(secret)) {
                masked = masked.replace(spelling, MASK);
            }
        }
        return masked;
    }

    /** A literal may stand in a block, which is a literal itself: so quoted twice. */
    private static Set<String> spellings(String secret) {
        Set<String> all = new LinkedHashSet<>();
        all.add(secret);
        all.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        for (int quoted = 0; quoted < 2; quoted++) {
            for (String spelling : List.copyOf(all)) {
                all.add(spelling.replace("'", "''"));
                all.add(spelling.replace("\\", "\\\\").replace("'", "''"));
            }
        }
        return all;
    }

    private static void collectAll(@Nullable Object value, Set<String> secrets) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(inner -> collectAll(inner, secrets));
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> collectAll(inner, secrets));
        } else if (value instanceof String text && text.length() >= SHORTEST) {
            secrets.add(text);
        }
    }

    private static void collectFromUrl(String text, Set<String> secrets) {
        if (!text.contains("://")) {
            return;
        }
        Stream.concat(
                        USER_INFO
                                .matcher(text)
                                .results()
                                .map(found -> found.group().substring(3)),
                        QUERY.matcher(text).results().map(MatchResult::group))
                .filter(found -> found.length() > SHORTEST)
                .forEach(secrets::add);
    }

    private static Object hiddenValue(String key, Object value) {
        return key.equals(URL) && value instanceof String text ? url(text) : hidden(value);
    }

    private static boolean isFree(String path) {
        for (String key : path.split("\\.", -1)) {
            if (FREE.contains(key)) {
                return true;
            }
        }
        return false;
    }

    private static Object hidden(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(key, inner == null ? null : hidden(inner)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(inner == null ? null : hidden(inner)));
            return copy;
        }
        return value instanceof CharSequence ? MASK : value;
    }
}
