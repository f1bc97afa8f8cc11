package dev.pgai.jdbc.catalog;

import dev.pgai.json.JsonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column of a relation.
 *
 * @param number its number, which a rename does not change
 * @param typeId the type, by which types are compared: how one is written depends on the search path
 * @param modifier what is in the brackets of the type, or -1
 * @param fullType the type as people write it
 * @param generated whether nobody may write to it
 * @param required whether each row that is inserted must name it
 */
public record Column(
        int number, String name, long typeId, int modifier, String fullType, boolean generated, boolean required) {

    /** What users make is numbered from here. */
    private static final long FIRST_OF_USERS = 16384;

    /** What a vector can be assigned to without becoming text, with the number of dimensions in brackets. */
    private static final Set<String> VECTOR_TYPES = Set.of("vector", "halfvec", "sparsevec");

    private static final String REAL_ARRAY = "real[]";

    /** As most types are written: with nothing to take away. */
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9_ ]*");

    private static final Pattern BRACKETS = Pattern.compile("\\([0-9,-]*\\)");

    /** A name has 63 characters at most. */
    private static final Pattern SCHEMA = Pattern.compile("^(?:\"(?:[^\"]|\"\"){0,63}\"|[^.\"]*)\\.");

    /** Where PostgreSQL is set to {@code quote_all_identifiers}, {@code text} is so, too. */
    private static final Pattern QUOTED = Pattern.compile("^\"((?:[^\"]|\"\"){0,63})\"");

    /** The columns of the relation with an oid, as a value for {@link #read}; null for no relation. */
    public static String ofRelation(String oid) {
        return """
                (select pg_catalog.json_agg(pg_catalog.json_build_array(a.attnum, a.attname, a.atttypid::pg_catalog.int8,
                    a.atttypmod, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attgenerated,
                    a.attnotnull and not a.atthasdef and a.attidentity operator(pg_catalog.=) ''::pg_catalog."char"))
                  from pg_catalog.pg_attribute a where a.attrelid operator(pg_catalog.=) %s
                  and a.attnum operator(pg_catalog.>) 0::pg_catalog.int2 and not a.attisdropped)""".formatted(oid);
    }

    /** The names of the columns of the relation with an oid, as a JSON array; null for no relation. */
    public static String namesOfRelation(String oid) {
        return """
                (select pg_catalog.json_agg(a.attname)
                  from pg_catalog.pg_attribute a where a.attrelid operator(pg_catalog.=) %s
                  and a.attnum operator(pg_catalog.>) 0::pg_catalog.int2 and not a.attisdropped)""".formatted(oid);
    }

    /** The columns of each unique key of the relation with an oid, as a value for {@link #readKeys}. */
    public static String keysOfRelation(String oid) {
        return """
                (select pg_catalog.json_agg(i.indkey::pg_catalog.text) from pg_catalog.pg_index i
                  where i.indrelid operator(pg_catalog.=) %s and i.indisunique and i.indisvalid
                  and i.indpred is null)""".formatted(oid);
    }

    /** The names of the columns of each unique key. */
    public static List<List<String>> readKeys(@Nullable String json, List<Column> columns) {
        return JsonText.readList(json).stream()
                .map(String.class::cast)
                .map(key -> numbered(key, columns).stream().map(Column::name).toList())
                .toList();
    }

    /** In the order of the relation. */
    public static List<Column> read(@Nullable String json) {
        List<Column> columns = new ArrayList<>();
        for (List<?> column : JsonText.readRows(json)) {
            columns.add(new Column(
                    ((Number) column.get(0)).intValue(),
                    (String) column.get(1),
                    ((Number) column.get(2)).longValue(),
                    ((Number) column.get(3)).intValue(),
                    (String) column.get(4),
                    !"".equals(column.get(5)),
                    Boolean.TRUE.equals(column.get(6))));
        }
        return List.copyOf(columns);
    }

    /** Some of the columns, by numbers as PostgreSQL keeps those of an index, with blanks between them. */
    public static List<Column> numbered(@Nullable String numbers, List<Column> columns) {
        return numbers == null
                ? List.of()
                : Arrays.stream(numbers.split(" "))
                        .map(Integer::valueOf)
                        .flatMap(number -> columns.stream().filter(column -> column.number() == number))
                        .toList();
    }

    /** The column of a name. */
    public static Optional<Column> find(List<Column> columns, String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** Their names, in the same order. */
    public static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    /** The type without brackets, schema and quotes, such as {@code character varying}. */
    public String type() {
        if (PLAIN.matcher(fullType).matches()) {
            return fullType;
        }
        String bare = BRACKETS.matcher(fullType).replaceAll("");
        Matcher quoted = QUOTED.matcher(SCHEMA.matcher(bare).replaceFirst(""));
        return quoted.replaceFirst(
                type -> Matcher.quoteReplacement(type.group(1).replace("\"\"", "\"")));
    }

    /** Whether the type is PostgreSQL's own. */
    public boolean builtIn() {
        return typeId < FIRST_OF_USERS;
    }

    /** The same column under another name. */
    public Column named(String other) {
        return new Column(number, other, typeId, modifier, fullType, generated, required);
    }

    /** Whether the worker can write vectors of these dimensions into it. */
    public boolean takesVectors(int dimensions) {
        return type().equals(REAL_ARRAY)
                || (VECTOR_TYPES.contains(type()) && (modifier == -1 || modifier == dimensions));
    }

    /** Whether values of both are of the same type. */
    public boolean sameType(Column other) {
        return typeId == other.typeId && modifier == other.modifier;
    }
}
