package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a row must fulfil, beside being near. Its column becomes a quoted identifier, its values become parameters.
 *
 * <p>A {@code String} is read and compared as the type of the column, whatever that is: as {@code citext} without case,
 * as an enum, as {@code jsonb}, as an array by its text form <code>{a,b}</code>. So is an {@code Enum} by its name.
 * Numbers, {@code Boolean}, {@code UUID}, and dates and times of {@code java.time} are compared as what they are, with
 * a column of a type that PostgreSQL compares with them.
 */
public sealed interface Condition permits Condition.Comparison, Condition.OneOf, Condition.Null {

    /**
     * The column.
     *
     * @return its name as it is stored, without quotes
     */
    String column();

    /**
     * {@code column = value}.
     *
     * @param column the column
     * @param value not null
     * @return the condition
     * @throws InvalidArgumentException when the column is no name, or the value is null, not finite, or of another
     *     class than those above
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
     * @throws InvalidArgumentException when the column is no name, or the value is null, not finite, or of another
     *     class than those above
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
     * @throws InvalidArgumentException when the column is no name, or the value is null, not finite, or of another
     *     class than those above
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
     * @throws InvalidArgumentException when the column is no name, or the value is null, not finite, or of another
     *     class than those above
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
     * @throws InvalidArgumentException when the column is no name, or the value is null, not finite, or of another
     *     class than those above
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
     * @throws InvalidArgumentException when the column is no name, or the value is null, not finite, or of another
     *     class than those above
     */
    static Condition atLeast(String column, Object value) {
        return new Comparison(column, Operator.AT_LEAST, value);
    }

    /**
     * {@code column in (values)}. However many values there are, they are one parameter.
     *
     * @param column the column
     * @param values one or more, all of one kind: texts, whole numbers, ...
     * @return the condition
     * @throws InvalidArgumentException when the column is no name, there is no value, they are of several kinds, or one
     *     is null, not finite, or of another class than those above
     */
    static Condition oneOf(String column, Collection<?> values) {
        return new OneOf(column, withoutNull(column, values));
    }

    /**
     * {@code column is null}.
     *
     * @param column the column
     * @return the condition
     * @throws InvalidArgumentException when the column is no name
     */
    static Condition isNull(String column) {
        return new Null(column, true);
    }

    /**
     * {@code column is not null}.
     *
     * @param column the column
     * @return the condition
     * @throws InvalidArgumentException when the column is no name
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

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /**
         * The operator's name in PostgreSQL.
         *
         * @return such as {@code <=}
         */
        public String symbol() {
            return symbol;
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
         * @throws InvalidArgumentException when the column is no name, or the value is null, not finite, or of another
         *     class than a condition compares
         */
        public Comparison {
            Check.identifier("column", column);
            Check.notNull("operator", operator);
            if (value == null) {
                throw noRow(column, null, "Use isNull or isNotNull.");
            }
            checked(column, value);
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
         * @throws InvalidArgumentException when the column is no name, there is no value, they are of several kinds, or
         *     one is null, not finite, or of another class than a condition compares
         */
        public OneOf {
            Check.identifier("column", column);
            values = withoutNull(column, values);
            if (values.isEmpty()) {
                throw noRow(column, values, "Do not search then.");
            }
            ValueKind first = checked(column, values.get(0));
            for (Object value : values) {
                if (checked(column, value) != first) {
                    throw new InvalidArgumentException(
                            argument(column),
                            value,
                            "the values of one condition are of one kind, and the first is a "
                                    + values.get(0).getClass().getSimpleName(),
                            "Give all of them as the same class.");
                }
            }
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
         * @throws InvalidArgumentException when the column is no name
         */
        public Null {
            Check.identifier("column", column);
        }
    }

    private static String argument(String column) {
        return "value of column \"" + column + "\"";
    }

    private static ValueKind checked(String column, Object value) {
        ValueKind kind = ValueKind.of(argument(column), value);
        ValueKind.text(argument(column), value);
        return kind;
    }

    private static InvalidArgumentException noRow(String column, @Nullable Object value, String hint) {
        return new InvalidArgumentException(argument(column), value, "no row would fulfil the condition", hint);
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
