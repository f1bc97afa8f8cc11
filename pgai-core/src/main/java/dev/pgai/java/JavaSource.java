package dev.pgai.java;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A class that is written: what it imports, its constants, and one way to write each value. */
public final class JavaSource {

    private static final String INDENT = "    ";

    /** What a class file takes. */
    private static final int LONGEST_TEXT = 65_535;

    /** What {@code Map.of} takes. */
    private static final int FEW_ENTRIES = 10;

    private static final String IDENTIFIER = "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";

    private static final Pattern NAME = Pattern.compile(IDENTIFIER + "(?:\\." + IDENTIFIER + ")*");

    private final Set<String> imports = new TreeSet<>();
    private final Map<String, String> constants = new LinkedHashMap<>();

    /** Starts a class that has nothing in it. */
    public JavaSource() {}

    /**
     * Imports a type.
     *
     * @param type may be a nested one
     * @return what the class calls it
     */
    public String type(Class<?> type) {
        Class<?> enclosing = type.getEnclosingClass();
        return enclosing == null ? type(type.getName()) : type(enclosing) + "." + type.getSimpleName();
    }

    /**
     * Imports a type that is not on the class path here.
     *
     * @param name its qualified name
     * @return its simple name
     */
    public String type(String name) {
        imports.add(name);
        return simpleName(name);
    }

    /**
     * Declares a constant, unless there is one of the same value.
     *
     * @param type the type of the constant
     * @param name what it is about, in the letters of a name
     * @param value the expression
     * @return the name of the constant
     */
    public String constant(Class<?> type, String name, String value) {
        for (Map.Entry<String, String> known : constants.entrySet()) {
            if (known.getValue().equals(type(type) + " = " + value)) {
                return known.getKey();
            }
        }
        String base = name.toUpperCase(Locale.ROOT);
        String free = base;
        for (int number = 2; constants.containsKey(free); number++) {
            free = base + "_" + number;
        }
        constants.put(free, type(type) + " = " + value);
        return free;
    }

    /**
     * Writes a JSON value, such that Java makes an equal one of it.
     *
     * @param value a text, a number, a boolean, a list or a map of these; null is in none of them
     * @return an expression
     */
    public String value(@Nullable Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof List<?> list) {
            return type(List.class)
                    + list.stream().map(this::value).collect(Collectors.joining(", ", ".<Object>of(", ")"));
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof Long number && number != number.intValue()) {
            return number + "L";
        }
        if (value instanceof BigInteger || value instanceof BigDecimal) {
            return "new " + type(value.getClass()) + "(\"" + value + "\")";
        }
        return String.valueOf(value);
    }

    private String map(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        boolean few = sorted.size() <= FEW_ENTRIES;
        Function<Map.Entry<String, Object>, String> entry = e -> text(e.getKey()) + ", " + value(e.getValue());
        return type(Map.class) + ".<String, Object>"
                + sorted.entrySet().stream()
                        .map(e -> few ? entry.apply(e) : "Map.entry(" + entry.apply(e) + ")")
                        .collect(Collectors.joining(", ", few ? "of(" : "ofEntries(", ")"));
    }

    /**
     * Writes a text.
     *
     * @param text any text
     * @return a literal on one line, in which what cannot be seen is escaped
     * @throws InvalidArgumentException when no class file can hold it
     */
    public static String text(String text) {
        if (text.chars().map(JavaSource::bytes).sum() > LONGEST_TEXT) {
            throw new InvalidArgumentException(
                    "text",
                    text.substring(0, 60) + "...",
                    "a text in Java has at most " + LONGEST_TEXT + " bytes",
                    "Keep the definition as JSON.");
        }
        StringBuilder literal = new StringBuilder("\"");
        text.chars().forEach(unit -> literal.append(escaped((char) unit)));
        return literal.append('"').toString();
    }

    /** As class files encode it. */
    private static int bytes(int unit) {
        if (unit == 0 || unit > 0x7f) {
            return unit > 0x7ff ? 3 : 2;
        }
        return 1;
    }

    /** No escape of the form backslash, u for ASCII: the compiler would read a line end there as one. */
    private static String escaped(char unit) {
        return switch (unit) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case ' ' -> " ";
            default -> {
                if (unit < ' ') {
                    yield String.format(Locale.ROOT, "\\%03o", (int) unit);
                }
                yield Character.isLetterOrDigit(unit) || (unit > ' ' && unit < '\u007f')
                        ? String.valueOf(unit)
                        : String.format(Locale.ROOT, "\\u%04x", (int) unit);
            }
        };
    }

    /**
     * Whether a text can name a package, or a class with its package.
     *
     * @param name identifiers with dots between them
     * @return true when it is that
     */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * The text of the file.
     *
     * @param className the qualified name of the class
     * @param header lines of a comment before the class; they must be such that a comment can hold them
     * @param modifiers of the constants, such as {@code private static final}
     * @param extended what the class extends; empty for nothing
     * @param members the rest of the class, indented as in a class; empty for nothing
     * @return a compilation unit
     * @throws InvalidArgumentException when the name is none, or is that of a type which the class uses
     */
    public String file(String className, List<String> header, String modifiers, String extended, String members) {
        String name = simpleName(checked(className));
        StringBuilder file = new StringBuilder();
        if (!name.equals(className)) {
            file.append("package ")
                    .append(className, 0, className.lastIndexOf('.'))
                    .append(";\n\n");
        }
        imports.forEach(type -> file.append("import ").append(type).append(";\n"));
        file.append('\n');
        header.forEach(line -> file.append("// ").append(line).append('\n'));
        file.append("public ")
                .append(extended.isEmpty() ? "final " : "")
                .append("class ")
                .append(name);
        file.append(extended.isEmpty() ? "" : " extends " + extended).append(" {\n");
        constants.forEach((constant, value) -> file.append('\n')
                .append(INDENT + modifiers + " ")
                .append(value.replaceFirst(" = ", " " + constant + " = ").replace("\n", "\n" + INDENT))
                .append(";\n"));
        return file.append(members.isEmpty() ? "" : "\n" + members)
                .append("}\n")
                .toString();
    }

    private String checked(String className) {
        if (!isName(Check.text("className", className))) {
            throw new InvalidArgumentException(
                    "className", className, "it is no name of a class", "Write it as com.example.Vectorizers.");
        }
        if (imports.stream().anyMatch(type -> simpleName(type).equals(simpleName(className)))) {
            throw new InvalidArgumentException(
                    "className", className, "the class uses a type of this name", "Choose another.");
        }
        return className;
    }

    private static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
