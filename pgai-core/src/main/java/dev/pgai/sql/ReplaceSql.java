package dev.pgai.sql;

import dev.pgai.argument.Identifiers;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Enqueue;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Replaces the embeddings of a vectorizer by those of another definition: a second vectorizer fills beside the first,
 * and the two then exchange names of stores and views, options, and what is queued. Id, triggers, queues and rights of
 * the first stay. A comment on the queue of the second tells what it is for.
 *
 * <p>The letters are those of {@link RepairSql}; with a 2, what the second vectorizer {@code r} has.
 */
public final class ReplaceSql {

    /** The state of the message, heard by every session, that tells how far a replacement is. */
    public static final String STATUS_TOLD = "PGAI3";

    /** The comment on the second's queue while it fills; the name of the first follows. */
    public static final String FILLING = "pgai for Java fills it to replace vectorizer ";

    /** The comment on the second's queue when it has what the first had. */
    public static final String REPLACED = "pgai for Java has left here what was before in vectorizer ";

    private static final String DECLARE = RepairSql.DECLARE + """
            r ai.vectorizer;
            d2 pg_catalog.jsonb;
            q2 pg_catalog.regclass;
            f2 pg_catalog.regclass;
            t2 pg_catalog.regclass;
            w2 pg_catalog.regclass;
            mark pg_catalog.text;
            found_rows pg_catalog.int8;
            missing pg_catalog.int8;
            queued pg_catalog.int8;
            failed pg_catalog.int8;
            lacking pg_catalog.text[];
            """ + BesideSql.DECLARE;

    private static final String FIND_REPLACEMENT = """
            if found then
            d2 := r.config -> 'destination';
            q2 := to_regclass(format('%I.%I', r.queue_schema, r.queue_table));
            f2 := to_regclass(format('%I.%I', r.queue_schema, r.queue_failed_table));
            t2 := to_regclass(format('%I.%I', d2 ->> 'target_schema', d2 ->> 'target_table'));
            w2 := to_regclass(format('%I.%I', d2 ->> 'view_schema', d2 ->> 'view_name'));
            mark := obj_description(q2, 'pg_class');
            end if;
            """;

    /** What was seen to lack something may have been dropped. */
    private static final String BOTH_THERE = "(select count(*) from ai.vectorizer y where y.id in (v.id, r.id)) = 2";

    /** Keys of rows that are found now. The source is locked first, as changes do. */
    private static final String ROWS = "select %1$s from %3$s intersect select %1$s from %2$s";

    /** Of these, those that the second has not embedded. */
    private static final String MISSING = "(" + ROWS + ") x" + " where not exists (select from %4$s y where %5$s)";

    /** As above, of those that are queued or have failed: no others can have come in the meantime. */
    private static final String MISSING_LATELY = "(select %1$s from %6$s union select %1$s from %7$s) x where exists"
            + " (select from %2$s y where %5$s) and exists (select from %3$s y where %5$s)"
            + " and not exists (select from %4$s y where %5$s)";

    private static final String ARGUMENTS = ", keys, t, s, t2, matching, q2, f2)";

    private static final String REFUSE_MISSING = """
            if missing > 0 then raise object_not_in_prerequisite_state using message = format(
            '%s rows that are found now have no embedding in %s yet', missing, t2); end if;
            """;

    private static final String REQUIRE_STARTED = """
            if mark is null or mark not in ({filling}, {replaced}) then
            raise object_not_in_prerequisite_state using message = 'no replacement of it has been started'; end if;
            """;

    private static final String REQUIRE_COMMITTED_READS = """
            if current_setting('transaction_isolation') <> 'read committed' then
            raise object_not_in_prerequisite_state using message =
            'the transaction is not read committed, and would not see what others have queued'; end if;
            """;

    /** Whoever disabled them must have committed: a worker looks before each batch, and ends then. */
    private static final String REQUIRE_IDLE = """
            for x in select * from ai.vectorizer y where y.id in (v.id, r.id) loop
            if not x.disabled or exists (select from ai.vectorizer y where y.id = x.id
            and age(y.xmin) <= coalesce(age(pg_current_xact_id_if_assigned()::xid), -1)) then
            raise object_in_use using message =
            format('vectorizer %s is not disabled by a transaction that has ended', x.name); end if;
            if exists (select from pg_stat_activity where datname = current_database()
            and starts_with(application_name, format('pgai-worker[%s]', x.id))) then
            raise object_in_use using message = format('a worker is still at vectorizer %s', x.name); end if;
            end loop;
            """;

