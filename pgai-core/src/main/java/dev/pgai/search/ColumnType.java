package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.EnumSet;
import java.util.Set;

/**
 * The type by which a column is compared, and where the operators of that type are. It is what PostgreSQL compares by,
 * which need not be what the column was declared as: {@code text} for a {@code varchar(20)}, the base type for a
 * domain.
 *
 * @param schema the schema of the type, such as {@code pg_catalog} for all that PostgreSQL brings
 * @param name its name in {@code pg_type}, such as {@code int4}, {@code bpchar}, {@code _text} for an array of texts
 * @param isArray whether it is an array
 * @param operatorSchema the schema of the operators of its default order
 * @param operators those that there are; none for a type without an order, such as {@code json}
 */
public record ColumnType(
        String schema, String name, boolean isArray, String operatorSchema, Set<Condition.Operator> operators) {

    static final String BUILT_IN = "pg_catalog";

    /**
     * Checks the arguments.
     *
     * @param schema as above
     * @param name as above
     * @param isArray as above
     * @param operatorSchema as above
     * @param operators as above
     * @throws InvalidArgumentException when a name is null or holds what PostgreSQL cannot store
     */
    public ColumnType {
        Check.text("schema", schema);
        Check.text("name", name);
        Check.text("operatorSchema", operatorSchema);
        operators = Set.copyOf(Check.notNull("operators", operators));
    }

    /**
     * A type with all operators in its own schema, as the types of PostgreSQL and of most extensions have them:
     * {@code of("pg_catalog", "text")}, {@code of("public", "citext")}. Those of an enum of yours are
     * {@linkplain #operatorsIn(String) in} {@code pg_catalog}. A name with an underscore before it is that of an array.
     *
     * @param schema the schema of the type
     * @param name its name in {@code pg_type}
     * @return the type
     * @throws InvalidArgumentException when a name is null or holds what PostgreSQL cannot store
     */
    public static ColumnType of(String schema, String name) {
        Check.text("name", name);
        return new ColumnType(schema, name, name.startsWith("_"), schema, EnumSet.allOf(Condition.Operator.class));
    }

    /**
     * The same type, with its operators elsewhere.
     *
     * @param operatorSchema the schema of the operators
     * @return a copy
     * @throws InvalidArgumentException when the name is null or holds what PostgreSQL cannot store
     */
    public ColumnType operatorsIn(String operatorSchema) {
        return new ColumnType(schema, name, isArray, operatorSchema, operators);
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
