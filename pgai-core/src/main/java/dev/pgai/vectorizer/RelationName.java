package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a table or view: a schema and a name, both as they are stored in the catalog of PostgreSQL, without
 * quotes. The schema is required, because the meaning of a bare name changes with the search path.
 *
 * @param schema the schema, 1 to 63 bytes
 * @param name the table or view, 1 to 63 bytes
 */
public record RelationName(String schema, String name) implements Comparable<RelationName> {

    /** What SQL ends a part without quotes at. */
    private static final String ENDS_BARE = "\". \t\n\u000b\f\r";

    private static final Pattern UPPER_CASE = Pattern.compile("[A-Z]+");

    /**
     * Checks both parts.
     *
     * @param schema as above
     * @param name as above
     * @throws InvalidArgumentException when a part is null, empty, longer than 63 bytes in UTF-8, or holds a NUL or a
     *     lone surrogate
     */
    public RelationName {
        Check.identifier("schema", schema);
        Check.identifier("table", name);
    }

    /**
     * The relation {@code name} in {@code schema}.
     *
     * @param schema the schema as it is stored, without quotes
     * @param name the table or view as it is stored, without quotes
     * @return the name
     * @throws InvalidArgumentException when a part is null, empty, longer than 63 bytes in UTF-8, or holds a NUL or a
     *     lone surrogate
     */
    public static RelationName of(String schema, String name) {
        return new RelationName(schema, name);
    }

    /**
     * Reads a qualified name as SQL writes it: {@code public.blog}, {@code public."BlogPost"}. Parts without quotes are
     * folded to lower case, A to Z only, as PostgreSQL does in UTF-8.
     *
     * @param text the qualified name
     * @return the name
     * @throws InvalidArgumentException when the text is not two parts with a dot between them
     */
    public static RelationName parse(String text) {
        Check.text("source", text);
        int dot = endOfPart(text, 0);
        if (dot < 0 || dot == text.length() || text.charAt(dot) != '.' || endOfPart(text, dot + 1) != text.length()) {
            throw new InvalidArgumentException(
                    "source",
                    text,
                    "it must be a schema, a dot and a name, and a part with a quote, a dot or a space in it needs"
                            + " double quotes",
                    "Write schema.table, or use RelationName.of(schema, name).");
        }
        return new RelationName(part(text.substring(0, dot)), part(text.substring(dot + 1)));
    }

    /** A regular expression for this would recurse for each quote in a text that may be long. Negative for no end. */
    private static int endOfPart(String text, int start) {
        int end = start;
        if (!text.startsWith("\"", start)) {
            while (end < text.length() && ENDS_BARE.indexOf(text.charAt(end)) < 0) {
                end++;
            }
            return end;
        }
        do {
            end = text.indexOf('"', end + 1) + 1;
        } while (end > 0 && text.startsWith("\"", end));
        return end == 0 ? -1 : end;
    }

    private static String part(String written) {
        return written.startsWith("\"")
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : UPPER_CASE
                        .matcher(written)
                        .replaceAll(letters -> letters.group().toLowerCase(Locale.ROOT));
    }

    /**
     * By schema, then by name.
     *
     * @param other the name to compare with
     * @return as {@link Comparable#compareTo(Object)} says
     */
    @Override
    public int compareTo(RelationName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /**
     * For people; SQL is written by {@link dev.pgai.sql.SqlText}.
     *
     * @return schema, dot, name, without quotes
     */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
