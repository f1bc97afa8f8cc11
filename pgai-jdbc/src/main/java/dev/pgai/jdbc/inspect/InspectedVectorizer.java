package dev.pgai.jdbc.inspect;

import dev.pgai.InvalidArgumentException;
import dev.pgai.database.Damage;
import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Severity;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.check.SourceChecks;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code ai.vectorizer}, and what there is of it.
 *
 * @param definition what the row says, or null when it is not what a definition can be
 * @param refusal why it is not, or null
 * @param details null when nobody looked at them
 * @param damages errors first
 */
public record InspectedVectorizer(
        VectorizerRow row,
        @Nullable VectorizerDefinition definition,
        @Nullable InvalidArgumentException refusal,
        VectorizerObjects objects,
        @Nullable VectorizerDetails details,
        List<Damage> damages) {

    /** How closely somebody looks. Each is for a query with {@link ObjectsQuery#from}. */
    public enum Look {
        /** At which objects there are: quickly, for thousands of vectorizers. */
        OBJECTS(VectorizerRow.COLUMNS + ", " + ObjectsQuery.OBJECTS),
        /** At what they are like, too. */
        DETAILS(VectorizerRow.COLUMNS + ", " + ObjectsQuery.OBJECTS + ", " + ObjectsQuery.DETAILS);

        private final String columns;

        Look(String columns) {
            this.columns = columns;
        }

        public String columns() {
            return columns;
        }
    }

    public static Optional<InspectedVectorizer> find(Database database, CatalogLook catalog, String name) {
        return database.query(
                "select " + Look.DETAILS.columns() + ObjectsQuery.from("where " + VectorizerRow.BY_NAME),
                row -> row.next() ? Optional.of(read(catalog, row, Look.DETAILS)) : Optional.empty(),
                name);
    }

    public static InspectedVectorizer read(CatalogLook catalog, ResultSet row, Look look) throws SQLException {
        VectorizerRow vectorizer = VectorizerRow.read(row);
        VectorizerDefinition definition = null;
        InvalidArgumentException refusal = null;
        try {
            definition = vectorizer.definition();
        } catch (InvalidArgumentException e) {
            refusal = e;
        }
        VectorizerObjects objects = VectorizerObjects.read(row);
        VectorizerDetails details = look == Look.DETAILS ? VectorizerDetails.read(row) : null;
        return new InspectedVectorizer(
                vectorizer,
                definition,
                refusal,
                objects,
                details,
                Inspector.damages(catalog, vectorizer, definition, refusal, objects, details));
    }

    /** What of the source another definition could not work with. Empty when nobody looked at details. */
    public List<Problem> problemsOf(VectorizerDefinition other) {
        return details == null || objects.source() == null
                ? List.of()
                : SourceChecks.problems(other, objects.source().kind(), details.source(), details.key()).stream()
                        .filter(problem -> DefinitionInspection.code(problem.code()) != null)
                        .toList();
    }

    /** Those that keep rows from being embedded or found. */
    public List<Damage> errors() {
        return damages.stream()
                .filter(damage -> damage.severity() == Severity.ERROR)
                .toList();
    }
}
