package dev.pgai.testkit.internal.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** As Python's {@code str} of the list that psycopg makes of an array. */
final class PythonList {

    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "name");
    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8", "oid");

    private final String elementType;
    private final String array;
    private int position;

    private PythonList(String elementType, String array) {
        this.elementType = elementType;
        this.array = array;
    }

    /**
     * Converts an array in the server's text form.
     *
     * @throws UnsupportedValueException when the elements are of a type that is not known here
     */
    static String of(String elementType, String array) {
        PythonList list = new PythonList(elementType, array);
        // Bounds other than 1 come first: [2:3]={x,y}.
        list.position = array.indexOf('{');
        return list.list();
    }

    private String list() {
        List<String> elements = new ArrayList<>();
        position++;
        while (array.charAt(position) != '}') {
            switch (array.charAt(position)) {
                case ',' -> position++;
                case '{' -> elements.add(list());
                case '"' -> elements.add(element(quoted()));
                default -> elements.add(unquoted());
            }
        }
        position++;
        return "[" + String.join(", ", elements) + "]";
    }

    private String unquoted() {
        int start = position;
        while (",}".indexOf(array.charAt(position)) < 0) {
            position++;
        }
        String text = array.substring(start, position);
        return text.equals("NULL") ? "None" : element(text);
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        for (position++; array.charAt(position) != '"'; position++) {
            if (array.charAt(position) == '\\') {
                position++;
            }
            text.append(array.charAt(position));
        }
        position++;
        return text.toString();
    }

    private String element(String text) {
        if (TEXTS.contains(elementType)) {
            return PythonRepr.of(text);
        }
        if (INTEGERS.contains(elementType)) {
            return text;
        }
        return switch (elementType) {
            case "bool" -> PythonScalar.bool(text);
            case "float4", "float8" -> PythonRepr.of(PythonScalar.parseDouble(text));
            case "numeric" -> "Decimal(" + PythonRepr.of(PythonScalar.numeric(text)) + ")";
            case "uuid" -> "UUID(" + PythonRepr.of(text) + ")";
            default -> throw new UnsupportedValueException(elementType + "[]");
        };
    }
}
