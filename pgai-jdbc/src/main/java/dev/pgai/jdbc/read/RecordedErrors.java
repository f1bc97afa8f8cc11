package dev.pgai.jdbc.read;

import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.database.VectorizerError;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.CatalogLook.Access;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.connection.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what workers recorded when they failed. */
public final class RecordedErrors {

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

    public static List<VectorizerError> newest(Database database, String name, int limit) {
        CatalogLook look = CatalogLook.forReading(database);
        if (look.ai().errors() == Access.MISSING_TABLE) {
            throw new RefusedException(
                    "Cannot " + database.operation(),
                    List.of(Problem.of(
                            Problem.Code.CATALOG_INCOMPLETE,
                            null,
                            "ai.vectorizer_errors",
                            "Database \"" + look.database() + "\" has no ai.vectorizer_errors: somebody dropped it.",
                            "Install the catalog again.")));
        }
        look.grants()
                .unless(look.ai().errors() == Access.GRANTED, "grant select on ai.vectorizer_errors to")
                .require(database.operation());
        return database.query(
                SQL + VectorizerRow.BY_NAME + " order by e.recorded desc",
                row -> {
                    if (!row.next()) {
                        throw NotFound.exception(look, name);
                    }
                    List<VectorizerError> errors = new ArrayList<>();
                    do {
                        Instant recorded = StatusQuery.instant(row, "recorded");
                        if (recorded != null) {
                            errors.add(new RecordedError(row.getString("message"), row.getString("details"), recorded));
                        }
                    } while (row.next());
                    return List.copyOf(errors);
                },
                limit,
                name);
    }

    private record RecordedError(
            @Nullable String message, @Nullable String details, Instant recorded) implements VectorizerError {

        @Override
        public String toString() {
            return recorded + (message == null ? "" : " " + message) + (details == null ? "" : " " + details);
        }
    }
}
