package dev.pgai.testkit.internal.setting;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Choices that were made outside the code: a system property, else an environment variable, which is the property in
 * capitals with underscores for dots. Blank is as good as unset.
 */
public final class Settings {

    public static final String SERVER = "pgai.test.server";
    public static final String VECTOR = "pgai.test.vector";
    public static final String CATALOG = "pgai.test.catalog";
    public static final String LOCALE = "pgai.test.locale";
    public static final String DATA = "pgai.test.data";
    public static final String KEEP = "pgai.test.keep";

    public static final Settings OF_THIS_JVM = new Settings(System::getProperty, System::getenv);

    private final Function<String, @Nullable String> properties;
    private final Function<String, @Nullable String> environment;

    public Settings(Function<String, @Nullable String> properties, Function<String, @Nullable String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /**
     * Parses what was chosen for a key.
     *
     * @param parser refuses a wrong value with an exception that says what is allowed
     */
    public <T> T choose(String key, Supplier<T> byDefault, Function<String, T> parser) {
        String value = properties.apply(key);
        if (value != null && !value.isBlank()) {
            return parse("System property " + key, value, parser);
        }
        String variable = key.toUpperCase(Locale.ROOT).replace('.', '_');
        value = environment.apply(variable);
        if (value != null && !value.isBlank()) {
            return parse("Environment variable " + variable, value, parser);
        }
        return byDefault.get();
    }

    /** Most services for continuous integration say so by this variable. */
    public boolean isContinuousIntegration() {
        String value = environment.apply("CI");
        return value != null && !value.isBlank() && !value.strip().equalsIgnoreCase("false");
    }

    private static <T> T parse(String origin, String value, Function<String, T> parser) {
        try {
            return parser.apply(value.strip());
        } catch (InvalidArgumentException e) {
            throw e.at(origin);
        } catch (PgaiException e) {
            throw new PgaiException(origin + ": " + e.getMessage(), e.getCause());
        }
    }
}
