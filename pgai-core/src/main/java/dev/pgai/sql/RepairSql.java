package dev.pgai.sql;

import dev.pgai.vectorizer.Enqueue;

/**
 * Makes again what is missing of a vectorizer, by the functions that make it when a vectorizer is created, so that what
 * comes of it is what would be there.
 *
 * <p>In the blocks {@code s} is the source, {@code q} and {@code f} are the queues, {@code t} is the store, {@code w}
 * the view, {@code p} the trigger's function, {@code k} the key; each null when it is not there.
 */
public final class RepairSql {

    static final String DECLARE = """
            k pg_catalog.jsonb;
            s pg_catalog.regclass;
            q pg_catalog.regclass;
            f pg_catalog.regclass;
            t pg_catalog.regclass;
            w pg_catalog.regclass;
            p pg_catalog.regprocedure;
            creator pg_catalog.oid;
            users pg_catalog.name[];
            keys pg_catalog.text;
            matching pg_catalog.text;
            orphans pg_catalog.int8;
            mended pg_catalog.bool := false;
            unseen pg_catalog.bool := false;
            seeing pg_catalog.bool;
            always pg_catalog.name[];
            x pg_catalog.record;
            """;

    static final String FIND_OBJECTS = """
            s := to_regclass(format('%I.%I', v.source_schema, v.source_table));
            q := to_regclass(format('%I.%I', v.queue_schema, v.queue_table));
            f := to_regclass(format('%I.%I', v.queue_schema, v.queue_failed_table));
            if d ->> 'implementation' = 'table' then
            t := to_regclass(format('%I.%I', d ->> 'target_schema', d ->> 'target_table'));
            w := to_regclass(format('%I.%I', d ->> 'view_schema', d ->> 'view_name')); end if;
            p := to_regprocedure(format('%I.%I()', v.queue_schema, v.trigger_name));
            """;

    /** A table that was renamed still has the trigger. */
    private static final String FIND_RENAMED_SOURCE = """
            if s is null then
            select tgrelid into s from pg_trigger where tgfoid = p and tgname = v.trigger_name and tgparentid = 0 limit 1;
            if not found then raise undefined_table using message =
            format('the source %I.%I is gone', v.source_schema, v.source_table); end if;
            end if;
            """;

    /**
     * A store that was renamed, or went to another schema with its view, is still what the view reads beside the
     * source.
     */
    private static final String FIND_RENAMED_STORE = """
            if t is null and d ->> 'implementation' = 'table' then
            select h.oid as of_view, c.oid as of_store, jsonb_build_object('view_schema', n.nspname, 'target_schema',
            m.nspname, 'target_table', c.relname) as place into x
            from pg_class h join pg_namespace n on n.oid = h.relnamespace join pg_rewrite r on r.ev_class = h.oid
            join pg_depend e on e.classid = 'pg_rewrite'::regclass and e.objid = r.oid and e.refclassid = 'pg_class'::regclass
            join pg_class c on c.oid = e.refobjid and c.relkind in ('r', 'p') join pg_namespace m on m.oid = c.relnamespace
            where h.relname = d ->> 'view_name' and h.relkind = 'v' and (w is null or h.oid = w)
            and exists (select from pg_attribute where attrelid = c.oid and attname = 'embedding_uuid')
            and exists (select from pg_depend o where o.classid = e.classid and o.objid = r.oid
            and o.refclassid = e.refclassid and o.refobjid = s) limit 1;
            if found then
            w := x.of_view; t := x.of_store; d := d || x.place;
            end if; end if;
            """;

    /**
     * Whether each change of the source was queued, or refused, because a table that the trigger names is not there:
     * then there is nothing to be queued again.
     */
    private static final String LOOK_AT_TRIGGERS = """
            seeing := 2 = (select count(*) from pg_trigger where tgrelid = s and tgfoid = p and tgqual is null
            and tgattr::text = '' and tgtype in (29, 32) and tgenabled in ('O', 'A'))
            and not exists (select from pg_trigger where tgfoid = p and tgparentid <> 0 and tgenabled in ('D', 'R'))
            and exists (select from pg_proc where oid = p
            and strpos(replace(prosrc, '"', ''), replace(format('insert into %I.%I (%s)', v.queue_schema, v.queue_table,
            (select string_agg(format('%I', e ->> 'attname'), ', ' order by e -> 'attnum')
            from jsonb_array_elements(v.source_pk) e)), '"', '')) > 0
            and (d ->> 'implementation' <> 'table'
            or strpos(replace(prosrc, '"', ''),
            replace(format('delete from %I.%I where', d ->> 'target_schema', d ->> 'target_table'), '"', '')) > 0));
            """;

