package dev.pgai.vectorizer;

import dev.pgai.json.JsonText;
import dev.pgai.json.JsonValues;
import dev.pgai.secret.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One value in which a vectorizer that a catalog holds is not what a definition asks for.
 *
 * @param path the path in the JSON form as the catalog stores it, for example {@code embedding.dimensions}
 * @param wanted the value that the definition sets, as the catalog would store it; a JSON value, null for JSON's null
 * @param stored the value that the catalog holds; a JSON value, null when it holds none
 */
public record DefinitionDifference(
        String path, @Nullable Object wanted, @Nullable Object stored) {

    /**
     * Compares what a definition sets with what a catalog holds, after the normalisation that the catalog does
     * ({@link VectorizerDefinition#asStored()}).
     *
     * <p>What the definition leaves to the catalog's default is not compared, nor is what the catalog does not store
     * ({@code grant_to}). {@link Indexing#byDefault()} and {@link Scheduling#byDefault()} match whatever is stored:
     * what they mean is a setting of the database.
     *
     * @param wanted the definition
     * @param stored what a row of the catalog holds
     * @return the differences in the order of the definition's JSON form, unmodifiable; empty when there is none
     */
    public static List<DefinitionDifference> between(VectorizerDefinition wanted, VectorizerDefinition stored) {
        VectorizerDefinition resolved = wanted.asStored();
        List<DefinitionDifference> differences = new ArrayList<>();
        compare(
                differences,
                "source.schema",
                wanted.source().schema(),
                stored.source().schema());
        compare(
                differences,
                "source.table",
                wanted.source().name(),
                stored.source().name());
        compare(differences, "name", resolved.name(), stored.name());
        for (Option option : wanted.options()) {
            if (!(option instanceof Indexing.Default || option instanceof Scheduling.Default)) {
                compare(
                        differences,
                        option,
                        Objects.requireNonNull(find(resolved, option.configType())),
                        find(stored, option.configType()));
            }
        }
        if (wanted.queueSchema() != null) {
            String queueSchema = stored.queueSchema() == null ? CatalogNames.SCHEMA : stored.queueSchema();
            compare(differences, "queue_schema", wanted.queueSchema(), queueSchema);
        }
        if (wanted.queueTable() != null) {
            compare(differences, "queue_table", wanted.queueTable(), stored.queueTable());
        }
        return List.copyOf(differences);
    }

    private static @Nullable Option find(VectorizerDefinition definition, String configType) {
        return definition.options().stream()
                .filter(option -> option.configType().equals(configType))
                .findFirst()
                .orElse(null);
    }

    private static void compare(
            List<DefinitionDifference> differences, Option given, Option resolved, @Nullable Option stored) {
        Map<String, Object> wantedValues = storedForm(resolved);
        Map<String, Object> storedValues = stored == null ? Map.of() : storedForm(stored);
        List<String> keys = given.implementation().equals(storedValues.get("implementation"))
                ? keys(given)
                : List.of("implementation");
        keys.forEach(key ->
                compare(differences, given.configType() + "." + key, wantedValues.get(key), storedValues.get(key)));
    }

    /** The keys under which the catalog stores what was set. The shorthand of a table destination is stored as two. */
    private static List<String> keys(Option given) {
        return storedForm(given).keySet().stream()
                .<String>mapMulti((key, sink) -> {
                    if (given instanceof Destination.Table && key.equals("destination")) {
                        sink.accept("target_table");
                        sink.accept("view_name");
                    } else {
                        sink.accept(key);
                    }
                })
                .distinct()
                .toList();
    }

    /** JSON values in one canonical form, so that a known option and an unknown one of the same content are equal. */
    private static Map<String, Object> storedForm(Option option) {
        Map<String, Object> values = new LinkedHashMap<>();
        OptionJson.toMap(option)
                .forEach((key, value) -> values.put(
                        option instanceof Embedding.OpenAi && key.equals("chat_user") ? "user" : key, value));
        values.remove("config_type");
        return JsonValues.copyOfMap(option.configType(), values);
    }

    private static void compare(
            List<DefinitionDifference> differences, String path, @Nullable Object wanted, @Nullable Object stored) {
        if (!Objects.equals(wanted, stored)) {
            differences.add(new DefinitionDifference(path, wanted, stored));
        }
    }

    /**
     * For people.
     *
     * @return the path and both values as JSON: {@code embedding.dimensions: wanted 1536, stored 768}
     */
    @Override
    public String toString() {
        return path + ": wanted " + (wanted == null ? "null" : shown(wanted)) + ", stored "
                + (stored == null ? "nothing" : shown(stored));
    }

    private String shown(Object value) {
        return JsonText.write(Secrets.masked(path, value));
    }
}
