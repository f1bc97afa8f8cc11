package dev.pgai.managed.exclusion;

import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObjects;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The regular expression of {@code <excludes>}, and the query of {@code <excludeSql>}. */
final class JooqList {

    private static final Set<Kind> KINDS =
            Set.of(Kind.SCHEMA, Kind.TABLE, Kind.VIEW, Kind.SEQUENCE, Kind.FUNCTION, Kind.COLUMN);

    /** The generator ignores case unless it is told otherwise, and PostgreSQL does not. */
    private static final String EXACT = "(?-i:";

    private JooqList() {}

    static ExclusionList write(ManagedObjects objects) {
        Selection selection = Selection.withSchemas(objects, KINDS);
        String text = selection.named().isEmpty()
                ? ""
                : selection.named().stream()
                        .map(JooqList::pattern)
                        .distinct()
                        .collect(Collectors.joining("|", EXACT, ")"));
        return new ExclusionList(ExclusionFormat.JOOQ, text, selection.missing());
    }

    private static String pattern(ManagedObject object) {
        if (object.kind() == Kind.SCHEMA) {
            return Regex.literal(object.name()) + "\\..*";
        }
        List<String> parts = object.table() == null
                ? List.of(object.schema(), object.name())
                : List.of(object.schema(), object.table(), object.name());
        return parts.stream().map(Regex::literal).collect(Collectors.joining("\\."));
    }

    /** Asks the catalog at the time of the generation, so that the same text serves whatever vectorizers there are. */
    static ExclusionList query() {
        return new ExclusionList(ExclusionFormat.JOOQ_SQL, """
                select '(?-i:ai\\..*)'
                union
                select '(?-i:' || string_agg(regexp_replace(p.part, '([^A-Za-z0-9_])', '\\\\\\1', 'g'), '\\.' order by p.position) || ')'
                from (select *, config -> 'destination' as destination from ai.vectorizer) v
                cross join lateral (values
                    (1, array[destination ->> 'target_schema', destination ->> 'target_table']),
                    (2, array[destination ->> 'view_schema', destination ->> 'view_name']),
                    (3, array[source_schema, source_table, destination ->> 'embedding_column']),
                    (4, array[queue_schema, queue_table]),
                    (5, array[queue_schema, queue_failed_table]),
                    (6, array[queue_schema, trigger_name])
                ) o (number, parts)
                cross join lateral unnest(o.parts) with ordinality p (part, position)
                where array_position(o.parts, null) is null
                group by v.id, o.number
                """, List.of());
    }
}
