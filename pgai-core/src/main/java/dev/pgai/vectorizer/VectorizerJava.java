package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.java.JavaSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Definitions as Java code, such as those of an existing database. The code compiles against this version of the
 * library and makes definitions that are equal to those that were written. The same definitions have the same code.
 */
public final class VectorizerJava {

    /** What the factory of an option takes; each other argument has a method of its own. */
    private static final Set<String> OF_FACTORY =
            Set.of("column_name", "model", "dimensions", "embedding_column", "destination", "template");

    /** Arguments whose texts are constants in Java. */
    private static final Map<String, Class<?>> CONSTANTS = Map.of(
            "input_type", Embedding.InputType.class,
            "opclass", Indexing.OpClass.class,
            "storage_layout", Indexing.StorageLayout.class);

    private VectorizerJava() {}

    /**
     * Writes an expression. The types in it are those of {@code dev.pgai.vectorizer}, and of Java's {@code Instant},
     * {@code List}, {@code Map}, {@code BigDecimal} and {@code BigInteger}.
     *
     * @param definition the definition
     * @return lines, for example {@code VectorizerDefinition.builder(...)} and the methods that set what is set; where
     *     JSON's null is in the options of a provider, which {@code Map.of} does not take,
     *     {@code VectorizerJson.read(...)}
     * @throws InvalidArgumentException when no code can make the definition: it was read from a catalog, and is one
     *     that this version refuses; or a text is too long for Java
     */
    public static String write(VectorizerDefinition definition) {
        return write(new JavaSource(), Check.notNull("definition", definition));
    }

    /**
     * Writes a class with a constant for each definition, which is called after its name.
     *
     * @param className the qualified name of the class, such as {@code com.example.Vectorizers}
     * @param definitions the definitions
     * @return a compilation unit, for a file in UTF-8
     * @throws InvalidArgumentException as {@link #write}; also when it is no name of a class, or one of a type that the
     *     code uses, such as {@code Embedding}
     */
    public static String writeClass(String className, List<VectorizerDefinition> definitions) {
        JavaSource java = new JavaSource();
        for (VectorizerDefinition definition : Check.each("definitions", definitions, Check::notNull)) {
            constant(java, definition);
        }
        String name = Check.text("className", className).substring(className.lastIndexOf('.') + 1);
        return java.file(className, List.of(), "public static final", "", "    private " + name + "() {}\n");
    }

    static String constant(JavaSource java, VectorizerDefinition definition) {
        return java.constant(
                VectorizerDefinition.class, CatalogNames.of(definition).vectorizer(), write(java, definition));
    }

    private static String write(JavaSource java, VectorizerDefinition definition) {
        String json = VectorizerJson.write(definition);
        VectorizerJson.read(json); // refuses what a catalog holds and no code can make
        if (definition.options().stream()
                .anyMatch(option -> hasNull(option.arguments().values()))) {
            return java.type(VectorizerJson.class) + ".read(" + JavaSource.text(json) + ")";
        }
        List<String> calls = new ArrayList<>();
        add(calls, "name", definition.name());
        for (Option option : definition.options()) {
            if (option != definition.loading() && option != definition.embedding()) {
                calls.add("." + option.configType() + "(" + option(java, option) + ")");
            }
        }
        add(calls, "queueSchema", definition.queueSchema());
        add(calls, "queueTable", definition.queueTable());
        List<String> roles = definition.grantTo();
        if (roles != null) {
            calls.add(".grantTo(" + (roles.isEmpty() ? java.type(List.class) + ".of()" : texts(roles)) + ")");
        }
        return java.type(VectorizerDefinition.class) + ".builder(\n                "
                + java.type(RelationName.class) + ".of("
                + JavaSource.text(definition.source().schema()) + ", "
                + JavaSource.text(definition.source().name()) + "),\n                "
                + option(java, definition.loading()) + ",\n                " + option(java, definition.embedding())
                + ")\n" + calls.stream().map(call -> "        " + call + "\n").collect(Collectors.joining())
                + "        .build()";
    }

    private static boolean hasNull(Iterable<? extends @Nullable Object> values) {
        for (Object value : values) {
            if (value == null
                    || (value instanceof Map<?, ?> map && hasNull(map.values()))
                    || (value instanceof List<?> list && hasNull(list))) {
                return true;
            }
        }
        return false;
    }

    private static void add(List<String> calls, String method, @Nullable String value) {
        if (value != null) {
            calls.add("." + method + "(" + JavaSource.text(value) + ")");
        }
    }

    static String option(JavaSource java, Option option) {
        if (option instanceof UnknownOption unknown) {
            return "new " + java.type(option.getClass()) + "(" + java.value(unknown.config()) + ")";
        }
        List<String> ofFactory = new ArrayList<>();
        StringBuilder others = new StringBuilder();
        option.arguments().forEach((name, value) -> {
            if (OF_FACTORY.contains(name)) {
                ofFactory.add(argument(java, name, value));
            } else {
                others.append(".with" + pascalCase(name) + "(" + argument(java, name, value) + ")");
            }
        });
        String factory = option.implementation().equals("default") ? "by_default" : option.implementation();
        return java.type(option.getClass().getInterfaces()[0]) + "." + camelCase(factory) + "("
                + String.join(", ", ofFactory) + ")" + others;
    }

    private static String argument(JavaSource java, String name, Object value) {
        if (CONSTANTS.containsKey(name)) {
            return java.type(CONSTANTS.get(name)) + "." + value.toString().toUpperCase(Locale.ROOT);
        }
        if (value instanceof Interval || value instanceof Instant) {
            return java.type(value.getClass()) + ".parse(" + JavaSource.text(value.toString()) + ")";
        }
        if (value instanceof List<?> list) {
            return java.type(List.class) + ".of(" + texts(list) + ")";
        }
        return java.value(value);
    }

    private static String texts(List<?> texts) {
        return texts.stream().map(text -> JavaSource.text(text.toString())).collect(Collectors.joining(", "));
    }

    private static String camelCase(String name) {
        String pascalCase = pascalCase(name);
        return name.charAt(0) + pascalCase.substring(1);
    }

    private static String pascalCase(String name) {
        return Arrays.stream(name.split("_", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
