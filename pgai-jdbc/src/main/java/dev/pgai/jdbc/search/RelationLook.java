package dev.pgai.jdbc.search;

import dev.pgai.database.MissingRightsException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.search.ColumnType;
import dev.pgai.search.ColumnTypes;
import dev.pgai.search.Condition;
import dev.pgai.search.Distance;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.sql.SqlText;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one look tells of the relation that is searched: whether all is there and may be read, and the types of its
 * columns. It reads what everybody may read, so that it never fails and never aborts a caller's transaction.
 */
final class RelationLook {

    private static final List<String> CHUNK = List.of("embedding_uuid", "chunk_seq", "chunk");

    /*
     * A row for each column. A column is compared by the default order of its type, as PostgreSQL's own GetDefaultOpClass
     * finds it: that of the type itself, of the pseudo-type that stands for it, or of a type that it is binary coercible
     * to, such as text for varchar. What PostgreSQL would look for by name on the search path is by oid here.
     */
    private static final String SQL = """
            with recursive relation as (
              select c.oid, n.oid as schema from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
              where n.nspname operator(pg_catalog.=) cast(? as pg_catalog.text)
              and c.relname operator(pg_catalog.=) cast(? as pg_catalog.text)
              and c.relkind::pg_catalog.text operator(pg_catalog.=) any (array['r', 'p', 'v', 'm', 'f'])
            ), columns (name, number, type, modifier) as (
              select a.attname, a.attnum, a.atttypid, a.atttypmod from relation r
              join pg_catalog.pg_attribute a on a.attrelid operator(pg_catalog.=) r.oid
              where a.attnum operator(pg_catalog.>) 0 and not a.attisdropped
              union all
              select c.name, c.number, t.typbasetype, t.typtypmod from columns c
              join pg_catalog.pg_type t on t.oid operator(pg_catalog.=) c.type
              where t.typtype operator(pg_catalog.=) 'd'
            ), typed as (
              select c.name, c.number, c.modifier, t.* from columns c
              join (select t.oid as type, t.typname as type_name, t.typnamespace as type_schema, t.typtype as kind,
                case
                  when t.typsubscript operator(pg_catalog.=)
                    'pg_catalog.array_subscript_handler'::pg_catalog.regproc then 'pg_catalog.anyarray'
                  when t.typtype operator(pg_catalog.=) 'e' then 'pg_catalog.anyenum'
                  when t.typtype operator(pg_catalog.=) 'r' then 'pg_catalog.anyrange'
                  when t.typtype operator(pg_catalog.=) 'm' then 'pg_catalog.anymultirange'
                  when t.typtype operator(pg_catalog.=) 'c' then 'pg_catalog.record'
                end::pg_catalog.regtype as pseudo
                from pg_catalog.pg_type t) t on t.type operator(pg_catalog.=) c.type
              where t.kind operator(pg_catalog.<>) 'd'
            )
            select
              current_user as "user",
              pg_catalog.has_schema_privilege(r.schema, 'usage') as may_use,
              c.name,
              pg_catalog.has_column_privilege(r.oid, c.number, 'select') as may_read,
              c.type_name,
              c.modifier,
              (select n.nspname from pg_catalog.pg_namespace n
                where n.oid operator(pg_catalog.=) c.type_schema) as type_schema,
              array(select p.oprname::pg_catalog.text from pg_catalog.pg_operator p
                where c.type_name operator(pg_catalog.=) 'vector'
                and p.oprnamespace operator(pg_catalog.=) c.type_schema
                and p.oprleft operator(pg_catalog.=) c.type and p.oprright operator(pg_catalog.=) c.type) as distances,
              o.typname as compared_name,
              o.typsubscript operator(pg_catalog.=)
                'pg_catalog.array_subscript_handler'::pg_catalog.regproc as compared_is_array,
              (select n.nspname from pg_catalog.pg_namespace n
                where n.oid operator(pg_catalog.=) o.typnamespace) as compared_schema,
              pg_catalog.has_schema_privilege(o.typnamespace, 'usage') as may_compare,
              (select n.nspname from pg_catalog.pg_namespace n
                where n.oid operator(pg_catalog.=) equal.oprnamespace) as operator_schema,
              array(select p.oprname::pg_catalog.text from pg_catalog.pg_operator p
                where p.oprnamespace operator(pg_catalog.=) equal.oprnamespace
                and p.oprleft operator(pg_catalog.=) equal.oprleft and p.oprright operator(pg_catalog.=) equal.oprright
                and (p.oid operator(pg_catalog.=) equal.oprnegate or exists (select from pg_catalog.pg_amop x
                  where x.amopopr operator(pg_catalog.=) p.oid
                  and x.amopfamily operator(pg_catalog.=) k.opcfamily))) as operators
            from relation r
            left join typed c on true
            left join lateral (
              select k.opcfamily, k.opcintype, i.typtype as kind from pg_catalog.pg_opclass k
              join pg_catalog.pg_am m on m.oid operator(pg_catalog.=) k.opcmethod
              join pg_catalog.pg_type i on i.oid operator(pg_catalog.=) k.opcintype
              where m.amname operator(pg_catalog.=) 'btree' and k.opcdefault
              and (k.opcintype operator(pg_catalog.=) c.type or k.opcintype operator(pg_catalog.=) c.pseudo
                or exists (select from pg_catalog.pg_cast t
                  where t.castsource operator(pg_catalog.=) c.type
                  and t.casttarget operator(pg_catalog.=) k.opcintype
                  and t.castmethod operator(pg_catalog.=) 'b' and t.castcontext operator(pg_catalog.=) 'i'))
              order by k.opcintype operator(pg_catalog.=) c.type desc, i.typispreferred desc
              limit 1
            ) k on true
            left join pg_catalog.pg_type o on o.oid operator(pg_catalog.=)
              case when k.kind operator(pg_catalog.<>) 'p' then k.opcintype else c.type end
            left join lateral (
              select p.oprnamespace, p.oprleft, p.oprright, p.oprnegate from pg_catalog.pg_amop x
              join pg_catalog.pg_operator p on p.oid operator(pg_catalog.=) x.amopopr
              where x.amopfamily operator(pg_catalog.=) k.opcfamily
              and x.amoplefttype operator(pg_catalog.=) k.opcintype
              and x.amoprighttype operator(pg_catalog.=) k.opcintype
              and x.amopstrategy operator(pg_catalog.=) 3 and p.oprname operator(pg_catalog.=) '='
              limit 1
            ) equal on true
            """;

