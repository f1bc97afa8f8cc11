package dev.pgai.testkit.worker;

import dev.pgai.testkit.internal.python.PythonException;
import dev.pgai.testkit.internal.python.PythonTemplate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row to embed.
 *
 * @param queued its place in the queue
 * @param values the values by column
 */
record SourceRow(QueuedRow queued, Map<String, SourceValue> values) {

    /**
     * The text of the column to load.
     *
     * @return null when the row has no such column; empty for null
     */
    @Nullable
    String content(String column) {
        SourceValue value = values.get(column);
        if (value == null) {
            return null;
        }
        return value.text() == null ? "" : value.text();
    }

    /**
     * What is embedded for a chunk.
     *
     * @throws PythonException when the template does not fit the row
     * @throws UnsupportedVectorizerException when it names a column of a type whose Python text is not known here
     */
    String format(@Nullable PythonTemplate template, String chunk) {
        if (template == null) {
            return chunk;
        }
        if (values.containsKey("chunk")) {
            throw new PythonException("string.Template.substitute() got multiple values for keyword argument 'chunk'");
        }
        return template.substitute(name -> name.equals("chunk") ? chunk : python(name));
    }

    private @Nullable String python(String column) {
        SourceValue value = values.get(column);
        if (value != null && value.python() == null) {
            throw new UnsupportedVectorizerException("The worker for tests does not know what Python makes of column "
                    + column + ", which the template names. Leave the column out of the template in tests.");
        }
        return value == null ? null : value.python();
    }
}
