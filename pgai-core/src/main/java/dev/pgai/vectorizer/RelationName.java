package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table or view: a schema and a name, both as they are stored in the catalog of PostgreSQL, without
 * quotes. The schema is required, because the meaning of a bare name changes with the search path.
 *
 * @param schema the schema, 1 to 63 bytes
 * @param name the table or view, 1 to 63 bytes
 */
public record RelationName(String schema, String name) implements Comparable<RelationName> {

    private static final Pattern QUALIFIED =
            Pattern.compile("(?:\"(?<quotedSchema>(?:[^\"]++|\"\")*)\"|(?<schema>[^\".\\s]*))"
                    + "\\.(?:\"(?<quotedName>(?:[^\"]++|\"\")*)\"|(?<name>[^\".\\s]*))");

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
        Matcher parts = QUALIFIED.matcher(Check.text("source", text));
        if (!parts.matches()) {
            throw new InvalidArgumentException(
                    "source",
                    text,
                    "it must be a schema, a dot and a name, and a part with a quote, a dot or a space in it needs"
                            + " double quotes",
                    "Write schema.table, or use RelationName.of(schema, name).");
        }
        return new RelationName(
                part(parts.group("quotedSchema"), parts.group("schema")),
                part(parts.group("quotedName"), parts.group("name")));
    }

    private static String part(@Nullable String quoted, String bare) {
        return quoted == null
                ? UPPER_CASE.matcher(bare).replaceAll(letters -> letters.group().toLowerCase(Locale.ROOT))
                : quoted.replace("\"\"", "\"");
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