    private final EmbeddingRelation relation;
    private final String operation;
    private final Map<String, Column> columns = new TreeMap<>();
    private String user = "";
    private boolean mayUse;

    /**
     * A column.
     *
     * @param modifier what the declaration has in parentheses, which for a vector are its dimensions; -1 for nothing
     * @param mayCompare whether the user may use the schema of the type by which it is compared
     */
    private record Column(
            boolean mayRead,
            String typeSchema,
            String typeName,
            int modifier,
            Set<String> distances,
            boolean mayCompare,
            ColumnType compared) {}

    private RelationLook(EmbeddingRelation relation, String operation) {
        this.relation = relation;
        this.operation = operation;
    }

    /**
     * Looks, and refuses what a search would fail on.
     *
     * @param conditions whose columns must be readable, where they are there
     */
    static EmbeddingRelation resolve(Database database, EmbeddingRelation relation, List<Condition> conditions) {
        RelationLook look = new RelationLook(relation, database.operation());
        boolean found = database.query(
                SQL, look::read, relation.name().schema(), relation.name().name());
        look.requireRelation(found);
        Column embedding = Objects.requireNonNull(look.columns.get(relation.embeddingColumn()));
        look.requireRights(embedding, conditions.stream().map(Condition::column).toList());
        return relation.with(new ColumnTypes(
                embedding.typeSchema(),
                embedding.modifier() > 0 ? embedding.modifier() : null,
                Stream.of(Distance.values())
                        .filter(distance -> embedding.distances().contains(distance.operator()))
                        .collect(Collectors.toSet()),
                look.columns.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, column -> column.getValue().compared()))));
    }

    private boolean read(ResultSet rows) throws SQLException {
        boolean found = false;
        while (rows.next()) {
            found = true;
            user = rows.getString("user");
            mayUse = rows.getBoolean("may_use");
            String name = rows.getString("name");
            if (name != null) {
                columns.put(name, column(rows));
            }
        }
        return found;
    }

    private static Column column(ResultSet row) throws SQLException {
        String comparedSchema = row.getString("compared_schema");
        String operatorSchema = row.getString("operator_schema");
        Set<String> symbols = texts(row.getArray("operators"));
        return new Column(
                row.getBoolean("may_read"),
                row.getString("type_schema"),
                row.getString("type_name"),
                row.getInt("modifier"),
                texts(row.getArray("distances")),
                row.getBoolean("may_compare"),
                new ColumnType(
                        comparedSchema,
                        row.getString("compared_name"),
                        row.getBoolean("compared_is_array"),
                        operatorSchema == null ? comparedSchema : operatorSchema,
                        Stream.of(Condition.Operator.values())
                                .filter(operator -> symbols.contains(operator.symbol()))
                                .collect(Collectors.toSet())));
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }

    private void requireRelation(boolean found) {
        List<Problem> problems = new ArrayList<>();
        if (!found) {
            problems.add(Problem.of(
                    Problem.Code.RELATION_MISSING,
                    null,
                    relation.name().toString(),
                    "There is no table or view " + SqlText.relation(relation.name()) + ".",
                    "Names are case-sensitive; the vectorizer that makes it may have to be created first."));
        }
        for (String column : found ? needed() : Set.<String>of()) {
            Column there = columns.get(column);
            if (there == null) {
                problems.add(Problem.of(
                        Problem.Code.COLUMN_MISSING,
                        null,
                        column,
                        SqlText.relation(relation.name()) + " has no column \"" + column + "\".",
                        "It has: " + String.join(", ", columns.keySet()) + "."));
            } else if (column.equals(relation.embeddingColumn())
                    && !there.typeName().equals("vector")) {
                problems.add(Problem.of(
                        Problem.Code.EMBEDDING_COLUMN_TYPE,
                        null,
                        there.typeSchema() + "." + there.typeName(),
                        "The column \"" + column + "\" of " + SqlText.relation(relation.name()) + " is a "
                                + there.typeSchema() + "." + there.typeName() + ", and no vector of pgvector's.",
                        "Name the column that has the embeddings."));
            }
        }
        if (!problems.isEmpty()) {
            throw new RefusedException("Cannot " + operation, problems);
        }
    }

    /** Columns that a search needs, whatever it is for. */
    private Set<String> needed() {
        Set<String> needed = new LinkedHashSet<>(relation.keyColumns());
        needed.add(relation.embeddingColumn());
        if (relation.chunked()) {
            needed.addAll(CHUNK);
        }
        return needed;
    }

    private void requireRights(Column embedding, Collection<String> ofConditions) {
        Set<String> missing = new LinkedHashSet<>();
        Set<String> read = needed();
        read.addAll(ofConditions);
        if (!mayUse) {
            missing.add(usage(relation.name().schema()));
        }
        if (!embedding.mayCompare()) {
            missing.add(usage(embedding.typeSchema()));
        }
        for (String name : read) {
            @Nullable Column column = columns.get(name);
            if (column != null && !column.mayRead()) {
                missing.add("grant select on " + SqlText.relation(relation.name()) + " to");
            }
            if (column != null && ofConditions.contains(name) && !column.mayCompare()) {
                missing.add(usage(column.compared().schema()));
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        List<String> statements = missing.stream()
                .map(statement -> statement + " " + SqlText.identifier(user))
                .toList();
        throw new MissingRightsException(
                user,
                statements,
                "Cannot " + operation + ": user \"" + user + "\" lacks rights. Let the owners or a superuser run: "
                        + String.join("; ", statements) + ".",
                statements.stream()
                        .map(statement -> Problem.of(
                                Problem.Code.RIGHT_MISSING,
                                null,
                                statement,
                                "User \"" + user + "\" lacks a right.",
                                "Let the owner or a superuser run: " + statement + "."))
                        .toList(),
                null,
                null,
                null);
    }

    private static String usage(String schema) {
        return "grant usage on schema " + SqlText.identifier(schema) + " to";
    }
}
