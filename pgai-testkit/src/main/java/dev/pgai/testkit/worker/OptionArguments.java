package dev.pgai.testkit.worker;

import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.UnknownOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of a stored option, whether or not the library would accept them. */
final class OptionArguments {

    private final Option option;

    OptionArguments(Option option) {
        this.option = option;
    }

    /**
     * Whether this is a kind of option. What the library would not accept, a template without {@code $chunk} for
     * instance, has no type that tells; its name does.
     */
    boolean is(Class<? extends Option> type, String implementation) {
        return type.isInstance(option)
                || (option instanceof UnknownOption && option.implementation().equals(implementation));
    }

    String text(String name) {
        if (given(name) instanceof String text) {
            return text;
        }
        throw refused(name, "text");
    }

    int integer(String name) {
        Integer number = optionalInteger(name);
        if (number == null) {
            throw refused(name, "a number");
        }
        return number;
    }

    @Nullable
    Integer optionalInteger(String name) {
        Object value = given(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Integer || value instanceof Long) {
            return Math.toIntExact(((Number) value).longValue());
        }
        throw refused(name, "a number");
    }

    boolean bool(String name) {
        if (given(name) instanceof Boolean bool) {
            return bool;
        }
        throw refused(name, "true or false");
    }

    List<String> texts(String name) {
        if (given(name) instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw refused(name, "a list of texts");
    }

    UnsupportedVectorizerException unsupported(String hint) {
        return new UnsupportedVectorizerException("The worker for tests does not support " + function() + ". " + hint);
    }

    private @Nullable Object given(String name) {
        return option.arguments().get(name);
    }

    private UnsupportedVectorizerException refused(String name, String expected) {
        return new UnsupportedVectorizerException("The stored " + function() + " has " + given(name) + " for " + name
                + ", where a worker needs " + expected + ". Create the vectorizer anew.");
    }

    private String function() {
        return "ai." + option.configType() + "_" + option.implementation();
    }
}
