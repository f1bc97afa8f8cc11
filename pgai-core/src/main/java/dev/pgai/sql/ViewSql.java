package dev.pgai.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Gives the view of a vectorizer the columns that its source has by now. Owner, rights, options and comments stay, and
 * whatever stands on the view, where PostgreSQL can replace it in place.
 */
public final class ViewSql {

    /** For {@link #REFRESH}. */
    static final String DECLARE = """
            shown pg_catalog.text;
            fresh pg_catalog.text;
            query pg_catalog.text;
            options pg_catalog.text;
            again pg_catalog.text[];
            statement pg_catalog.text;
            """;

    /** What is to be run once the view is there again: all that {@code create view} does not say. */
    private static final String REMEMBER = """
            if exists (select from pg_trigger where tgrelid = w) or exists (select from pg_rewrite where ev_class = w
            and rulename <> '_RETURN') or exists (select from pg_attrdef where adrelid = w) then
            raise dependent_objects_still_exist using message =
            format('view %s has triggers, rules or defaults, which would be lost', w); end if;
            select array_agg(y) into again from (
            select format('alter view %s owner to %I', shown, pg_get_userbyid(c.relowner)) from pg_class c where c.oid = w
            union all
            select format('alter view %s set (%s)', shown, options) where options is not null
            union all
            select format('revoke all on %s from %I', shown, pg_get_userbyid(c.relowner)) from pg_class c
            where c.oid = w and c.relacl is not null
            union all
            select format('grant %s on %s to %s%s', a.privilege_type, shown,
            case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end,
            case when a.is_grantable then ' with grant option' end)
            from pg_class c cross join aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a where c.oid = w
            and (c.relacl is not null or exists (select from pg_default_acl))
            union all
            select format('grant %s (%I) on %s to %s%s', a.privilege_type, c.attname, shown,
            case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end,
            case when a.is_grantable then ' with grant option' end)
            from pg_attribute c cross join aclexplode(c.attacl) a where c.attrelid = w
            union all
            select format('comment on view %s is %L', shown, obj_description(w, 'pg_class'))
            where obj_description(w, 'pg_class') is not null
            union all
            select format('comment on column %s.%I is %L', shown, c.attname, col_description(w, c.attnum))
            from pg_attribute c where c.attrelid = w and col_description(w, c.attnum) is not null
            ) z(y);
            """;

    private static final String DROP = "execute format('drop view %s', shown);\n";

    /** What default privileges give to a new view, the one before may not have had. */
    private static final String CREATE = """
            perform ai._vectorizer_create_view((d ->> 'view_schema')::name, (d ->> 'view_name')::name, v.source_schema,
            v.source_table, k, (d ->> 'target_schema')::name, (d ->> 'target_table')::name, null);
            for x in select distinct a.grantee from pg_class c cross join aclexplode(c.relacl) a
            where c.oid = shown::regclass loop
            execute format('revoke all on %s from %s', shown,
            case x.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(x.grantee)) end); end loop;
            foreach statement in array again loop
            begin execute statement; exception when undefined_column then null; end;
            end loop;
            """;

    private static final String LOOK = """
            shown := format('%I.%I', d ->> 'view_schema', d ->> 'view_name');
            select array_to_string(reloptions, ', ') into options from pg_class where oid = w;
            """;

    /** Its columns have the source's names, at the same places; two passes, for names that changed places. */
    private static final String RENAME_COLUMNS = """
            for x in select a.attname as old, '_pgai_' || a.attnum as new from pg_attribute a
            join pg_attribute b on b.attrelid = fresh::regclass and b.attnum = a.attnum
            where a.attrelid = w and a.attnum > 0 and a.attname <> b.attname loop
            execute format('alter view %s rename column %I to %I', shown, x.old, x.new); end loop;
            for x in select a.attname as old, b.attname as new from pg_attribute a
            join pg_attribute b on b.attrelid = fresh::regclass and b.attnum = a.attnum
            where a.attrelid = w and a.attnum > 0 and a.attname <> b.attname loop
            execute format('alter view %s rename column %I to %I', shown, x.old, x.new); end loop;
            """;

    /** The catalog says what the view is to be, by making it under a name that nobody has. */
    static final String REFRESH = LOOK + """
            fresh := format('%I.%I', d ->> 'view_schema', '_pgai_view_' || v.id);
            perform ai._vectorizer_create_view((d ->> 'view_schema')::name, ('_pgai_view_' || v.id)::name,
            v.source_schema, v.source_table, k, (d ->> 'target_schema')::name, (d ->> 'target_table')::name, null);
            query := rtrim(pg_get_viewdef(fresh::regclass), '; ');
            if rtrim(pg_get_viewdef(w), '; ') <> query then
            mended := true;
            begin
            """ + RENAME_COLUMNS + """
            execute format('create or replace view %s%s as %s', shown, ' with (' || options || ')', query);
            exception when invalid_table_definition or duplicate_column then
            """ + REMEMBER + DROP + CREATE + """
            end;
            end if;
            execute format('drop view %s', fresh);
            """;

    private static final String FIND = """
            w := to_regclass(format('%I.%I', d ->> 'view_schema', d ->> 'view_name'));
            k := ai._vectorizer_source_pk(to_regclass(format('%I.%I', v.source_schema, v.source_table)));
            if w is null then raise undefined_table using message =
            format('there is no view %I.%I', d ->> 'view_schema', d ->> 'view_name'); end if;
            if (select pg_has_role(relowner, 'member') and not pg_has_role(relowner, 'usage') from pg_class where oid = w) then
            perform set_config('role', (select pg_get_userbyid(relowner)::text from pg_class where oid = w), true); end if;
            """;

    private ViewSql() {}

    /**
     * Raises P0002 when there is none of this name; gives a notice with the state 02000 when the view is as it should
     * be.
     *
     * @param around what is to be run while the view is not there; may be empty
     */
    public static String refresh(String name, List<String> around) {
        String declare = """
                k pg_catalog.jsonb;
                w pg_catalog.regclass;
                mended pg_catalog.bool := false;
                x pg_catalog.record;
                """ + DECLARE;
        return Block.onVectorizer(
                name,
                declare,
                around.isEmpty()
                        ? FIND + REFRESH + "if not mended then "
                                + Block.nothing("the view of vectorizer \"" + name + "\" has all columns")
                                + " end if;\n"
                        : FIND
                                + LOOK
                                + REMEMBER
                                + DROP
                                + Block.asCaller()
                                + executed(around)
                                + Block.ownPath()
                                + CREATE);
    }

    private static String executed(List<String> statements) {
        return statements.stream()
                .map(statement -> "execute " + SqlText.literal(statement) + ";\n")
                .collect(Collectors.joining());
    }
}
