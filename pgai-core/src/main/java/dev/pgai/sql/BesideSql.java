package dev.pgai.sql;

import dev.pgai.argument.Identifiers;

/**
 * Compares what people have put on the store and the view of a vectorizer with what is on those of the second, which
 * fill to take their place. Names of the first are those of {@link RepairSql}; with a 2, those of the second.
 */
final class BesideSql {

    /** Ends the names of what is beside something. */
    static final String NEXT = "__next";

    /** What a name can have beside that; of one that has more, a digest takes the place of the rest. */
    static final int BYTES = Identifiers.MAX_BYTES - NEXT.length();

    /** Of the digest. */
    static final int DIGITS = 8;

    static final String DECLARE = """
            obstacles pg_catalog.text[];
            """;

    /** The name beside one, as {@link ReplaceSql#next} makes it. */
    private static final String NAME_BESIDE = """
            case when octet_length({name}) <= {bytes} then {name} || '{next}' else (select left({name}, i) || '_'
            || left(encode(sha256(convert_to({name}, 'UTF8')), 'hex'), {digits}) || '{next}' from generate_series(1, {bytes}) i
            where octet_length(left({name}, i)) < {bytes} - {digits} order by i desc limit 1) end""".replace("{bytes}", Integer.toString(BYTES))
            .replace("{digits}", Integer.toString(DIGITS))
            .replace("{next}", NEXT);

    /** What an index is, without its name and the name of its table. */
    private static final String INDEXES = """
            (select c.relname::text as name, {beside} as beside, i.indisunique as is_unique, y.rest,
            i.indexprs is not null or i.indpred is not null as odd,
            exists (select from pg_constraint where conindid = c.oid) as of_constraint,
            row_number() over (partition by i.indisunique, y.rest order by c.relname) as number, c.oid
            from pg_index i join pg_class c on c.oid = i.indexrelid cross join lateral (select substr(pg_get_indexdef(c.oid),
            length(format('CREATE %sINDEX %I ON %s', case when i.indisunique then 'UNIQUE ' end, c.relname,
            i.indrelid::regclass)) + 1) as rest) y where i.indrelid = {table} and i.indisvalid)""".replace("{beside}", NAME_BESIDE.replace("{name}", "c.relname::text"));

    private static final String OLD_INDEXES = INDEXES.replace("{table}", "t");

    private static final String NEW_INDEXES = INDEXES.replace("{table}", "t2");

    /** Those that the catalog makes for keys have whatever names; those of people are called so. */
    private static final String SAME_INDEX = """
            case when a.of_constraint then b.of_constraint and (a.is_unique, a.rest, a.number) = (b.is_unique, b.rest, b.number)
            else a.beside = b.name end""";

    /** Old and new, with their names. */
    static final String PAIRS_OF_INDEXES =
            "(select a.oid::regclass as old, b.oid::regclass as new, a.name as old_name, b.name as new_name from "
                    + OLD_INDEXES + " a join " + NEW_INDEXES + " b on " + SAME_INDEX + ")";

    /** While the store is empty. What does not fit other dimensions is for people to make. */
    private static final String MAKE_INDEXES = """
            for x in select * from {indexes} y where not of_constraint loop
            begin
            if x.odd and (v.config -> 'embedding' -> 'dimensions') is distinct from (r.config -> 'embedding' -> 'dimensions')
            then raise invalid_object_definition using message = 'it is of an expression, or of some rows'; end if;
            execute format('create %sindex %I on %s%s', case when x.is_unique then 'unique ' end, x.beside, t2, x.rest);
            exception when others then
            raise warning using message = format('index %I of %s has none beside it on %s: %s', x.name, t, t2, sqlerrm);
            end;
            end loop;
            """.replace("{indexes}", OLD_INDEXES);

    /** Options that people set; a server may have others of its own. */
    private static final String OPTIONS =
            "(select array_agg(o order by o) from unnest({attribute}.attoptions) o where o like 'n\\_distinct%')";

    /** How the store keeps what is written, and what the planner is told of it. */
    static final String COPY_SETTINGS = """
            for x in select a.attname, a.attstorage, a.attcompression, {old} as options, nullif(a.attstattarget, -1) as target
            from pg_attribute a join pg_attribute b on b.attrelid = t2 and b.attname = a.attname
            where a.attrelid = t and a.attnum > 0 and not a.attisdropped and (a.attstorage, a.attcompression, {old},
            nullif(a.attstattarget, -1)) is distinct from (b.attstorage, b.attcompression, {new},
            nullif(b.attstattarget, -1)) loop
            execute format('alter table %1$s alter %3$I set storage %2$s, alter %3$I set compression %4$s,
            alter %3$I set statistics %5$s', t2, case x.attstorage when 'p' then 'plain' when 'e' then 'external'
            when 'm' then 'main' else 'extended' end, x.attname, case x.attcompression when 'p' then 'pglz'
            when 'l' then 'lz4' else 'default' end, coalesce(x.target, -1));
            if x.options is not null then
            execute format('alter table %s alter %I set (%s)', t2, x.attname, array_to_string(x.options, ', ')); end if;
            end loop;
            """.replace("{old}", OPTIONS.replace("{attribute}", "a"))
            .replace("{new}", OPTIONS.replace("{attribute}", "b"));

