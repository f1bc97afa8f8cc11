package dev.pgai.jdbc.search;

import dev.pgai.jdbc.connection.Database;
import dev.pgai.json.JsonObject;
import dev.pgai.search.ColumnTypes;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.search.SearchPlan;
import dev.pgai.search.SearchPlan.Reason;
import dev.pgai.vectorizer.RelationName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a plan says of the indexes on the embeddings. An index serves a distance when its operator class orders by the
 * distance's operator; by that it is known, whatever access method it is of.
 */
final class PlanLook {

    /** Up to here, an index orders a scan only if it gives the whole order. */
    private static final int LAST_WITHOUT_INCREMENTAL_SORT = 16;

    private static final String INDEXES = """
            select n.nspname as schema, c.relname as name, m.amname as method,
              pg_catalog.current_setting('server_version_num') as server,
              kn.nspname as class_schema, k.opcname as class,
              i.indisvalid and i.indisready as valid,
              i.indpred is not null as partial,
              exists (select from pg_catalog.pg_amop x
                join pg_catalog.pg_operator p on p.oid operator(pg_catalog.=) x.amopopr
                where x.amopfamily operator(pg_catalog.=) k.opcfamily and x.amoppurpose operator(pg_catalog.=) 'o'
                and p.oprnamespace operator(pg_catalog.=) vector.typnamespace
                and p.oprname operator(pg_catalog.=) cast(? as pg_catalog.text)
                and p.oprleft operator(pg_catalog.=) vector.oid) as serves
            from pg_catalog.pg_type vector
            join pg_catalog.pg_namespace vn on vn.oid operator(pg_catalog.=) vector.typnamespace
              and vn.nspname operator(pg_catalog.=) cast(? as pg_catalog.text)
              and vector.typname operator(pg_catalog.=) 'vector'
            join pg_catalog.pg_opclass k on k.opcintype operator(pg_catalog.=) vector.oid
            join pg_catalog.pg_namespace kn on kn.oid operator(pg_catalog.=) k.opcnamespace
            join pg_catalog.pg_am m on m.oid operator(pg_catalog.=) k.opcmethod
              and m.amname operator(pg_catalog.<>) 'btree'
            join pg_catalog.pg_index i on i.indclass[0] operator(pg_catalog.=) k.oid
            join pg_catalog.pg_class c on c.oid operator(pg_catalog.=) i.indexrelid
            join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
            join pg_catalog.pg_class t on t.oid operator(pg_catalog.=) i.indrelid
            join (select u.schema, u.name from rows from (
                pg_catalog.unnest(cast(? as pg_catalog.text[])), pg_catalog.unnest(cast(? as pg_catalog.text[]))
              ) u (schema, name)) scanned
              on n.nspname operator(pg_catalog.=) scanned.schema and t.relname operator(pg_catalog.=) scanned.name
            order by n.nspname, c.relname
            """;

    private record Index(
            RelationName name,
            String method,
            String operatorClass,
            boolean valid,
            boolean partial,
            boolean serves,
            int server) {

        static Index read(ResultSet row) throws SQLException {
            return new Index(
                    RelationName.of(row.getString("schema"), row.getString("name")),
                    row.getString("method"),
                    row.getString("class_schema") + "." + row.getString("class"),
                    row.getBoolean("valid"),
                    row.getBoolean("partial"),
                    row.getBoolean("serves"),
                    row.getInt("server") / 10_000);
        }
    }

    private final NeighbourSearch search;
    private final String json;
    private final Set<RelationName> scanned = new LinkedHashSet<>();
    private final Set<RelationName> used = new LinkedHashSet<>();

    private PlanLook(NeighbourSearch search, String json) {
        this.search = search;
        this.json = json;
    }

    static SearchPlan at(Database database, NeighbourSearch search) {
        String json = database.query(
                "explain (format json, verbose) " + search.sql(),
                rows -> {
                    rows.next();
                    return rows.getString(1);
                },
                search.parameters().toArray());
        PlanLook look = new PlanLook(search, json);
        JsonObject.each(json, "plans", JsonObject::toMap).forEach(plan -> look.walk(plan.get("Plan")));
        return look.plan(look.indexes(database));
    }

