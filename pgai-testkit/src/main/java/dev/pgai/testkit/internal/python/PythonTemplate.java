package dev.pgai.testkit.internal.python;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** As Python's {@code string.Template.substitute}. */
public final class PythonTemplate {

    /** A dollar sign, and what makes it mean something; neither group for one that means nothing. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$(?:(\\$)|([_a-zA-Z][_a-zA-Z0-9]*)|\\{([_a-zA-Z][_a-zA-Z0-9]*)})?");

    private static final Pattern LINE_END = Pattern.compile("\r\n|[\n\r\u000b\f\u001c-\u001e\u0085\u2028\u2029]");

    private final String template;

    public PythonTemplate(String template) {
        this.template = template;
    }

    /**
     * Fills the template.
     *
     * @param values gives the text for a name, null for a name that is unknown
     * @throws PythonException when a name is unknown or a dollar sign starts no placeholder
     */
    public String substitute(Function<String, @Nullable String> values) {
        StringBuilder filled = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(template);
        while (matcher.find()) {
            matcher.appendReplacement(filled, "");
            filled.append(replacement(matcher, values));
        }
        return matcher.appendTail(filled).toString();
    }

    private String replacement(Matcher matcher, Function<String, @Nullable String> values) {
        String name = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        if (name != null) {
            String value = values.apply(name);
            if (value == null) {
                throw new PythonException(PythonRepr.of(name));
            }
            return value;
        }
        if (matcher.group(1) != null) {
            return "$";
        }
        throw invalid(matcher.end());
    }

    private PythonException invalid(int end) {
        String before = template.substring(0, end);
        int line = 1;
        int lineStart = 0;
        Matcher lineEnds = LINE_END.matcher(before);
        while (lineEnds.find()) {
            line++;
            lineStart = lineEnds.end();
        }
        int column = PythonString.length(before.substring(lineStart));
        return new PythonException("Invalid placeholder in string: line " + line + ", col " + column);
    }
}