    /** Triggers that fire for what a subscription writes, too. */
    private static final String ALWAYS = """
            (select a.tgname as name, r.trigger_name || substr(a.tgname, length(v.trigger_name) + 1) as beside
            from pg_trigger a where a.tgrelid = s and a.tgenabled = 'A'
            and a.tgname in (v.trigger_name, v.trigger_name || '_truncate'))""";

    /** What people have made on the store and can be made while the other is empty. */
    static final String MAKE = MAKE_INDEXES + COPY_SETTINGS + """
            for x in select * from {always} y loop
            execute format('alter table %s enable always trigger %I', s, x.beside); end loop;
            for x in select relpersistence, relreplident from pg_class where oid = t loop
            if x.relpersistence = 'u' then execute format('alter table %s set unlogged', t2); end if;
            if x.relreplident in ('f', 'n') then execute format('alter table %s replica identity %s', t2,
            case x.relreplident when 'f' then 'full' else 'nothing' end); end if;
            end loop;
            """.replace("{always}", ALWAYS);

    /** A definition of something on the second, as it is when that has the names of the first. */
    private static String renamed(String definition) {
        return "replace(replace(" + definition
                + ", quote_ident(d2 ->> 'target_table'), quote_ident(d ->> 'target_table')),"
                + " quote_ident(d2 ->> 'view_name'), quote_ident(d ->> 'view_name'))";
    }