    private void walk(@Nullable Object node) {
        if (node instanceof Map<?, ?> plan) {
            if (plan.get("Schema") instanceof String schema && plan.get("Relation Name") instanceof String relation) {
                scanned.add(RelationName.of(schema, relation));
                // An index is in the schema of its table.
                if (plan.get("Index Name") instanceof String index && plan.containsKey("Order By")) {
                    used.add(RelationName.of(schema, index));
                }
            }
            walk(plan.get("Plans"));
        } else if (node instanceof Collection<?> nodes) {
            nodes.forEach(this::walk);
        }
    }

    private List<Index> indexes(Database database) {
        ColumnTypes types = Objects.requireNonNull(search.relation().types());
        return database.query(
                INDEXES,
                rows -> {
                    List<Index> indexes = new ArrayList<>();
                    while (rows.next()) {
                        indexes.add(Index.read(rows));
                    }
                    return indexes;
                },
                search.distance().operator(),
                types.vectorSchema(),
                scanned.stream().map(RelationName::schema).toArray(String[]::new),
                scanned.stream().map(RelationName::name).toArray(String[]::new));
    }

    private SearchPlan plan(List<Index> indexes) {
        for (Index index : indexes) {
            if (used.contains(index.name())) {
                return new SearchPlan.ByIndex(index.name(), index.method(), json);
            }
        }
        List<Index> serving = indexes.stream().filter(Index::serves).toList();
        List<Index> valid = serving.stream().filter(Index::valid).toList();
        List<Index> whole = valid.stream().filter(index -> !index.partial()).toList();
        if (indexes.isEmpty()) {
            return exact(
                    Reason.NO_INDEX,
                    "There is no index on the embeddings. Create one with an operator class for " + distance()
                            + ", such as: create index concurrently on ... using hnsw (... "
                            + operatorClass() + "). pgvector indexes a vector of up to 2000 dimensions.");
        }
        if (serving.isEmpty()) {
            return exact(
                    Reason.OTHER_DISTANCE,
                    named(indexes) + ", which does not order by " + distance() + ". Search by the distance of the"
                            + " index, or create one with the operator class " + operatorClass() + ".");
        }
        if (valid.isEmpty()) {
            return exact(
                    Reason.INVALID_INDEX,
                    named(serving) + ", which is not valid: it is being built, or that failed. Drop it then, and create"
                            + " it again.");
        }
        if (whole.isEmpty()) {
            return exact(
                    Reason.PARTIAL_INDEX,
                    named(valid) + ", which has only some of the rows. Add its condition to the search, or create an"
                            + " index on all rows.");
        }
        if (search.isInTotalOrder() && whole.get(0).server() <= LAST_WITHOUT_INCREMENTAL_SORT) {
            return exact(
                    Reason.OFFSET,
                    named(whole) + ", and with an offset rows come in the order of distance and key, which no index"
                            + " serves before PostgreSQL 17. Ask for one longer list instead of pages.");
        }
        return exact(
                Reason.NOT_CHOSEN,
                named(whole)
                        + ", and the planner takes comparing all rows to be cheaper: there are few rows, or few that"
                        + " fulfil the conditions, or the limit is high; or a setting such as enable_indexscan keeps it"
                        + " from using the index. After a load, analyze the table.");
    }

    private SearchPlan exact(Reason reason, String message) {
        return new SearchPlan.Exact(reason, message, json);
    }

    private static String named(List<Index> indexes) {
        return indexes.stream()
                .map(index -> index.name() + " (" + index.method() + ", " + index.operatorClass() + ")")
                .collect(Collectors.joining(", ", "There is ", ""));
    }

    private String distance() {
        return search.distance() + " (" + search.distance().operator() + ")";
    }

    private String operatorClass() {
        return switch (search.distance()) {
            case COSINE -> "vector_cosine_ops";
            case L2 -> "vector_l2_ops";
            case INNER_PRODUCT -> "vector_ip_ops";
            case L1 -> "vector_l1_ops";
        };
    }
}
