package dev.pgai.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pgai.InvalidArgumentException;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is public here refuses a null with the argument's name, what holds for it, and a hint. */
class NullArgumentsTest {

    private static final VectorizerDefinition DEFINITION = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 2))
            .build();

    private static final List<Object> SAMPLES = List.of(
            "x",
            1,
            1.0,
            true,
            UUID.randomUUID(),
            new float[] {1},
            List.of("x"),
            Set.of(Distance.L2),
            Map.of("x", ColumnType.of("s", "x")),
            DEFINITION,
            RelationName.of("s", "x"),
            Distance.L2,
            IterativeScan.OFF,
            Condition.Operator.EQUAL,
            Condition.isNull("x"),
            ColumnType.of("s", "x"),
            ColumnTypes.vectorIn("s"),
            new SourceKey(Map.of("x", 1)),
            new Neighbour(new SourceKey(Map.of("x", 1)), null, null, null, 0),
            EmbeddingRelation.store(DEFINITION, List.of("id")),
            EmbeddingRelation.store(DEFINITION, List.of("id")).nearestTo(new float[] {1}, 1),
            new SearchPlan.ByIndex(RelationName.of("s", "x"), "hnsw", "[]"),
            SearchPlan.Reason.NO_INDEX,
            new SearchPlan.Exact(SearchPlan.Reason.NO_INDEX, "m", "[]"));

    /** Each argument that may not be null, of everything public. */
    static Stream<Arguments> arguments() throws Exception {
        return publicTypes().stream()
                .flatMap(type ->
                        Stream.concat(Arrays.stream(type.getConstructors()), Arrays.stream(type.getDeclaredMethods())))
                .filter(call -> Modifier.isPublic(call.getModifiers()))
                .filter(call -> !call.getName().equals("equals") && !call.isSynthetic())
                .filter(call -> !call.getDeclaringClass().isEnum())
                .flatMap(call -> Stream.iterate(0, i -> i < call.getParameterCount(), i -> i + 1)
                        .filter(i -> isRequired(call, i))
                        .map(i -> Arguments.of(call, i)));
    }

    /** From the compiled package, so that none is forgotten. */
    private static List<Class<?>> publicTypes() throws Exception {
        Path classes = Path.of(NeighbourSearch.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("dev/pgai/search");
        List<Class<?>> types = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(classes, "*.class")) {
            for (Path file : files) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = name.equals("package-info") ? null : Class.forName("dev.pgai.search." + name);
                if (type != null && Modifier.isPublic(type.getModifiers())) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    private static boolean isRequired(Executable call, int i) {
        Parameter parameter = call.getParameters()[i];
        return !parameter.getType().isPrimitive()
                && !call.getAnnotatedParameterTypes()[i].isAnnotationPresent(Nullable.class);
    }

    @ParameterizedTest(name = "{0} argument {1}")
    @MethodSource("arguments")
    void null_is_refused_by_name(Executable call, int nullAt) {
        List<Object> given = new ArrayList<>();
        for (Parameter parameter : call.getParameters()) {
            given.add(given.size() == nullAt ? null : sample(parameter.getType()));
        }

        Throwable thrown = catchThrowable(() -> invoke(call, given.toArray()));

        assertThat(thrown).isInstanceOf(InvalidArgumentException.class);
        InvalidArgumentException refusal = (InvalidArgumentException) thrown;
        assertThat(refusal.argument()).isNotBlank();
        assertThat(refusal.value()).isNull();
        assertThat(refusal.rule()).isNotBlank();
        assertThat(refusal.hint()).isNotBlank();
    }

    @Test
    void all_types_are_asked() throws Exception {
        assertThat(publicTypes()).contains(NeighbourSearch.class, Condition.OneOf.class, SearchPlan.ByIndex.class);
    }

    private static Object sample(Class<?> type) {
        Class<?> wanted = type == int.class
                ? Integer.class
                : type == double.class
                        ? Double.class
                        : type == boolean.class ? Boolean.class : type == Collection.class ? List.class : type;
        return SAMPLES.stream()
                .filter(wanted::isInstance)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample of " + type));
    }

    private static void invoke(Executable call, Object[] arguments) throws Throwable {
        try {
            if (call instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else {
                Object target = Modifier.isStatic(call.getModifiers()) ? null : sample(call.getDeclaringClass());
                ((Method) call).invoke(target, arguments);
            }
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