    /** What neither can be exchanged without, nor counted. */
    private static final String FIND_LACKING = """
            select array_agg(format('vectorizer %s has no %s', y.name, y.what) order by y.name, y.what) into lacking
            from (values (v.name, 'source', s), (v.name, 'queue', q), (v.name, 'queue of failed rows', f), (v.name, 'store', t),
            (v.name, 'view', w), (r.name, 'queue', q2), (r.name, 'queue of failed rows', f2), (r.name, 'store', t2),
            (r.name, 'view', w2), (r.name, 'trigger on the source of ' || v.name, (select tgrelid::regclass from pg_trigger
            where tgrelid = s and tgname = r.trigger_name))) y(name, what, there) where y.there is null;
            """;

    private static final String REQUIRE_WHOLE = FIND_LACKING + """
            if lacking is not null then raise object_not_in_prerequisite_state using message =
            array_to_string(lacking, '; '); end if;
            """;

    private static final String REQUIRE_NO_OBSTACLES = BesideSql.FIND_OBSTACLES + """
            if obstacles is not null then raise dependent_objects_still_exist using message =
            'in the way: ' || array_to_string(obstacles, '; '); end if;
            """;

    /** Owner, rights, options and comments, as they are by now. */
    private static final String COPY_RIGHTS = """
            for x in select y.old, y.new, y.kind, a.relowner, a.relacl, a.reloptions, b.relowner as owner2, b.relacl as acl2
            from (values (t, t2, 'table'), (w, w2, 'view')) y(old, new, kind)
            join pg_class a on a.oid = y.old join pg_class b on b.oid = y.new loop
            if x.relowner <> x.owner2 then
            execute format('alter table %s owner to %I', x.new, pg_get_userbyid(x.relowner)); end if;
            if x.reloptions is not null then
            execute format('alter table %s set (%s)', x.new, array_to_string(x.reloptions, ', ')); end if;
            if obj_description(x.old, 'pg_class') is not null then
            execute format('comment on %s %s is %L', x.kind, x.new, obj_description(x.old, 'pg_class')); end if;
            execute (select coalesce(string_agg(format('comment on column %s.%I is %L', x.new, attname,
            col_description(attrelid, attnum)), '; '), 'select') from pg_attribute where attrelid = x.old
            and col_description(attrelid, attnum) is not null);
            if x.relacl is distinct from x.acl2 then
            execute (select coalesce(string_agg(format('revoke all on %s from %s', x.new, y), '; '), 'select')
            from (select distinct case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end
            from aclexplode(x.acl2)) z(y));
            execute (select coalesce(string_agg(format('grant %s on %s to %s%s', a.privilege_type, x.new,
            case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end,
            case when a.is_grantable then ' with grant option' end), '; '), 'select')
            from aclexplode(coalesce(x.relacl, acldefault('r', x.relowner))) a); end if;
            execute (select coalesce(string_agg(format('grant %s (%I) on %s to %s%s', a.privilege_type, c.attname, x.new,
            case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end,
            case when a.is_grantable then ' with grant option' end), '; '), 'select')
            from pg_attribute c cross join aclexplode(c.attacl) a where c.attrelid = x.old);
            end loop;
            """;

    /** What reads the view by its name finds the other one; the trigger's function finds the other store. */
    private static final String EXCHANGE_NAMES = """
            execute format('alter view %s rename to %I', w, '_pgai_exchanged');
            execute format('alter view %s rename to %I', w2, d ->> 'view_name');
            execute format('alter view %s rename to %I', w, d2 ->> 'view_name');
            execute format('alter table %s rename to %I', t, '_pgai_exchanged');
            execute format('alter table %s rename to %I', t2, d ->> 'target_table');
            execute format('alter table %s rename to %I', t, d2 ->> 'target_table');
            for x in select * from {pairs} y loop
            execute format('alter index %s rename to %I', x.old, '_pgai_exchanged');
            execute format('alter index %s rename to %I', x.new, x.old_name);
            execute format('alter index %s rename to %I', x.old, x.new_name);
            end loop;
            for x in select a.conname as old_name, b.conname as new_name from pg_constraint a
            join pg_attribute c on c.attrelid = a.conrelid and c.attnum = a.conkey[1]
            join pg_attribute g on g.attrelid = t2 and g.attname = c.attname
            join pg_constraint b on b.conrelid = t2 and b.contype = 'n' and b.conkey[1] = g.attnum
            where a.conrelid = t and a.contype = 'n' and a.conname <> b.conname loop
            execute format('alter table %s rename constraint %I to %I', t2, x.new_name, x.old_name);
            execute format('alter table %s rename constraint %I to %I', t, x.old_name, x.new_name);
            end loop;
            """.replace("{pairs}", BesideSql.PAIRS_OF_INDEXES);

