package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.sql.SqlText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a row must fulfil, beside being near. Its column becomes a quoted identifier, its values become parameters.
 *
 * <p>The operator is the one that the session's search path finds for the column's type, because types such as
 * {@code citext} bring their own.
 */
public sealed interface Condition permits Condition.Comparison, Condition.OneOf, Condition.Null {

    /**
     * The column.
     *
     * @return its name as it is stored, without quotes
     */
    String column();

    /**
     * SQL with a {@code ?} for each of {@link #values()}.
     *
     * @param relation the alias of the relation that has the column
     * @return a Boolean expression
     */
    String sql(String relation);

    /**
     * The values of the parameters.
     *
     * @return in the order of the {@code ?}
     */
    List<Object> values();

    /**
     * {@code column = value}.
     *
     * @param column the column
     * @param value not null
     * @return the condition
     * @throws InvalidArgumentException when the column is empty or holds what PostgreSQL cannot store
     */
    static Condition equal(String column, Object value) {
        return new Comparison(column, Operator.EQUAL, value);
    }

    /**
     * {@code column <> value}. Rows without a value do not fulfil it.
     *
     * @param column the column
     * @param value not null
     * @return the condition
     * @throws InvalidArgumentException when the column is empty or holds what PostgreSQL cannot store
     */
    static Condition notEqual(String column, Object value) {
        return new Comparison(column, Operator.NOT_EQUAL, value);
    }

    /**
     * {@code column < value}.
     *
     * @param column the column
     * @param value not null
     * @return the condition
     * @throws InvalidArgumentException when the column is empty or holds what PostgreSQL cannot store
     */
    static Condition less(String column, Object value) {
        return new Comparison(column, Operator.LESS, value);
    }

    /**
     * {@code column <= value}.
     *
     * @param column the column
     * @param value not null
     * @return the condition
     * @throws InvalidArgumentException when the column is empty or holds what PostgreSQL cannot store
     */
    static Condition atMost(String column, Object value) {
        return new Comparison(column, Operator.AT_MOST, value);
    }

    /**
     * {@code column > value}.
     *
     * @param column the column
     * @param value not null
     * @return the condition
     * @throws InvalidArgumentException when the column is empty or holds what PostgreSQL cannot store
     */
    static Condition greater(String column, Object value) {
        return new Comparison(column, Operator.GREATER, value);
    }

    /**
     * {@code column >= value}.
     *
     * @param column the column
     * @param value not null
     * @return the condition
     * @throws InvalidArgumentException when the column is empty or holds what PostgreSQL cannot store
     */
    static Condition atLeast(String column, Object value) {
        return new Comparison(column, Operator.AT_LEAST, value);
    }

    /**
     * {@code column in (values)}.
     *
     * @param column the column
     * @param values one or more, none null
     * @return the condition
     * @throws InvalidArgumentException when there is no value, or the column is empty or holds what PostgreSQL cannot
     *     store
     */
    static Condition oneOf(String column, Collection<?> values) {
        return new OneOf(column, withoutNull(column, values));
    }

    /**
     * {@code column is null}.
     *
     * @param column the column
     * @return the condition
     * @throws InvalidArgumentException when the column is empty or holds what PostgreSQL cannot store
     */
    static Condition isNull(String column) {
        return new Null(column, true);
    }

    /**
     * {@code column is not null}.
     *
     * @param column the column
     * @return the condition
     * @throws InvalidArgumentException when the column is empty or holds what PostgreSQL cannot store
     */
    static Condition isNotNull(String column) {
        return new Null(column, false);
    }

    /** How a column and a value are compared. */
    enum Operator {
        /** {@code =}. */
        EQUAL("="),
        /** {@code <>}. */
        NOT_EQUAL("<>"),
        /** {@code <}. */
        LESS("<"),
        /** {@code <=}. */
        AT_MOST("<="),
        /** {@code >}. */
        GREATER(">"),
        /** {@code >=}. */
        AT_LEAST(">=");

        private final String sql;

        Operator(String sql) {
            this.sql = sql;
        }
    }

    /**
     * A column and a value.
     *
     * @param column the column
     * @param operator how they are compared
     * @param value the value
     */
    record Comparison(String column, Operator operator, Object value) implements Condition {

        /**
         * Checks the arguments.
         *
         * @param column as above
         * @param operator as above
         * @param value as above
         * @throws InvalidArgumentException when the column is empty or holds what PostgreSQL cannot store, or the value
         *     is null
         */
        public Comparison {
            SqlText.identifier(column);
            Check.notNull("operator", operator);
            if (value == null) {
                throw noRow(column, null, "Use isNull or isNotNull.");
            }
        }

        @Override
        public String sql(String relation) {
            return relation + "." + SqlText.identifier(column) + " " + operator.sql + " ?";
        }

        @Override
        public List<Object> values() {
            return List.of(value);
        }
    }

    /**
     * A column and several values.
     *
     * @param column the column
     * @param values the values
     */
    record OneOf(String column, List<Object> values) implements Condition {

        /**
         * Copies the list.
         *
         * @param column as above
         * @param values as above
         * @throws InvalidArgumentException when there is no value, or the column is empty or holds what PostgreSQL
         *     cannot store
         */
        public OneOf {
            SqlText.identifier(column);
            values = withoutNull(column, values);
            if (values.isEmpty()) {
                throw noRow(column, values, "Do not search then.");
            }
        }

        @Override
        public String sql(String relation) {
            return values.stream()
                    .map(value -> "?")
                    .collect(Collectors.joining(", ", relation + "." + SqlText.identifier(column) + " in (", ")"));
        }
    }

    /**
     * A column that has a value, or has none.
     *
     * @param column the column
     * @param wanted whether null is what is wanted
     */
    record Null(String column, boolean wanted) implements Condition {

        /**
         * Checks the column.
         *
         * @param column as above
         * @param wanted as above
         * @throws InvalidArgumentException when the column is empty or holds what PostgreSQL cannot store
         */
        public Null {
            SqlText.identifier(column);
        }

        @Override
        public String sql(String relation) {
            return relation + "." + SqlText.identifier(column) + (wanted ? " is null" : " is not null");
        }

        @Override
        public List<Object> values() {
            return List.of();
        }
    }

    private static InvalidArgumentException noRow(String column, @Nullable Object value, String hint) {
        return new InvalidArgumentException(
                "value of column \"" + column + "\"", value, "no row would fulfil the condition", hint);
    }

    private static List<Object> withoutNull(String column, @Nullable Collection<? extends @Nullable Object> values) {
        List<Object> copy = new ArrayList<>();
        for (Object value : Check.notNull("values", values)) {
            if (value == null) {
                throw noRow(column, null, "Leave null out, and ask for isNull by a search of its own.");
            }
            copy.add(value);
        }
        return List.copyOf(copy);
    }
}
