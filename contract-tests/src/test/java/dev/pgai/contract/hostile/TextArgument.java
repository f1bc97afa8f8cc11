package dev.pgai.contract.hostile;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One argument of a public method or constructor into which a text can be put. */
record TextArgument(Executable call, int index) {

    /** All of a type. */
    static Stream<TextArgument> of(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getConstructors()), Arrays.stream(type.getDeclaredMethods()))
                .filter(call -> Modifier.isPublic(call.getModifiers()) && !call.isSynthetic())
                .filter(call -> !call.getName().equals("equals"))
                .filter(call -> !(type.isEnum() && call.getName().equals("valueOf")))
                .flatMap(call -> IntStream.range(0, call.getParameterCount())
                        .mapToObj(index -> new TextArgument(call, index))
                        .filter(argument -> argument.takesText(call.getGenericParameterTypes()[argument.index])));
    }

    private boolean takesText(Type type) {
        if (type instanceof ParameterizedType generic
                && generic.getRawType() instanceof Class<?> raw
                && (Map.class.isAssignableFrom(raw) || Collection.class.isAssignableFrom(raw))) {
            return Stream.of(generic.getActualTypeArguments()).anyMatch(this::takesText);
        }
        return type == String.class
                || type == String[].class
                || type == Object.class
                || type.getTypeName().equals("?");
    }

    /** The value of the type of the argument that holds the text in each place. */
    private Object holding(String text, Function<Class<?>, Object> samples) {
        Class<?> type = call.getParameterTypes()[index];
        if (type == String[].class) {
            return new String[] {text};
        }
        if (Map.class.isAssignableFrom(type)) {
            Type values = ((ParameterizedType) call.getGenericParameterTypes()[index]).getActualTypeArguments()[1];
            return values == Object.class
                    ? Map.of(text, text, "x", List.of(text))
                    : Map.of(text, samples.apply((Class<?>)
                            (values instanceof ParameterizedType of ? of.getRawType() : values)));
        }
        if (type == Set.class) {
            return Set.of(text);
        }
        return Collection.class.isAssignableFrom(type) ? List.of(text) : text;
    }

    /**
     * Calls it.
     *
     * @param samples what else is wanted, by type: the object that is called, and the other arguments
     */
    @Nullable
    Object callWith(String text, Function<Class<?>, Object> samples) throws Throwable {
        Object[] arguments = new Object[call.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i == index ? holding(text, samples) : samples.apply(call.getParameterTypes()[i]);
        }
        try {
            if (call instanceof Constructor<?> constructor) {
                return constructor.newInstance(arguments);
            }
            Object target = Modifier.isStatic(call.getModifiers()) ? null : samples.apply(call.getDeclaringClass());
            return ((Method) call).invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public String toString() {
        String type = call.getDeclaringClass().getName().replaceFirst("^dev\\.pgai\\.", "");
        return type + (call instanceof Method ? "." + call.getName() : "") + " "
                + call.getParameters()[index].getName();
    }
}
