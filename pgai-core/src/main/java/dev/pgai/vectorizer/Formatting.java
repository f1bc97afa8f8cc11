package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What text is embedded for a chunk: the argument {@code formatting}. */
public sealed interface Formatting extends Option permits Formatting.PythonTemplate, Formatting.Unknown {

    @Override
    default String configType() {
        return "formatting";
    }

    /**
     * The catalog's default template, {@code $chunk}: {@code ai.formatting_python_template}, since pgai 0.10.
     *
     * @return the option
     */
    static PythonTemplate pythonTemplate() {
        return new PythonTemplate(null);
    }

    /**
     * A template in the syntax of Python's {@code string.Template}: {@code ai.formatting_python_template}, since pgai
     * 0.10. {@code $chunk} is the chunk, {@code $column} or {@code ${column}} a column of the source, {@code $$} a
     * dollar sign.
     *
     * @param template the template; must hold {@code $chunk}
     * @return the option
     * @throws InvalidArgumentException when the template is null, lacks {@code $chunk}, or has a {@code $} that starts
     *     no placeholder
     */
    static PythonTemplate pythonTemplate(String template) {
        return new PythonTemplate(Check.given("formatting.template", template));
    }

    /**
     * {@code ai.formatting_python_template}.
     *
     * @param template the template, or null for the catalog's default, {@code $chunk}
     */
    record PythonTemplate(@Nullable String template) implements Formatting {

        /** Python's own grammar: {@code $$}, {@code $name}, {@code ${name}}, or a mistake. */
        private static final Pattern PLACEHOLDER =
                Pattern.compile("\\$(?:(\\$)|([_a-zA-Z][_a-zA-Z0-9]*)|\\{([_a-zA-Z][_a-zA-Z0-9]*)}|())");

        /**
         * Checks the template.
         *
         * @param template the argument {@code template}
         * @throws InvalidArgumentException when the template lacks {@code $chunk} or has a {@code $} that starts no
         *     placeholder
         */
        public PythonTemplate {
            Check.optionalText("formatting.template", template);
            if (template != null) {
                checkTemplate(template);
            }
        }

        /**
         * The names behind the dollar signs, {@code chunk} included, in the order of their first use. All but
         * {@code chunk} must be columns of the source; the catalog does not check that, and the worker fails.
         *
         * @return an unmodifiable set
         */
        public Set<String> placeholders() {
            Set<String> names = new LinkedHashSet<>();
            Matcher matcher = PLACEHOLDER.matcher(template == null ? "$chunk" : template);
            while (matcher.find()) {
                String name = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
                if (name != null) {
                    names.add(name);
                }
            }
            return Collections.unmodifiableSet(names);
        }

        @Override
        public String implementation() {
            return "python_template";
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments().set("template", template).toMap();
        }

        private static void checkTemplate(String template) {
            boolean chunk = false;
            Matcher matcher = PLACEHOLDER.matcher(template);
            while (matcher.find()) {
                if (matcher.group(4) != null) {
                    throw new InvalidArgumentException(
                            "formatting.template",
                            template,
                            "the $ at index " + matcher.start() + " starts no placeholder",
                            "Write $$ for a dollar sign, $column or ${column} for a column.");
                }
                chunk |= "chunk".equals(matcher.group(2)) || "chunk".equals(matcher.group(3));
            }
            // The catalog looks for the five letters after a dollar and does not know the braces.
            if (!chunk || !template.contains("$chunk")) {
                throw new InvalidArgumentException(
                        "formatting.template",
                        template,
                        "it must hold the placeholder $chunk, without braces",
                        "Put $chunk where the text of the chunk belongs.");
            }
        }
    }

    /**
     * An implementation that this version of the library does not know, or a known one with keys that are new, as the
     * catalog stores it.
     *
     * @param config the whole stored config, {@code config_type} and {@code implementation} included
     */
    record Unknown(Map<String, Object> config) implements Formatting, UnknownOption {

        /**
         * Copies the config deeply and checks that it says what it is.
         *
         * @param config as above
         * @throws InvalidArgumentException when {@code config_type} is not {@code formatting}, {@code implementation}
         *     is not text, or a value is not a JSON value
         */
        public Unknown {
            config = StoredConfig.copyOf("formatting", config);
        }

        @Override
        public String toString() {
            return StoredConfig.toString(config);
        }
    }
}
