package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.JsonText;
import dev.pgai.json.JsonValues;
import dev.pgai.secret.Secrets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    private static final String JOB_ID = "job_id";

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
     * @throws InvalidArgumentException when an argument is null
     */
    public static List<DefinitionDifference> between(VectorizerDefinition wanted, VectorizerDefinition stored) {
        VectorizerDefinition resolved = Check.notNull("wanted", wanted).asStored();
        Check.notNull("stored", stored);
        List<DefinitionDifference> differences = new ArrayList<>();
        compareSource(differences, wanted, stored);
        compare(differences, "name", resolved.name(), stored.name());
        for (Option option : wanted.options()) {
            if (!DefinitionForm.isLeftToSettings(option)) {
                compare(
                        differences,
                        option,
                        Objects.requireNonNull(find(resolved, option.configType())),
                        find(stored, option.configType()));
            }
        }
        compareQueue(differences, wanted, stored);
        return List.copyOf(differences);
    }

    /**
     * Compares all of what a definition means with what a catalog holds: an option that it leaves out means the
     * catalog's default ({@link VectorizerDefinition#asStored()}), and so an option that was taken out of it is a
     * difference. An option that is stored without a value which the definition leaves out, too, is none: the catalog
     * that stored it did not know it. What is not stored ({@code grant_to}), the queue when it is not named, and the id
     * of a job are not compared.
     *
     * @param wanted the definition
     * @param stored what a row of the catalog holds
     * @return the differences in the order of the definition's JSON form, unmodifiable; empty when there is none
     * @throws InvalidArgumentException when an argument is null
     */
    public static List<DefinitionDifference> all(VectorizerDefinition wanted, VectorizerDefinition stored) {
        VectorizerDefinition resolved = Check.notNull("wanted", wanted).asStored();
        Check.notNull("stored", stored);
        List<DefinitionDifference> differences = new ArrayList<>();
        compareSource(differences, wanted, stored);
        compare(differences, "name", resolved.name(), stored.name());
        for (Option option : resolved.options()) {
            String configType = option.configType();
            Option given = find(wanted, configType);
            Option found = find(stored, configType);
            Set<String> keys = new LinkedHashSet<>(
                    given == null ? Set.of() : storedForm(given).keySet());
            if (found != null) {
                keys.addAll(storedForm(found).keySet());
            }
            keys.remove(JOB_ID);
            compare(differences, option, found, keysToCompare(option, found, keys));
        }
        compareQueue(differences, wanted, stored);
        return List.copyOf(differences);
    }

    /**
     * What it takes to make up for it.
     *
     * @return by the path
     */
    public Alteration alteration() {
        return Alteration.of(path);
    }

    /**
     * Whether it is about what is read of the source, and what is made of it before it is embedded.
     *
     * @return true for loading, parsing and formatting
     */
    public boolean readsOtherwise() {
        return path.startsWith("loading.") || path.startsWith("parsing.") || path.startsWith("formatting.");
    }

    private static Collection<String> keysToCompare(Option resolved, @Nullable Option stored, Set<String> keys) {
        if (stored != null && !resolved.implementation().equals(stored.implementation())) {
            return List.of(StoredConfig.IMPLEMENTATION);
        }
        if (resolved instanceof Destination.Table) {
            keys.remove("destination");
            keys.addAll(storedForm(resolved).keySet());
        }
        return keys;
    }

    private static void compareSource(
            List<DefinitionDifference> differences, VectorizerDefinition wanted, VectorizerDefinition stored) {
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
    }

    private static void compareQueue(
            List<DefinitionDifference> differences, VectorizerDefinition wanted, VectorizerDefinition stored) {
        if (wanted.queueSchema() != null) {
            String queueSchema = stored.queueSchema() == null ? CatalogNames.SCHEMA : stored.queueSchema();
            compare(differences, "queue_schema", wanted.queueSchema(), queueSchema);
        }
        if (wanted.queueTable() != null) {
            compare(differences, "queue_table", wanted.queueTable(), stored.queueTable());
        }
    }

    private static @Nullable Option find(VectorizerDefinition definition, String configType) {
        return definition.options().stream()
                .filter(option -> option.configType().equals(configType))
                .findFirst()
                .orElse(null);
    }

    private static void compare(
            List<DefinitionDifference> differences, Option given, Option resolved, @Nullable Option stored) {
        boolean same = stored != null && given.implementation().equals(stored.implementation());
        compare(differences, resolved, stored, same ? keys(given) : List.of(StoredConfig.IMPLEMENTATION));
    }

    private static void compare(
            List<DefinitionDifference> differences, Option resolved, @Nullable Option stored, Collection<String> keys) {
        Map<String, Object> wantedValues = storedForm(resolved);
        Map<String, Object> storedValues = stored == null ? Map.of() : storedForm(stored);
        keys.forEach(key ->
                compare(differences, resolved.configType() + "." + key, wantedValues.get(key), storedValues.get(key)));
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
    static Map<String, Object> storedForm(Option option) {
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
        return path + ": wanted " + (wanted == null ? "null" : shown(wanted)) + ", stored " + shownStored();
    }

    /**
     * The wanted value for people.
     *
     * @return JSON without secrets, or {@code nothing}
     */
    public String shownWanted() {
        return shown(wanted);
    }

    /**
     * The stored value for people.
     *
     * @return JSON without secrets, or {@code nothing}
     */
    public String shownStored() {
        return shown(stored);
    }

    private String shown(@Nullable Object value) {
        return value == null ? "nothing" : JsonText.write(Secrets.masked(path, value));
    }
}