    /** What would go on with the embeddings from before, or be lost. */
    static final String FIND_OBSTACLES = """
            select array_agg(distinct y order by y) into obstacles from (
            select format('%s %s reads %s', case c.relkind when 'm' then 'materialized view' when 'v' then 'view'
            else 'rule of table' end, c.oid::regclass, d.refobjid::regclass) from pg_depend d
            join pg_rewrite u on d.classid = 'pg_rewrite'::regclass and u.oid = d.objid join pg_class c on c.oid = u.ev_class
            where d.refclassid = 'pg_class'::regclass and d.refobjid in (t, w)
            and (c.oid, d.refobjid) not in ((t, t), (w, w), (w, t))
            union all
            select format('function %s uses %s', d.objid::regprocedure, c.oid::regclass) from pg_depend d
            join pg_class c on c.oid in (t, w) join pg_type p on p.oid = c.reltype
            and (d.refclassid, d.refobjid) in (('pg_class'::regclass, c.oid), ('pg_type'::regclass, p.oid),
            ('pg_type'::regclass, p.typarray)) where d.classid = 'pg_proc'::regclass
            union all
            select format('%s uses %s', pg_describe_object(d.classid, d.objid, d.objsubid), c.oid::regclass) from pg_depend d
            join pg_class c on c.oid in (t, w) join pg_type p on p.oid = c.reltype
            and (d.refclassid, d.refobjid) in (('pg_class'::regclass, c.oid), ('pg_type'::regclass, p.oid),
            ('pg_type'::regclass, p.typarray)) where d.deptype = 'n'
            and d.classid not in ('pg_rewrite'::regclass, 'pg_proc'::regclass, 'pg_constraint'::regclass,
            'pg_publication_rel'::regclass) and not exists (select from pg_policy where d.classid = 'pg_policy'::regclass and oid = d.objid and polrelid = t
            and c.oid = t)
            and not exists (select from pg_trigger where d.classid = 'pg_trigger'::regclass and oid = d.objid
            and tgrelid in (t, w))
            union all
            select format('foreign key %I of %s refers to %s', conname, conrelid::regclass, t) from pg_constraint
            where contype = 'f' and confrelid = t
            union all
            select format('constraint %I of %s is not on %s', c.conname, t, t2) from pg_constraint c where c.conrelid = t
            and c.contype in ('c', 'f', 'u', 'x') and not exists (select from pg_constraint b where b.conrelid = t2
            and pg_get_constraintdef(b.oid) = pg_get_constraintdef(c.oid))
            union all
            select format('index %I of %s has none beside it: %I on %s', a.name, t, a.beside, t2) from {old} a
            where not a.of_constraint and not exists (select from {new} b where {same_index})
            union all
            select format('column %I of %s is not in %s, or is another one', a.attname, a.attrelid::regclass, y.new)
            from (values (t, t2), (w, w2)) y(old, new) join pg_attribute a on a.attrelid = y.old and a.attnum > 0
            and not a.attisdropped left join pg_attrdef i on (i.adrelid, i.adnum) = (a.attrelid, a.attnum)
            where not exists (select from pg_attribute b left join pg_attrdef j on (j.adrelid, j.adnum) = (b.attrelid, b.attnum)
            where b.attrelid = y.new and b.attname = a.attname and not b.attisdropped
            and (a.attname = 'embedding' or (a.atttypid, a.atttypmod) = (b.atttypid, b.atttypmod))
            and (pg_get_expr(i.adbin, i.adrelid), a.attidentity, a.attgenerated)
            is not distinct from (pg_get_expr(j.adbin, j.adrelid), b.attidentity, b.attgenerated))
            union all
            select format('trigger %I of %s is not on %s, or is another one', a.tgname, a.tgrelid::regclass, y.new)
            from (values (t, t2), (w, w2)) y(old, new) join pg_trigger a on a.tgrelid = y.old and not a.tgisinternal
            where not exists (select from pg_trigger b where b.tgrelid = y.new and b.tgname = a.tgname
            and b.tgenabled = a.tgenabled and {trigger} = pg_get_triggerdef(a.oid))
            union all
            select format('rule %I of %s is not on %s, or is another one', a.rulename, a.ev_class::regclass, y.new)
            from (values (t, t2), (w, w2)) y(old, new) join pg_rewrite a on a.ev_class = y.old and a.rulename <> '_RETURN'
            where not exists (select from pg_rewrite b where b.ev_class = y.new and b.rulename = a.rulename
            and b.ev_enabled = a.ev_enabled and {rule} = pg_get_ruledef(a.oid))
            union all
            select format('trigger %I of %s fires always, and %I does not', a.name, s, a.beside) from {always} a
            where not exists (select from pg_trigger b where b.tgrelid = s and b.tgname = a.beside and b.tgenabled = 'A')
            union all
            select format('policy %I of %s is not on %s, or is another one', a.polname, t, t2) from pg_policy a
            where a.polrelid = t and not exists (select from pg_policy b where b.polrelid = t2 and b.polname = a.polname
            and (b.polcmd, b.polpermissive, b.polroles, {using}, {check}) is not distinct from (a.polcmd, a.polpermissive,
            a.polroles, pg_get_expr(a.polqual, a.polrelid), pg_get_expr(a.polwithcheck, a.polrelid)))
            union all
            select format('row-level security of %s is not on for %s', t, t2) from pg_class a, pg_class b where a.oid = t
            and b.oid = t2 and (a.relrowsecurity, a.relforcerowsecurity) <> (b.relrowsecurity, b.relforcerowsecurity)
            union all
            select format('%s of %s is not that of %s', case when a.relreplident <> b.relreplident then 'replica identity'
            else 'persistence' end, t, t2) from pg_class a, pg_class b where a.oid = t and b.oid = t2
            and (a.relreplident, a.relpersistence) <> (b.relreplident, b.relpersistence)
            union all
            select format('statistics %I of %s have none beside them on %s', a.stxname, t, t2) from pg_statistic_ext a
            where a.stxrelid = t and not exists (select from pg_statistic_ext b where b.stxrelid = t2
            and (b.stxkeys::text, b.stxkind, {expressions}) is not distinct from (a.stxkeys::text, a.stxkind,
            pg_get_expr(a.stxexprs, a.stxrelid)))
            union all
            select format('publication %I has %s and not %s, or not as much of it', p.pubname, t, t2) from pg_publication_rel a
            join pg_publication p on p.oid = a.prpubid where a.prrelid = t and not exists (select from pg_publication_rel b
            where b.prrelid = t2 and b.prpubid = a.prpubid and (b.prattrs::text, {rows})
            is not distinct from (a.prattrs::text, pg_get_expr(a.prqual, a.prrelid)))
            ) z(y);
            """.replace("{always}", ALWAYS)
            .replace("{old}", OLD_INDEXES)
            .replace("{new}", NEW_INDEXES)
            .replace("{same_index}", SAME_INDEX)
            .replace("{trigger}", renamed("pg_get_triggerdef(b.oid)"))
            .replace("{rule}", renamed("pg_get_ruledef(b.oid)"))
            .replace("{using}", renamed("pg_get_expr(b.polqual, b.polrelid)"))
            .replace("{check}", renamed("pg_get_expr(b.polwithcheck, b.polrelid)"))
            .replace("{expressions}", renamed("pg_get_expr(b.stxexprs, b.stxrelid)"))
            .replace("{rows}", renamed("pg_get_expr(b.prqual, b.prrelid)"));

    /** Before names are exchanged. */
    static final String COPY_COMMENTS = """
            for x in select old, new from {pairs} y where obj_description(y.old, 'pg_class') is not null loop
            execute format('comment on index %s is %L', x.new, obj_description(x.old, 'pg_class')); end loop;
            for x in select distinct on (a.oid) b.conname, obj_description(a.oid, 'pg_constraint') as said from pg_constraint a
            join pg_constraint b on b.conrelid = t2 and pg_get_constraintdef(b.oid) = pg_get_constraintdef(a.oid)
            where a.conrelid = t and obj_description(a.oid, 'pg_constraint') is not null loop
            execute format('comment on constraint %I on %s is %L', x.conname, t2, x.said); end loop;
            """.replace("{pairs}", PAIRS_OF_INDEXES);

    private BesideSql() {}
}