    /**
     * A column of the key that was renamed is renamed everywhere. Where a column has another number, since the table
     * was made anew, the catalog's functions would take the wrong one.
     */
    private static final String FOLLOW_KEY = """
            k := ai._vectorizer_source_pk(s);
            for x in select o ->> 'attname' as old, n ->> 'attname' as new, o ->> 'typname' = n ->> 'typname'
            and (o ->> 'attname' = n ->> 'attname' or o ->> 'attnum' = n ->> 'attnum') as same
            from jsonb_array_elements(v.source_pk) o full join jsonb_array_elements(k) n on o -> 'pknum' = n -> 'pknum' loop
            if x.same is not true then raise object_not_in_prerequisite_state using message =
            format('the primary key of %s is another one', s); end if;
            if x.old <> x.new then
            execute (select coalesce(string_agg(format('alter table %s rename column %I to %I', a.attrelid::regclass,
            x.old, x.new), '; '), 'select') from pg_attribute a where a.attrelid in (q, f, t) and a.attname = x.old);
            mended := true; end if;
            end loop;
            update ai.vectorizer set source_schema = n.nspname, source_table = c.relname, source_pk = k,
            config = jsonb_set(config, array['destination'], d)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.oid = s and vectorizer.id = v.id and (vectorizer.source_schema, vectorizer.source_table,
            vectorizer.source_pk, vectorizer.config -> 'destination') is distinct from (n.nspname, c.relname, k, d);
            mended := mended or found;
            select * into v from ai.vectorizer where id = v.id;
            """;

    /** In the order of the table, as the trigger's function has them, whatever their order in the key. */
    static final String NAME_KEY = """
            select string_agg(format('%I', e ->> 'attname'), ', ' order by e -> 'attnum'),
            string_agg(format('x.%1$I = y.%1$I', e ->> 'attname'), ' and ')
            into keys, matching from jsonb_array_elements(k) e;
            """;

    /** What else is there tells who made it all, and who may use it. */
    static final String FIND_ROLES = """
            select coalesce((select relowner from pg_class where oid = q), (select relowner from pg_class where oid = f),
            (select relowner from pg_class where oid = t), (select proowner from pg_proc where oid = p)) into creator;
            select array_agg(distinct pg_get_userbyid(a.grantee)) into users from pg_class c cross join aclexplode(c.relacl) a
            where c.oid = coalesce(q, f, t) and a.privilege_type = 'INSERT' and a.grantee <> 0 and a.grantee <> c.relowner;
            if pg_get_userbyid(creator) <> current_user
            and pg_has_role(creator, (select relowner from pg_class where oid = s), 'usage') then
            perform set_config('role', pg_get_userbyid(creator)::text, true); end if;
            """;

    private static final String MAKE_QUEUES = """
            if q is null then
            perform ai._vectorizer_create_queue_table(v.queue_schema, v.queue_table, k, users);
            mended := true; unseen := true; end if;
            if f is null then
            perform ai._vectorizer_create_queue_failed_table(v.queue_schema, v.queue_failed_table, k, users);
            mended := true; end if;
            """;

    /** One that is there is replaced when it lacks columns, or reads another table. */
    static final String MAKE_VIEW = """
            if w is null then
            perform ai._vectorizer_create_view((d ->> 'view_schema')::name, (d ->> 'view_name')::name, v.source_schema,
            v.source_table, k, (d ->> 'target_schema')::name, (d ->> 'target_table')::name, users);
            mended := true;
            elsif exists (select attname from pg_attribute where attrelid = s and attnum > 0 and not attisdropped
            except select attname from pg_attribute where attrelid = w)
            or 2 <> (select count(distinct e.refobjid) from pg_rewrite r join pg_depend e
            on e.classid = 'pg_rewrite'::regclass and e.objid = r.oid and e.refclassid = 'pg_class'::regclass
            where r.ev_class = w and e.refobjid in (s, t)) then
            """ + ViewSql.REFRESH + "end if;\n";

    private static final String MAKE_DESTINATION = """
            if d ->> 'implementation' = 'table' then
            if t is null then
            perform ai._vectorizer_create_target_table(k, (d ->> 'target_schema')::name, (d ->> 'target_table')::name,
            (v.config -> 'embedding' ->> 'dimensions')::int4, users);
            mended := true; unseen := true; end if;
            """ + MAKE_VIEW + """
            elsif not exists (select from pg_attribute where attrelid = s and attname = d ->> 'embedding_column') then
            perform ai._vectorizer_add_embedding_column(v.source_schema, v.source_table,
            (v.config -> 'embedding' ->> 'dimensions')::int4, (d ->> 'embedding_column')::name);
            mended := true; unseen := true;
            end if;
            """;

