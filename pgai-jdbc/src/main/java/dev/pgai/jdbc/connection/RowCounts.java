package dev.pgai.jdbc.connection;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.sql.CountSql;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Counts rows in tables that have other names in each database, and keeps no lock on them. */
public final class RowCounts<K> {

    private final Map<K, String> queries = new LinkedHashMap<>();
    private final Map<K, String> told = new LinkedHashMap<>();

    /** Has the rows counted of what follows {@code from}, up to a limit, which may be {@code all}. */
    public void add(K key, String from, String limit) {
        queries.put(key, CountSql.rows(from, limit));
    }

    /** Has all rows of a table counted, and the bytes of what one of its columns holds. */
    public void addWithBytes(K key, String table, String column) {
        queries.put(key, CountSql.rowsAndBytes(table, column));
    }

    /** Counts all that was added, in one statement. */
    public void run(Database database) {
        run(database, true);
    }

    /**
     * Counts all that was added, in one statement.
     *
     * @param waits whether it waits for a table that somebody else has locked
     */
    public void run(Database database, boolean waits) {
        if (queries.isEmpty()) {
            return;
        }
        String sql = CountSql.count(queries.values(), waits);
        String[] numbers = database.told(sql, CountSql.TOLD)
                .orElseThrow(() -> new PgaiDatabaseException(
                        "Cannot " + database.operation()
                                + ": the server's messages do not arrive, and they tell the number of rows. Use a driver"
                                + " and a pool that pass the warnings of a statement on.",
                        null,
                        null,
                        null))
                .split(" ", -1);
        int place = 0;
        for (K key : queries.keySet()) {
            told.put(key, numbers[place++]);
        }
    }

    /** The number; empty when the table is gone, is locked, or may not be read. */
    public OptionalLong rows(K key) {
        return number(key, 0);
    }

    /** The bytes; empty when there is no number of rows, or only that was asked for. */
    public OptionalLong bytes(K key) {
        return number(key, 1);
    }

    private OptionalLong number(K key, int place) {
        return Optional.ofNullable(told.get(key))
                .filter(word -> !isGone(key) && !isForbidden(key) && !isLocked(key))
                .stream()
                .flatMap(word -> Stream.of(word.split(CountSql.BETWEEN, -1)).skip(place))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    public boolean isGone(K key) {
        return CountSql.GONE.equals(told.get(key));
    }

    public boolean isLocked(K key) {
        return CountSql.LOCKED.equals(told.get(key));
    }

    public boolean isForbidden(K key) {
        return CountSql.FORBIDDEN.equals(told.get(key));
    }
}