    /** Where the embeddings are, and when a job of TimescaleDB runs, is no matter of the definition. */
    private static final String EXCHANGE_OPTIONS = """
            update ai.vectorizer set config = (y.config - z.kept) || (select coalesce(jsonb_object_agg(key, value), '{}')
            from jsonb_each(vectorizer.config) where key = any (z.kept))
            from (values (v.id, r.config), (r.id, v.config)) y(id, config),
            (values (array['destination', 'scheduling', 'indexing'])) z(kept) where vectorizer.id = y.id;
            """;

    private static final String EXCHANGE_QUEUES = """
            for x in select y.old, y.new, (select string_agg(quote_ident(attname), ', ') from pg_attribute
            where attrelid = y.old and attnum > 0 and not attisdropped) as names
            from (values (q, q2), (f, f2)) y(old, new) loop
            execute format('with a as (delete from %1$s returning %3$s), b as (delete from %2$s returning %3$s),
            c as (insert into %2$s (%3$s) select %3$s from a) insert into %1$s (%3$s) select %3$s from b',
            x.old, x.new, x.names);
            end loop;
            """;

    private ReplaceSql() {}

    /** The name of the second vectorizer, as of its store and its view. */
    public static String next(String name) {
        return (Identifiers.bytes(name) <= BesideSql.BYTES
                        ? name
                        : Identifiers.cut(name, BesideSql.BYTES - BesideSql.DIGITS - 1) + "_" + digest(name))
                + BesideSql.NEXT;
    }

