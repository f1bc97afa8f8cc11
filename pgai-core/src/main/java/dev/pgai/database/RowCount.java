package dev.pgai.database;

import java.util.List;
import java.util.OptionalLong;

/**
 * How many rows a table has, or why that is not known. What is written for people, {@link Object#toString()}, is short:
 * {@code 3}, {@code 10001 or more}, {@code not readable}, {@code no table}.
 */
public sealed interface RowCount {

    /**
     * All rows were counted.
     *
     * @param rows how many there are, from 0
     */
    record Exact(long rows) implements RowCount {

        @Override
        public String toString() {
            return Long.toString(rows);
        }
    }

    /**
     * Counting stopped, because going on would take too long.
     *
     * @param rows how many were counted; there may be more
     */
    record AtLeast(long rows) implements RowCount {

        @Override
        public String toString() {
            return rows + " or more";
        }
    }

    /**
     * The current user may not read the table.
     *
     * @param missingGrants a statement for each right that is missing, for the table's owner to run
     */
    record NotReadable(List<String> missingGrants) implements RowCount {

        /**
         * Copies the list.
         *
         * @param missingGrants as above
         */
        public NotReadable {
            missingGrants = List.copyOf(missingGrants);
        }

        @Override
        public String toString() {
            return "not readable";
        }
    }

    /** The vectorizer has no such table, or somebody dropped it. */
    record NoTable() implements RowCount {

        @Override
        public String toString() {
            return "no table";
        }
    }

    /**
     * The number of rows, if it is known exactly.
     *
     * @return the number, from 0; empty when counting stopped early or was not possible
     */
    default OptionalLong exact() {
        return this instanceof Exact exact ? OptionalLong.of(exact.rows()) : OptionalLong.empty();
    }

    /**
     * The number of rows that were counted, of which there may be more.
     *
     * @return the number, from 0; empty when it was not possible to count
     */
    default OptionalLong counted() {
        return this instanceof AtLeast atLeast ? OptionalLong.of(atLeast.rows()) : exact();
    }

    /**
     * Whether there is certainly no row.
     *
     * @return true for none; false also when the number is not known
     */
    default boolean isZero() {
        return this instanceof Exact exact && exact.rows() == 0;
    }
}
