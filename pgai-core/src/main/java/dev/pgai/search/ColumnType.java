package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.argument.Identifiers;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The type by which a column is compared, and where the operators of that type are. It is what PostgreSQL compares by,
 * which need not be what the column was declared as: {@code text} for a {@code varchar(20)}, the base type for a
 * domain.
 *
 * @param schema the schema of the type, such as {@code pg_catalog} for all that PostgreSQL brings
 * @param name its name in {@code pg_type}, such as {@code int4}, {@code bpchar}, {@code _text} for an array of texts
 * @param arrayName the name of its array type, in the same schema; null when there is none, as for an array
 * @param operatorSchema the schema of the operators of its default order
 * @param operators those that there are; none for a type without an order, such as {@code json}
 */
public record ColumnType(
        String schema,
        String name,
        @Nullable String arrayName,
        String operatorSchema,
        Set<Condition.Operator> operators) {

    static final String BUILT_IN = "pg_catalog";

    /**
     * Checks the arguments.
     *
     * @param schema as above
     * @param name as above
     * @param arrayName as above
     * @param operatorSchema as above
     * @param operators as above
     * @throws InvalidArgumentException when a name is null or holds what PostgreSQL cannot store
     */
    public ColumnType {
        Check.text("schema", schema);
        Check.text("name", name);
        Check.optionalText("arrayName", arrayName);
        Check.text("operatorSchema", operatorSchema);
        operators = Set.copyOf(Check.notNull("operators", operators));
    }

    /**
     * A type with all operators in its own schema, as the types of PostgreSQL and of most extensions have them:
     * {@code of("pg_catalog", "text")}, {@code of("public", "citext")}. Those of an enum of yours are
     * {@linkplain #operatorsIn(String) in} {@code pg_catalog}.
     *
     * @param schema the schema of the type
     * @param name its name in {@code pg_type}
     * @return the type
     * @throws InvalidArgumentException when a name is null or holds what PostgreSQL cannot store
     */
    public static ColumnType of(String schema, String name) {
        Check.text("name", name);
        // PostgreSQL's own name for an array; an array has none.
        String arrayName = name.startsWith("_") ? null : Identifiers.cut("_" + name);
        return new ColumnType(schema, name, arrayName, schema, EnumSet.allOf(Condition.Operator.class));
    }

    /**
     * The same type, with its operators elsewhere.
     *
     * @param operatorSchema the schema of the operators
     * @return a copy
     * @throws InvalidArgumentException when the name is null or holds what PostgreSQL cannot store
     */
    public ColumnType operatorsIn(String operatorSchema) {
        return new ColumnType(schema, name, arrayName, operatorSchema, operators);
    }

    boolean isBuiltIn() {
        return schema.equals(BUILT_IN);
    }

    /**
     * For people.
     *
     * @return schema, dot, name
     */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
