package dev.pgai.jdbc.search;

import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.Session;
import dev.pgai.search.ColumnTypes;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.Neighbour;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.search.SearchPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/** Runs searches. */
public final class SearchRunner {

    private SearchRunner() {}

    /**
     * Runs a search.
     *
     * @param session where
     * @param search for what
     * @return the nearest first
     */
    public static List<Neighbour> nearest(Session session, NeighbourSearch search) {
        return search(
                session,
                search,
                (database, resolved) -> database.query(
                        resolved.sql(),
                        NeighbourRows::all,
                        resolved.parameters().toArray()));
    }

    /**
     * Asks for the plan of a search.
     *
     * @param session where
     * @param search for what
     * @return the plan
     */
    public static SearchPlan explain(Session session, NeighbourSearch search) {
        return search(session, search, PlanLook::at);
    }

    /**
     * Looks at a relation once for many searches.
     *
     * @param session where
     * @param relation what to look at
     * @return the relation with its types
     */
    public static EmbeddingRelation resolve(Session session, EmbeddingRelation relation) {
        return session.read(operation(relation), database -> RelationLook.resolve(database, relation, List.of()));
    }

    private static <T> T search(
            Session session, NeighbourSearch search, BiFunction<Database, NeighbourSearch, T> work) {
        String operation = operation(search.relation());
        Map<String, String> settings = search.settings();
        if (settings.isEmpty()) {
            return session.read(operation, database -> work.apply(database, resolved(database, search)));
        }
        // Settings hold for a transaction, so that it takes one that is ours or the caller's.
        return session.change(operation, database -> {
            NeighbourSearch resolved = resolved(database, search);
            ColumnTypes types = Objects.requireNonNull(resolved.relation().types());
            return SearchSettings.during(
                    database, types.vectorSchema(), settings, () -> work.apply(database, resolved));
        });
    }

    private static NeighbourSearch resolved(Database database, NeighbourSearch search) {
        EmbeddingRelation relation = search.relation();
        return relation.types() == null
                ? search.in(RelationLook.resolve(database, relation, search.conditions()))
                : search;
    }

    private static String operation(EmbeddingRelation relation) {
        return "search " + relation.name();
    }
}