    /**
     * Two of the types that pg_trigger tells: for each row inserted, updated or deleted; and for a truncation. One that
     * was renamed gets its name back.
     */
    private static final String MAKE_TRIGGERS = """
            for x in select distinct on (y.type) g.tgname as old, y.name as new
            from (values (29::int2, v.trigger_name), (32::int2, (v.trigger_name || '_truncate')::name)) y(type, name)
            join pg_trigger g on g.tgrelid = s and g.tgfoid = p and g.tgtype = y.type
            where not exists (select from pg_trigger where tgrelid = s and tgname = y.name) loop
            execute format('alter trigger %I on %s rename to %I', x.old, s, x.new);
            mended := true; end loop;
            if not exists (select from pg_proc where oid = p
            and strpos(replace(prosrc, '"', ''),
            replace(format('insert into %I.%I (%s)', v.queue_schema, v.queue_table, keys), '"', '')) > 0
            and (d ->> 'implementation' <> 'table'
            or strpos(replace(prosrc, '"', ''),
            replace(format('delete from %I.%I where', d ->> 'target_schema', d ->> 'target_table'), '"', '')) > 0))
            or 2 <> (select count(*) from pg_trigger where tgrelid = s and tgfoid = p and tgqual is null
            and tgattr::text = '' and (tgname, tgtype) in ((v.trigger_name, 29::int2),
            ((v.trigger_name || '_truncate')::name, 32::int2))) then
            for x in select tgname, tgenabled from pg_trigger where tgrelid = s
            and tgname in (v.trigger_name, (v.trigger_name || '_truncate')::name) loop
            if x.tgenabled = 'A' then always := always || x.tgname; end if;
            execute format('drop trigger %I on %s', x.tgname, s); end loop;
            if p is not null then execute format('drop function %s cascade', p); end if;
            perform ai._vectorizer_create_source_trigger(v.trigger_name, v.queue_schema, v.queue_table, v.source_schema,
            v.source_table, (d ->> 'target_schema')::name, (d ->> 'target_table')::name, k);
            execute (select coalesce(string_agg(format('alter table %s enable always trigger %I', s, y), '; '), 'select')
            from unnest(always) y);
            mended := true;
            else
            for x in select tgrelid::regclass as source, tgname from pg_trigger where (tgrelid = s or tgparentid <> 0)
            and tgfoid = p and tgenabled in ('D', 'R') order by tgparentid loop
            execute format('alter table %s enable trigger %I', x.source, x.tgname);
            mended := true; end loop;
            end if;
            unseen := unseen or not seeing;
            """;

    private RepairSql() {}

    /** Raises P0002 when there is none of this name; gives a notice with the state 02000 when it is whole. */
    public static String repair(String name, Enqueue enqueue, boolean deleteOrphans) {
        return Block.onVectorizer(
                name,
                DECLARE + ViewSql.DECLARE,
                FIND_OBJECTS
                        + FIND_RENAMED_SOURCE
                        + LOOK_AT_TRIGGERS
                        + FIND_RENAMED_STORE
                        + FOLLOW_KEY
                        + NAME_KEY
                        + FIND_ROLES
                        + MAKE_QUEUES
                        + MAKE_DESTINATION
                        + MAKE_TRIGGERS
                        + orphans(deleteOrphans)
                        + "if unseen then " + enqueue(enqueue) + "end if;\n"
                        + "if not mended then " + Block.nothing("vectorizer \"" + name + "\" is whole")
                        + " end if;\n");
    }

    /** Raises P0002 when there is none of this name. */
    public static String queue(String name, Enqueue enqueue) {
        return Block.onVectorizer(name, DECLARE, FIND_OBJECTS + "k := v.source_pk;\n" + NAME_KEY + enqueue(enqueue));
    }

    /** Embeddings whose row is gone, as the trigger would have seen. */
    static String orphans(boolean delete) {
        String orphans = "from %I.%I x where not exists (select from %s y where %s)',"
                + " d ->> 'target_schema', d ->> 'target_table', s, matching)";
        return delete
                ? "if t is not null then execute format('delete " + orphans + ";\n"
                        + "get diagnostics orphans = row_count; mended := mended or orphans > 0; end if;\n"
                : "if unseen and t is not null then execute format('select count(*) " + orphans + " into orphans;\n"
                        + "if orphans > 0 then raise warning using message = format('%s embeddings in %s have no row in %s"
                        + " any more, and stay', orphans, t, s); end if; end if;\n";
    }

    /** Rows that a worker has put off are as good as new. */
    static String enqueue(Enqueue enqueue) {
        if (enqueue == Enqueue.NONE) {
            return "null;\n";
        }
        String rows = "execute format('insert into %I.%I (%s) select %s from %s y";
        String of = ", v.queue_schema, v.queue_table, keys, keys, s";
        String unqueued = " and not exists (select from %I.%I x where %s)'";
        String inQueue = ", v.queue_schema, v.queue_table, matching";
        return """
                execute format('update %I.%I set loading_retries = 0, loading_retry_after = null
                where loading_retries <> 0 or loading_retry_after is not null', v.queue_schema, v.queue_table);
                """
                + (enqueue == Enqueue.ALL
                        ? rows + "'" + of + ");\n"
                        : "if d ->> 'implementation' = 'table' then " + rows
                                + " where not exists (select from %I.%I x where %s)" + unqueued + of
                                + ", d ->> 'target_schema', d ->> 'target_table', matching" + inQueue + "); else "
                                + rows + " where y.%I is null" + unqueued + of + ", d ->> 'embedding_column'" + inQueue
                                + "); end if;\n");
    }
}
