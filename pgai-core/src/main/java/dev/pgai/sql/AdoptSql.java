package dev.pgai.sql;

import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Enqueue;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.Objects;

/**
 * Creates a vectorizer over embeddings that are there. The catalog always makes a store and a view, so it makes some
 * that nobody needs, and the vectorizer is then told of the others. The letters are those of {@link RepairSql}.
 */
public final class AdoptSql {

    /**
     * The state of the message, heard by every session that did not ask for quiet, that tells the id of the vectorizer:
     * a block has no result.
     */
    public static final String ID_TOLD = "PGAI2";

    /** Two names that a store and a view have while the lock is held. */
    private static final String MADE_STORE = "_pgai_adopted_store";

    private static final String MADE_VIEW = "_pgai_adopted_view";

    private static final String DECLARE = """
            i pg_catalog.int4;
            made pg_catalog.regclass;
            """;

    private static final String COMPARE = """
            made := format('%I.%I', v.config -> 'destination' ->> 'target_schema', v.config -> 'destination' ->> 'target_table');
            if t is null then raise undefined_table using message =
            format('there is no table %I.%I with embeddings', d ->> 'target_schema', d ->> 'target_table'); end if;
            if exists (select attname, atttypid, atttypmod from pg_attribute
            where attrelid = made and attnum > 0 and not attisdropped
            except select attname, atttypid, atttypmod from pg_attribute where attrelid = t and not attisdropped) then
            raise datatype_mismatch using message =
            format('%s has other columns than a store of this definition', t); end if;
            if w is not null and not exists (select from pg_rewrite r join pg_depend p on p.classid = 'pg_rewrite'::regclass
            and p.objid = r.oid and p.refclassid = 'pg_class'::regclass and p.refobjid = t where r.ev_class = w) then
            raise duplicate_table using message = format('%s is there, and is no view of %s', w, t); end if;
            """;

    /** Vectorizer and trigger are told where the embeddings are. */
    private static final String POINT = """
            execute format('drop view %I.%I', v.config -> 'destination' ->> 'view_schema',
            v.config -> 'destination' ->> 'view_name');
            execute format('drop table %s', made);
            update ai.vectorizer set config = jsonb_set(config, array['destination'], d) where id = v.id;
            execute format('drop function %I.%I() cascade', v.queue_schema, v.trigger_name);
            perform ai._vectorizer_create_source_trigger(v.trigger_name, v.queue_schema, v.queue_table, v.source_schema,
            v.source_table, (d ->> 'target_schema')::name, (d ->> 'target_table')::name, k);
            """;

    private static final String GRANT = """
            for x in select distinct pg_get_userbyid(a.grantee) as name from pg_class c cross join aclexplode(c.relacl) a
            where c.oid = q and a.privilege_type = 'INSERT' and a.grantee <> 0 and a.grantee <> c.relowner loop
            users := users || x.name;
            execute format('grant select, insert, update on %s to %I', t, x.name);
            if w is not null then execute format('grant select on %s to %I', w, x.name); end if;
            end loop;
            """ + RepairSql.MAKE_VIEW;

    private static final String TELL_ID =
            "if current_setting('" + Block.QUIET + "', true) is distinct from 'on' then raise"
                    + " info using errcode = '" + ID_TOLD + "', message = i; end if;\n";

    private AdoptSql() {}

    /**
     * Raises 42P01 when there are no embeddings, 42804 when they are not of this definition, and what the catalog
     * raises when it creates.
     */
    public static String adopt(VectorizerDefinition definition, Enqueue enqueue, boolean deleteOrphans) {
        CatalogNames names = CatalogNames.of(definition);
        VectorizerDefinition named =
                definition.toBuilder().name(names.vectorizer()).build();
        return definition.destination() instanceof Destination.Column column
                ? column(named, column, enqueue)
                : table(named, Objects.requireNonNull(names.store()), enqueue, deleteOrphans);
    }

    private static String table(
            VectorizerDefinition definition, RelationName store, Enqueue enqueue, boolean deleteOrphans) {
        Destination destination = Objects.requireNonNullElse(definition.destination(), Destination.table());
        Destination made = Destination.table()
                .withTargetSchema(store.schema())
                .withTargetTable(MADE_STORE)
                .withViewName(MADE_VIEW);
        return Block.alone(
                RepairSql.DECLARE + ViewSql.DECLARE + DECLARE,
                created(definition.toBuilder().destination(made).build())
                        + "d := ai._evaluate_destination(" + CreateCall.expression(destination)
                        + ", v.source_schema, v.source_table);\n"
                        + RepairSql.FIND_OBJECTS
                        + "k := v.source_pk;\n"
                        + COMPARE
                        + POINT
                        + GRANT
                        + RepairSql.NAME_KEY
                        + "unseen := true;\n"
                        + RepairSql.orphans(deleteOrphans)
                        + RepairSql.enqueue(enqueue)
                        + TELL_ID);
    }

    /** The catalog takes a column over, whatever is in it. */
    private static String column(VectorizerDefinition definition, Destination.Column column, Enqueue enqueue) {
        int dimensions = definition.embedding().dimensions();
        return Block.alone(
                RepairSql.DECLARE + DECLARE,
                "s := " + SqlText.literal(SqlText.relation(definition.source())) + ";\n"
                        + "if not exists (select from pg_attribute where attrelid = s and attname = "
                        + Block.text(column.embeddingColumn(), "text")
                        + " and format_type(atttypid, atttypmod) ~ '(^|[.])\"?vector\"?[(]" + dimensions
                        + "[)]$') then\n"
                        + "raise datatype_mismatch using message = format('%s has no column %s', s, "
                        + SqlText.literal(column.embeddingColumn() + " of " + dimensions + " dimensions")
                        + "); end if;\n"
                        + created(definition)
                        + "d := v.config -> 'destination'; k := v.source_pk;\n"
                        + RepairSql.NAME_KEY
                        + RepairSql.enqueue(enqueue)
                        + TELL_ID);
    }

    private static String created(VectorizerDefinition definition) {
        return "i := " + CreateCall.of(definition, false) + ";\nselect * into v from ai.vectorizer where id = i;\n";
    }
}
