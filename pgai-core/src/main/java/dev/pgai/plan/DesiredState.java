package dev.pgai.plan;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonText;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The vectorizers that a database should have, and those that it should not have any more. What is in neither list is
 * nobody's business here, and is left alone. Immutable, equal by value.
 */
public final class DesiredState {

    private static final String VECTORIZERS = "vectorizers";

    private static final String REMOVED = "removed";

    /** Editors look for it. */
    private static final String SCHEMA = "$schema";

    private final Map<String, VectorizerDefinition> definitions;
    private final Set<String> removed;

    private DesiredState(Map<String, VectorizerDefinition> definitions, Set<String> removed) {
        this.definitions = definitions;
        this.removed = removed;
    }

    /**
     * Takes definitions.
     *
     * @param definitions what should be there, of different names and places
     * @return a state that removes nothing
     * @throws InvalidArgumentException when null, one of them is, or two have one name, store, view or queue
     */
    public static DesiredState of(List<VectorizerDefinition> definitions) {
        Map<String, VectorizerDefinition> byName = new LinkedHashMap<>();
        Map<RelationName, String> places = new HashMap<>();
        for (VectorizerDefinition definition : Check.each(VECTORIZERS, definitions, Check::notNull)) {
            String name = CatalogNames.of(definition).vectorizer();
            if (byName.putIfAbsent(name, named(definition, name)) != null) {
                throw new InvalidArgumentException(
                        VECTORIZERS, name, "two definitions have this name", "Give one of them another name.");
            }
            for (RelationName place : places(definition)) {
                String other = places.putIfAbsent(place, name);
                if (other != null) {
                    throw new InvalidArgumentException(
                            VECTORIZERS,
                            name,
                            "it would have " + place + ", and so would " + other,
                            "Give one of them another destination or queue_table.");
                }
            }
        }
        return new DesiredState(byName, Set.of());
    }

    /** The relations that the catalog makes by names that do not hold an id. */
    private static List<RelationName> places(VectorizerDefinition definition) {
        CatalogNames names = CatalogNames.of(definition);
        return Stream.of(names.store(), names.view(), definition.queueTable() == null ? null : names.queue(0))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private static VectorizerDefinition named(VectorizerDefinition definition, String name) {
        return definition.name() == null ? definition.toBuilder().name(name).build() : definition;
    }

    /**
     * Says which vectorizers are to be dropped where they are. They are removed once for all: leave their names in as
     * long as a database may have them.
     *
     * @param names the names
     * @return a copy that removes these and no others
     * @throws InvalidArgumentException when null, one of them is, or there is a definition of the name
     */
    public DesiredState withRemoved(List<String> names) {
        Set<String> copy = new LinkedHashSet<>(Check.each(REMOVED, names, Check::text));
        for (String name : copy) {
            if (definitions.containsKey(name)) {
                throw new InvalidArgumentException(
                        REMOVED, name, "there is a definition of this name", "Remove it from one of the two.");
            }
        }
        return new DesiredState(definitions, copy);
    }

    /**
     * Puts the files of a team together.
     *
     * @param other what should be there, and what should not, beside what this says
     * @return both
     * @throws InvalidArgumentException when null; when two definitions have one name, or one removes what the other has
     */
    public DesiredState union(DesiredState other) {
        Check.notNull("other", other);
        return of(Stream.concat(definitions.values().stream(), other.definitions.values().stream())
                        .toList())
                .withRemoved(
                        Stream.concat(removed.stream(), other.removed.stream()).toList());
    }

    /**
     * Reads a file of definitions: an array of them in their JSON form, or an object with the keys {@code vectorizers},
     * such an array, {@code removed}, an array of names, and {@code $schema}, which editors read.
     *
     * @param json the text
     * @return the state
     * @throws InvalidArgumentException when it is not JSON, a key is unknown, or a value is refused
     */
    public static DesiredState read(String json) {
        if (JsonText.isArray(Check.notNull("json", json))) {
            return of(VectorizerJson.readList(json));
        }
        JsonObject object = JsonObject.of(json);
        List<VectorizerDefinition> definitions = object.objects(VECTORIZERS, DefinitionForm::readAlone);
        List<String> removed = object.optional(REMOVED, object::texts);
        object.optional(SCHEMA, object::text);
        object.refuseOtherKeys();
        return of(definitions).withRemoved(removed == null ? List.of() : removed);
    }

    /**
     * The JSON Schema (draft 2020-12) of what {@link #read} takes, so that editors complete and check it: the file
     * {@code dev/pgai/plan/vectorizers.schema.json} in the jar. It knows each key and the range of each value. What
     * concerns two values of one definition, or two definitions, only {@link #read} knows.
     *
     * @return a JSON object
     */
    public static String jsonSchema() {
        try (InputStream file = DesiredState.class.getResourceAsStream("vectorizers.schema.json")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What should be there.
     *
     * @return definitions with their names, in their order; unmodifiable
     */
    public List<VectorizerDefinition> definitions() {
        return List.copyOf(definitions.values());
    }

    /**
     * What should be there under a name.
     *
     * @param name the name
     * @return the definition, with its name
     */
    public Optional<VectorizerDefinition> definition(String name) {
        return Optional.ofNullable(definitions.get(name));
    }

    /**
     * What should not be there any more.
     *
     * @return names, in their order; unmodifiable
     */
    public List<String> removed() {
        return List.copyOf(removed);
    }

    boolean isAbout(String name) {
        return definitions.containsKey(name) || removed.contains(name);
    }

    /**
     * Equal when definitions and removed names are.
     *
     * @param other anything
     * @return whether it is the same state
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DesiredState state
                && definitions.equals(state.definitions)
                && removed.equals(state.removed);
    }

    /**
     * Agrees with {@link #equals(Object)}.
     *
     * @return the hash code
     */
    @Override
    public int hashCode() {
        return 31 * definitions.hashCode() + removed.hashCode();
    }

    /**
     * For people.
     *
     * @return the names
     */
    @Override
    public String toString() {
        return "DesiredState" + definitions.keySet() + (removed.isEmpty() ? "" : ", without " + removed);
    }
}