    private static String digest(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, BesideSql.DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each JDK has SHA-256", e);
        }
    }

    /** What fills beside the vectorizer of a definition with a table. */
    public static VectorizerDefinition second(VectorizerDefinition definition) {
        CatalogNames names = CatalogNames.of(definition);
        RelationName store = Objects.requireNonNull(names.store());
        return definition.toBuilder()
                .name(next(names.vectorizer()))
                .destination(Destination.table()
                        .withTargetSchema(store.schema())
                        .withTargetTable(next(store.name()))
                        .withViewName(next(Objects.requireNonNull(names.view()).name())))
                .scheduling(Scheduling.none())
                .indexing(Indexing.none())
                .build();
    }

    /**
     * Raises P0002 when there is none of this name, 42710 when a replacement has been started, 55000 when the
     * definition has another source, destination, queue, schedule or index.
     */
    public static String start(VectorizerDefinition definition, Enqueue enqueue) {
        String name = CatalogNames.of(definition).vectorizer();
        return Block.onVectorizer(
                name,
                DECLARE + AlterSql.DECLARE,
                "if exists (select from ai.vectorizer where name = " + Block.text(next(name), "text") + ") then\n"
                        + "raise duplicate_object using message = "
                        + SqlText.literal("there is a vectorizer " + next(name)) + "; end if;\n"
                        + AlterSql.samePlace(definition)
                        + RepairSql.FIND_OBJECTS
                        + RepairSql.FIND_ROLES
                        + "perform " + CreateCall.granting("users", second(definition)) + ";\n"
                        + found(name)
                        + "execute format('comment on table %s is %L', q2, " + SqlText.literal(FILLING + name) + ");\n"
                        + BesideSql.MAKE
                        + BesideSql.FIND_OBSTACLES
                        + "if obstacles is not null then raise warning using message ="
                        + " 'in the way when the replacement is completed: ' || array_to_string(obstacles, '; '); end if;\n"
                        + "k := v.source_pk;\n"
                        + RepairSql.NAME_KEY
                        + queue(enqueue));
    }

    /** As if the second were the only one. */
    private static String queue(Enqueue enqueue) {
        return "v := r; d := d2;\n" + RepairSql.enqueue(enqueue);
    }

    /**
     * Raises P0002 when there is none of this name, 55000 when no replacement has been started or it is not filled,
     * 55006 when a worker may be at one of the two, 2BP01 when something would stay behind; gives a notice with the
     * state 02000 when it has been completed.
     *
     * @param acceptingGaps whether rows that are found now need not be found afterwards
     */
    public static String complete(String name, boolean acceptingGaps) {
        return Block.onVectorizer(
                name,
                DECLARE,
                RepairSql.FIND_OBJECTS
                        + found(name)
                        + started(name)
                        + "k := v.source_pk;\n"
                        + RepairSql.NAME_KEY
                        + "if mark = " + SqlText.literal(REPLACED + name) + " then "
                        + Block.nothing("the replacement of vectorizer \"" + name + "\" has been completed")
                        + " else\n"
                        + REQUIRE_COMMITTED_READS
                        + REQUIRE_WHOLE
                        + REQUIRE_IDLE
                        + REQUIRE_NO_OBSTACLES
                        + (acceptingGaps ? "" : count(MISSING) + REFUSE_MISSING)
                        + "execute format('lock table %s in share row exclusive mode', s);\n"
                        + (acceptingGaps ? "" : count(MISSING_LATELY) + REFUSE_MISSING)
                        + COPY_RIGHTS
                        + BesideSql.COPY_SETTINGS
                        + BesideSql.COPY_COMMENTS
                        + EXCHANGE_NAMES
                        + EXCHANGE_OPTIONS
                        + EXCHANGE_QUEUES
                        + "execute format('comment on table %s is %L', q2, " + SqlText.literal(REPLACED + name) + ");\n"
                        + "end if;\n");
    }

    /** Raises P0002 when there is none of this name, 55000 when no replacement has been started or it is completed. */
    public static String abort(String name) {
        return Block.onVectorizer(
                name,
                DECLARE,
                found(name)
                        + started(name)
                        + "if mark = " + SqlText.literal(REPLACED + name)
                        + " then raise object_not_in_prerequisite_state using message ="
                        + " 'its replacement has been completed'; end if;\n"
                        + "execute format('drop view if exists %I.%I', d2 ->> 'view_schema', d2 ->> 'view_name');\n"
                        + "perform ai.drop_vectorizer(r.id, drop_all => true);\n");
    }

    /**
     * Changes nothing; tells a JSON object, or nothing when there is no vectorizer of this name, no replacement has
     * been started, or one of the two is dropped meanwhile. Keeps no lock, as {@link CountSql}. Raises 55000 when it is
     * damaged.
     */
    public static String status(String name) {
        return Block.reading(
                name,
                DECLARE,
                RepairSql.FIND_OBJECTS
                        + found(name)
                        + "if mark in (" + SqlText.literal(FILLING + name) + ", " + SqlText.literal(REPLACED + name)
                        + ") then\n"
                        + "begin\n"
                        + FIND_LACKING
                        + "if lacking is null then\n"
                        + "k := v.source_pk;\n"
                        + RepairSql.NAME_KEY
                        + "if mark = " + SqlText.literal(FILLING + name) + " then\n"
                        + BesideSql.FIND_OBSTACLES
                        + "end if;\n"
                        + "execute format('select count(*) from (" + ROWS + ") x'" + ARGUMENTS + " into found_rows;\n"
                        + count(MISSING)
                        + "execute format('select count(*) from %s', q2) into queued;\n"
                        + "execute format('select count(*) from %s', f2) into failed;\n"
                        + "end if;\n"
                        + "raise exception using errcode = 'PGAI0';\n"
                        + "exception\n"
                        + "when sqlstate 'PGAI0' then\n"
                        + "if lacking is null or " + BOTH_THERE + " then\n"
                        + "raise info using errcode = '" + STATUS_TOLD + "', message = jsonb_build_object("
                        + "'id', v.id, 'next', r.name, 'next_id', r.id, 'filling', mark = "
                        + SqlText.literal(FILLING + name)
                        + ", 'store', format('%I.%I', d2 ->> 'target_schema', d2 ->> 'target_table'),"
                        + " 'view', format('%I.%I', d2 ->> 'view_schema', d2 ->> 'view_name'), 'disabled', r.disabled,"
                        + " 'rows', coalesce(found_rows, 0)::text, 'missing', coalesce(missing, 0)::text,"
                        + " 'pending', coalesce(queued, 0)::text, 'failed', coalesce(failed, 0)::text,"
                        + " 'obstacles', coalesce(to_jsonb(lacking || obstacles), '[]'))::text;\n"
                        + "end if;\n"
                        // The last: what is dropped has a number for a name.
                        + "when undefined_table or undefined_column or syntax_error then\n"
                        + "if " + BOTH_THERE + " then raise; end if;\n"
                        + "end;\n"
                        + "end if;\n");
    }

    private static String found(String name) {
        return "select * into r from ai.vectorizer where name = " + Block.text(next(name), "text") + ";\n"
                + FIND_REPLACEMENT;
    }

    private static String started(String name) {
        return REQUIRE_STARTED
                .replace("{filling}", SqlText.literal(FILLING + name))
                .replace("{replaced}", SqlText.literal(REPLACED + name));
    }

    private static String count(String what) {
        return "execute format('select count(*) from " + what + "'" + ARGUMENTS + " into missing;\n";
    }
}
