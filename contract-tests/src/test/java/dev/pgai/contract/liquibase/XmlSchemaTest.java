package dev.pgai.contract.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.ChangeForm;
import dev.pgai.json.JsonObject;
import dev.pgai.liquibase.ApplyVectorizersChange;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.DatabaseChange;
import liquibase.database.core.PostgresDatabase;
import liquibase.parser.core.ParsedNode;
import liquibase.precondition.Precondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The schema for XML has the names that the changes know, and no others. */
class XmlSchemaTest {

    private static final Pattern LIST = Pattern.compile("\\[([^\\]]*)\\]");

    /** Each change, and what the JSON form calls it. */
    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry("createVectorizer", "create"),
            Map.entry("dropVectorizer", "drop"),
            Map.entry("enableVectorizer", "enable"),
            Map.entry("disableVectorizer", "disable"),
            Map.entry("setVectorizerScheduling", "set_scheduling"),
            Map.entry("alterVectorizer", "alter"),
            Map.entry("repairVectorizer", "repair"),
            Map.entry("refreshVectorizerView", "refresh_view"),
            Map.entry("adoptVectorizer", "adopt"),
            Map.entry("forgetVectorizer", "forget"),
            Map.entry("enqueueVectorizer", "enqueue"),
            Map.entry("startVectorizerReplacement", "start_replacement"),
            Map.entry("completeVectorizerReplacement", "complete_replacement"),
            Map.entry("abortVectorizerReplacement", "abort_replacement"));

    private static final Map<String, Object> REQUIRED = Map.of(
            "name", "v",
            "source", Map.of("schema", "public", "table", "blog"),
            "loading", Map.of("implementation", "column", "column_name", "c"),
            "embedding", Map.of("implementation", "openai", "model", "m", "dimensions", 3),
            "scheduling", Map.of("implementation", "none"),
            "indexing", Map.of("implementation", "none"));

    private static final Set<String> OPTIONS = Set.of(
            "destination",
            "loading",
            "parsing",
            "embedding",
            "chunking",
            "indexing",
            "formatting",
            "scheduling",
            "processing");

    private final Document schema = schema();

    @Test
    void has_all_changes_and_preconditions() {
        Set<String> names = Stream.concat(
                        ServiceLoader.load(Change.class).stream()
                                .filter(change -> change.type().getName().startsWith("dev.pgai."))
                                .map(change -> change.type()
                                        .getAnnotation(DatabaseChange.class)
                                        .name()),
                        ServiceLoader.load(Precondition.class).stream()
                                .filter(precondition ->
                                        precondition.type().getName().startsWith("dev.pgai."))
                                .map(precondition -> precondition.get().getName()))
                .collect(Collectors.toSet());

        assertThat(elements(schema.getDocumentElement(), "element").stream()
                        .map(element -> element.getAttribute("name")))
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(names).containsAll(ACTIONS.keySet());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void has_the_keys_of_a_change(String change) {
        Set<String> known = known(change, "", Map.of());

        assertThat(names(named("element", change))).isEqualTo(known);
    }

    static Set<String> changes() {
        return new TreeSet<>(ACTIONS.keySet());
    }

    @Test
    void has_the_keys_of_a_file() throws Exception {
        ParsedNode node = new ParsedNode(null, "applyVectorizers");
        node.addChild(null, "file", "a");
        node.addChild(null, "unknown", "b");
        ApplyVectorizersChange change = new ApplyVectorizersChange();
        change.load(node, Scope.getCurrentScope().getResourceAccessor());

        assertThat(names(named("element", "applyVectorizers")))
                .isEqualTo(list(change.validate(new PostgresDatabase())
                        .getErrorMessages()
                        .get(0)));
    }

    @ParameterizedTest
    @MethodSource("options")
    void has_the_keys_of_an_option(String option) {
        Set<String> known = new TreeSet<>();
        for (String implementation : implementations(option)) {
            known.addAll(known("createVectorizer", option, Map.of("implementation", implementation)));
        }

        assertThat(names(inDefinition(option))).isEqualTo(known);
    }

    static Set<String> options() {
        return new TreeSet<>(OPTIONS);
    }

    @Test
    void has_the_keys_of_a_source() {
        assertThat(names(inDefinition("source"))).isEqualTo(known("createVectorizer", "source", Map.of()));
    }

    @Test
    void has_the_keys_of_a_definition() {
        Map<String, Object> values = new HashMap<>(REQUIRED);
        values.keySet().retainAll(Set.of("source", "loading", "embedding"));
        values.put("unknown", 1);

        assertThat(names(named("complexType", "definition")))
                .isEqualTo(known(refused("dropVectorizer", Map.of("definition", values))));
    }

    private static Set<String> implementations(String option) {
        return list(refused("createVectorizer", Map.of(option, Map.of("implementation", "unknown"))));
    }

    /** The keys that a change, or an option of it, says it knows. */
    private static Set<String> known(String change, String option, Map<String, Object> values) {
        Map<String, Object> inner = new HashMap<>(values);
        if (option.isEmpty()) {
            inner.put("unknown", 1);
            return known(refused(change, inner));
        }
        if (REQUIRED.get(option) instanceof Map<?, ?> required) {
            required.forEach((key, value) -> inner.putIfAbsent(String.valueOf(key), value));
        }
        Map<String, Map<String, Object>> more = Map.of(
                "embedding", Map.of("model", "m", "dimensions", 3),
                "loading", Map.of("column_name", "c"),
                "destination", Map.of("embedding_column", "e"));
        // What one implementation needs, another does not know: one of both says what it knows.
        for (Map<String, Object> needed : List.of(more.getOrDefault(option, Map.of()), Map.<String, Object>of())) {
            Map<String, Object> all = new HashMap<>(inner);
            needed.forEach(all::putIfAbsent);
            all.put("unknown", 1);
            InvalidArgumentException e = refused(change, Map.of(option, all));
            if (String.valueOf(e.getMessage()).contains("Known keys")) {
                return known(e);
            }
        }
        throw new AssertionError(change + " says not what it knows of " + option + " " + values);
    }

    private static Set<String> known(InvalidArgumentException e) {
        assertThat(e).hasMessageContaining("Known keys: ");
        return list(e);
    }

    private static Set<String> list(InvalidArgumentException e) {
        return list(String.valueOf(e.getMessage()));
    }

    private static Set<String> list(String message) {
        List<String> lists = new ArrayList<>();
        Matcher matcher = LIST.matcher(message);
        while (matcher.find()) {
            lists.add(matcher.group(1));
        }
        return new TreeSet<>(Arrays.asList(lists.get(lists.size() - 1).split(", ")));
    }

    private static InvalidArgumentException refused(String change, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        Set<String> keys = switch (change) {
            case "createVectorizer", "adoptVectorizer", "alterVectorizer", "startVectorizerReplacement" ->
                Set.of("name", "source", "loading", "embedding");
            case "setVectorizerScheduling" -> Set.of("name", "scheduling", "indexing");
            default -> Set.of("name");
        };
        keys.forEach(key -> all.putIfAbsent(key, REQUIRED.get(key)));
        return catchThrowableOfType(
                InvalidArgumentException.class,
                () -> ChangeForm.read(String.valueOf(ACTIONS.get(change)), JsonObject.loose(all)));
    }

    /** The attributes and elements of a type, and of the one that it extends. */
    private Set<String> names(Element declaration) {
        Set<String> names = new TreeSet<>();
        if (!declaration.getAttribute("type").isEmpty()) {
            return names(named("complexType", declaration.getAttribute("type")));
        }
        for (Element child : elements(declaration, "*")) {
            if (child.getLocalName().equals("element") || child.getLocalName().equals("attribute")) {
                names.add(child.getAttribute("name"));
            } else {
                if (!child.getAttribute("base").isEmpty()) {
                    names.addAll(names(named("complexType", child.getAttribute("base"))));
                }
                names.addAll(names(child));
            }
        }
        return names;
    }

    private Element inDefinition(String name) {
        return elements(elements(named("complexType", "definition"), "choice").get(0), "element").stream()
                .filter(element -> element.getAttribute("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Element named(String kind, String name) {
        return elements(schema.getDocumentElement(), kind).stream()
                .filter(element -> element.getAttribute("name").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    private static List<Element> elements(Element parent, String name) {
        List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && (name.equals("*") || element.getLocalName().equals(name))) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static Document schema() {
        try (InputStream file = XmlSchemaTest.class.getResourceAsStream("/pgai.dev/xml/ns/liquibase/pgai.xsd")) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(file);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
