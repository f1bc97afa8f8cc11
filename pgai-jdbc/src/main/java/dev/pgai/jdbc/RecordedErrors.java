package dev.pgai.jdbc;

import dev.pgai.PgaiException;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what workers recorded when they failed. */
final class RecordedErrors {

    /** One row without an error, when there is none, tells that from a vectorizer that is not there. */
    private static final String SQL = """
            select v.id, e.message, e.details, e.recorded
            from ai.vectorizer v
            left join lateral (
              select e.message, e.details::pg_catalog.text as details, e.recorded
              from ai.vectorizer_errors e
              where e.id operator(pg_catalog.=) v.id
              order by e.recorded desc
              limit ?::pg_catalog.int4
            ) e on true
            where\s""";

    private RecordedErrors() {}

    static void checkLimit(int limit) {
        if (limit < 1) {
            throw new PgaiException("limit must be 1 or more, not " + limit
                    + ". VectorizerStatus.errors() tells how many errors there are.");
        }
    }

    static List<VectorizerError> newest(Connection connection, VectorizerKey key, int limit) {
        String doing = "Cannot read the errors of " + key;
        Preflight preflight = Preflight.forReading(connection, doing);
        preflight.require(preflight.missingForErrors());
        return Statements.lookUp(
                connection,
                SQL + key.predicate() + " order by e.recorded desc",
                (sql, e) -> SqlErrors.of(doing, sql, e),
                row -> {
                    if (!row.next()) {
                        throw new VectorizerNotFoundException(
                                key, preflight.look().database());
                    }
                    List<VectorizerError> errors = new ArrayList<>();
                    do {
                        Instant recorded = StatusQuery.instant(row, "recorded");
                        if (recorded != null) {
                            errors.add(new VectorizerError(
                                    row.getInt("id"), row.getString("message"), row.getString("details"), recorded));
                        }
                    } while (row.next());
                    return List.copyOf(errors);
                },
                limit,
                key.parameter());
    }
}
