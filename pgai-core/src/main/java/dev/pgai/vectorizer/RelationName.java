package dev.pgai.vectorizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The name of a table or view: a schema and a name, both as they are stored in the catalog of PostgreSQL, without
 * quotes. The schema is required, because the meaning of a bare name changes with the search path.
 *
 * @param schema the schema, 1 to 63 bytes
 * @param name the table or view, 1 to 63 bytes
 */
public record RelationName(String schema, String name) implements Comparable<RelationName> {

    /**
     * Checks both parts.
     *
     * @param schema as above
     * @param name as above
     * @throws InvalidDefinitionException when a part is null, empty, longer than 63 bytes in UTF-8, or holds a NUL or a
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
     * @throws InvalidDefinitionException when a part is null, empty, longer than 63 bytes in UTF-8, or holds a NUL or a
     *     lone surrogate
     */
    public static RelationName of(String schema, String name) {
        return new RelationName(schema, name);
    }

    /**
     * Reads a qualified name as SQL writes it: {@code public.blog}, {@code public."BlogPost"}. Parts without quotes are
     * folded to lower case.
     *
     * @param text the qualified name
     * @return the name
     * @throws InvalidDefinitionException when the text is not two parts with a dot between them
     */
    public static RelationName parse(String text) {
        List<String> parts = new ArrayList<>();
        int i = 0;
        String rest = Check.text("source", text);
        while (i <= rest.length()) {
            StringBuilder part = new StringBuilder();
            if (i < rest.length() && rest.charAt(i) == '"') {
                i++;
                while (i < rest.length() && (rest.charAt(i) != '"' || rest.startsWith("\"\"", i))) {
                    part.append(rest.charAt(i));
                    i += rest.charAt(i) == '"' ? 2 : 1;
                }
                if (i >= rest.length()) {
                    throw unreadable(text, "a quote is not closed");
                }
                i++;
            } else {
                while (i < rest.length() && rest.charAt(i) != '.') {
                    char c = rest.charAt(i++);
                    if (c == '"' || Character.isWhitespace(c)) {
                        throw unreadable(text, "a part with quotes or spaces inside must be quoted as a whole");
                    }
                    part.append(c);
                }
                part = new StringBuilder(part.toString().toLowerCase(Locale.ROOT));
            }
            parts.add(part.toString());
            if (i < rest.length() && rest.charAt(i) != '.') {
                throw unreadable(text, "a dot must stand between schema and name");
            }
            i++;
        }
        if (parts.size() != 2) {
            throw unreadable(text, "it must be a schema, a dot and a name");
        }
        return new RelationName(parts.get(0), parts.get(1));
    }

    private static InvalidDefinitionException unreadable(String text, String rule) {
        return new InvalidDefinitionException(
                "source", text, rule, "Write schema.table, or use RelationName.of(schema, name).");
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
