package dev.pgai.sql;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Runs queries that count, in a block.
 *
 * <p>Each count is a subtransaction that is rolled back, which gives its locks back: a lock that is kept until the end
 * of the transaction is one of a limited number, and there may be thousands of queues. A block has no result, so that
 * it tells the counts by a message of the level {@code info}, which every session gets, whatever it wants to hear. What
 * another transaction drops meanwhile, or forbids, fails nothing else. What row-level security would leave out counts
 * as forbidden: a smaller number would be a wrong one.
 */
public final class CountSql {

    /** The state of the message that tells the counts. */
    public static final String TOLD = "PGAI1";

    /** What is told instead of a number, when the table is not there, or a column has another type. */
    public static final String GONE = "gone";

    /** What is told instead of a number, when the table may not be read. */
    public static final String FORBIDDEN = "forbidden";

    /** What is told instead of a number, when somebody else has the table locked. */
    public static final String LOCKED = "locked";

    /** What is between the number of rows and that of bytes. */
    public static final String BETWEEN = "/";

    /** Shorter than the time after which the server looks for a deadlock. */
    private static final String PATIENCE = "500ms";

    private static final String LOOP = """
            loop
            begin
            execute x.query into counted;
            raise exception using errcode = 'PGAI0';
            exception
            when sqlstate 'PGAI0' then told := pg_catalog.concat(told, counted, ' ');
            when undefined_table or undefined_column or invalid_schema_name or undefined_function then
            told := pg_catalog.concat(told, '%s ');
            when insufficient_privilege then told := pg_catalog.concat(told, '%s ');
            {locked}
            end;
            end loop;
            perform pg_catalog.set_config('row_security', security, true);
            perform pg_catalog.set_config('lock_timeout', patience, true);
            raise info using errcode = '%s', message = told;
            """.formatted(GONE, FORBIDDEN, TOLD);

    private CountSql() {}

    /**
     * The block.
     *
     * @param queries each gives one value, without a blank
     * @param waits whether it waits for a table that somebody else has locked
     * @return a statement that tells the numbers in the order of the queries, with a blank after each
     */
    public static String count(Collection<String> queries, boolean waits) {
        return Block.unlocked(
                """
                declare
                told pg_catalog.text := '';
                security pg_catalog.text := pg_catalog.current_setting('row_security');
                patience pg_catalog.text := pg_catalog.current_setting('lock_timeout');
                counted pg_catalog.text;
                x pg_catalog.record;
                """,
                "perform pg_catalog.set_config('row_security', 'off', true); "
                        + (waits ? "" : "perform pg_catalog.set_config('lock_timeout', '" + PATIENCE + "', true); ")
                        + queries.stream()
                                .map(SqlText::literal)
                                .collect(Collectors.joining(
                                        ", ",
                                        "for x in select q.query from pg_catalog.unnest(array[",
                                        "]::pg_catalog.text[]) with ordinality q (query, place) order by q.place "))
                        + LOOP.replace(
                                "{locked}",
                                waits
                                        ? ""
                                        : "when lock_not_available then told := pg_catalog.concat(told, '" + LOCKED
                                                + " ');"));
    }

    /**
     * A query for the number of rows of what follows {@code from}.
     *
     * @param from the rows
     * @param limit how far is counted; may be {@code all}
     * @return the query
     */
    public static String rows(String from, String limit) {
        return "select pg_catalog.count(*) from (select from " + from + " limit " + limit + ") counted";
    }

    /**
     * A query for the number of all rows of a table, and the bytes of what one of its columns holds.
     *
     * @param table the table, quoted
     * @param column the column, not quoted
     * @return the query, which gives both with {@link #BETWEEN} between them
     */
    public static String rowsAndBytes(String table, String column) {
        return "select pg_catalog.concat(pg_catalog.count(*), '" + BETWEEN
                + "', coalesce(pg_catalog.sum(pg_catalog.octet_length(x." + SqlText.identifier(column)
                + ")), 0::pg_catalog.int8)) from " + table + " x";
    }
}
