package dev.pgai.flyway;

import dev.pgai.database.StoredVectorizer;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;

/**
 * What a clean would take out of schemas that it does not clean, of pgai and of embeddings: Flyway drops with
 * {@code cascade}, and what depends on something that is dropped goes with it, wherever it is.
 */
final class CleanLoss {

    private final CleanedSchemas cleaned;
    private final List<DependentObject> objects;

    private CleanLoss(CleanedSchemas cleaned, List<DependentObject> objects) {
        this.cleaned = cleaned;
        this.objects = objects;
    }

    /**
     * Looks for it.
     *
     * @param hit those of the vectorizers that are to be dropped after the clean: of these only stores count, which
     *     stay
     */
    static CleanLoss of(
            Connection connection,
            CleanedSchemas cleaned,
            List<StoredVectorizer> vectorizers,
            List<StoredVectorizer> hit) {
        Set<RelationName> ofPgai = vectorizers.stream()
                .flatMap(vectorizer -> hit.contains(vectorizer) ? store(vectorizer) : relations(vectorizer))
                .collect(Collectors.toSet());
        Set<RelationName> goAnyway = hit.stream().flatMap(CleanLoss::queues).collect(Collectors.toSet());
        Set<String> triggersThatGo = hit.stream()
                .flatMap(vectorizer -> Stream.of(vectorizer.triggerName(), vectorizer.triggerName() + "_truncate"))
                .collect(Collectors.toSet());
        List<DependentObject> concerned = DependentObject.read(connection, cleaned).stream()
                .filter(object -> !triggersThatGo.contains(object.trigger()))
                .filter(object -> object.embeddings()
                        || ofPgai.contains(object.relation())
                        || (object.schema().equals(CatalogNames.SCHEMA) && !goAnyway.contains(object.relation())))
                .toList();
        // An index on a column that goes is no further loss.
        Set<RelationName> named = concerned.stream()
                .filter(object -> !object.index())
                .map(DependentObject::relation)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return new CleanLoss(
                cleaned,
                concerned.stream()
                        .filter(object -> !object.index() || !named.contains(object.relation()))
                        .toList());
    }

    private static Stream<RelationName> relations(StoredVectorizer vectorizer) {
        return Stream.of(
                        Stream.of(vectorizer.definition().source()),
                        store(vectorizer),
                        Stream.ofNullable(
                                CatalogNames.of(vectorizer.definition()).view()),
                        queues(vectorizer))
                .flatMap(relations -> relations);
    }

    private static Stream<RelationName> store(StoredVectorizer vectorizer) {
        return Stream.ofNullable(CatalogNames.of(vectorizer.definition()).store());
    }

    private static Stream<RelationName> queues(StoredVectorizer vectorizer) {
        return Stream.concat(Stream.ofNullable(vectorizer.queue()), Stream.ofNullable(vectorizer.failedQueue()));
    }

    /** Does nothing when there is none. */
    void refuse() {
        if (objects.isEmpty()) {
            return;
        }
        Map<String, List<DependentObject>> byCause = new TreeMap<>();
        objects.forEach(object -> byCause.computeIfAbsent(object.cause(), cause -> new ArrayList<>())
                .add(object));
        throw new FlywayException(cleaned.refused()
                + "it would take from schemas that are not cleaned what is pgai's, or an embedding. "
                + byCause.values().stream().map(CleanLoss::sentences).collect(Collectors.joining(" ")));
    }

    private static String sentences(List<DependentObject> objects) {
        DependentObject first = objects.get(0);
        return "With " + first.cause() + " would go: "
                + objects.stream().map(DependentObject::text).collect(Collectors.joining(", "))
                + (first.extension()
                        ? ". Flyway drops an extension of a schema that it cleans if its user owns the extension, or if"
                                + " it created the schema: clean as another role, or have the extension in a schema of"
                                + " its own."
                        : ". Drop or alter them first, or have " + first.cause() + " in a schema that is not cleaned.");
    }
}
