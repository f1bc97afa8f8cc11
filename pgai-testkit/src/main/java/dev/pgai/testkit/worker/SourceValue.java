package dev.pgai.testkit.worker;

import dev.pgai.testkit.internal.python.ColumnType;
import dev.pgai.testkit.internal.python.PythonText;
import dev.pgai.testkit.internal.python.UnsupportedValueException;
import org.jspecify.annotations.Nullable;

/**
 * The value of one column.
 *
 * @param text as the server writes it; null for null
 * @param python Python's text of it; null when that is not known here
 */
record SourceValue(@Nullable String text, @Nullable String python) {

    static SourceValue of(ColumnType type, @Nullable String text) {
        if (text == null) {
            return new SourceValue(null, "None");
        }
        try {
            return new SourceValue(text, PythonText.of(type, text));
        } catch (UnsupportedValueException e) {
            return new SourceValue(text, null);
        }
    }
}
