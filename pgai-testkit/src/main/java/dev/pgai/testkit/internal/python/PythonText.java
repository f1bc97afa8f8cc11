package dev.pgai.testkit.internal.python;

import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As Python's {@code str} of what psycopg makes of a column's value. Values come in as the server writes them, with
 * DateStyle ISO, IntervalStyle postgres and bytea in hexadecimal.
 */
public final class PythonText {

    private static final Set<String> FLOATS = Set.of("float4", "float8");
    private static final Set<String> DOCUMENTS = Set.of("json", "jsonb");

    /** Their text depends on the version of a Python package, or is of no use in a template. */
    private static final Set<String> UNSUPPORTED = Set.of("vector", "halfvec", "sparsevec");

    private static final Pattern FRACTION = Pattern.compile("(:\\d\\d)\\.(\\d{1,6})");
    private static final Pattern SHORT_OFFSET = Pattern.compile("([+-]\\d\\d)$");

    private PythonText() {}

    /**
     * Converts one value.
     *
     * @param type the column's type
     * @param text the value in the server's text form
     * @throws PythonException when psycopg cannot read the value
     * @throws UnsupportedValueException when this class does not know what Python makes of the type
     */
    public static String of(ColumnType type, String text) {
        if (type.element() != null) {
            return PythonList.of(type.element(), text);
        }
        if (type.isRange() || UNSUPPORTED.contains(type.name())) {
            throw new UnsupportedValueException(type.name());
        }
        if (FLOATS.contains(type.name())) {
            return PythonRepr.of(PythonScalar.parseDouble(text));
        }
        if (DOCUMENTS.contains(type.name())) {
            return PythonJson.of(text);
        }
        return switch (type.name()) {
            case "bool" -> PythonScalar.bool(text);
            case "numeric" -> PythonScalar.numeric(text);
            case "bytea" -> PythonRepr.of(HexFormat.of().parseHex(text, 2, text.length()));
            case "date" -> checked("date", text);
            case "timestamp" -> fraction(checked("timestamp", text));
            case "timestamptz" -> offset(fraction(checked("timestamp", text)));
            case "time" -> fraction(checkedTime(text));
            case "timetz" -> offset(fraction(checkedTime(text)));
            case "interval" -> PythonInterval.of(text);
            default -> text;
        };
    }

    /** Python has no dates outside the years 1 to 9999. */
    private static String checked(String kind, String text) {
        if (text.endsWith("BC") || text.equals("-infinity")) {
            throw new PythonException(kind + " too small (before year 1): " + PythonRepr.of(text));
        }
        if (text.indexOf('-') > 4 || text.equals("infinity")) {
            throw new PythonException(kind + " too large (after year 10K): " + PythonRepr.of(text));
        }
        return text;
    }

    private static String checkedTime(String text) {
        if (text.startsWith("24")) {
            throw new PythonException("can't parse time " + PythonRepr.of(text) + ": hour must be in 0..23");
        }
        return text;
    }

    private static String fraction(String text) {
        Matcher matcher = FRACTION.matcher(text);
        return matcher.find()
                ? matcher.replaceFirst("$1." + matcher.group(2)
                        + "0".repeat(6 - matcher.group(2).length()))
                : text;
    }

    private static String offset(String text) {
        return SHORT_OFFSET.matcher(text).replaceFirst("$1:00");
    }
}
