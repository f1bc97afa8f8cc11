package dev.pgai.sql;

import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The statements that change vectorizers. Each is on one line, without a semicolon, and runs as it is, not as a
 * prepared statement: a template may hold {@code ?}.
 *
 * <p>What concerns a vectorizer that is there is one block of PL/pgSQL: it takes the lock that all changes take, sees
 * that the vectorizer is there, for the catalog keeps quiet about names that it does not know, and calls the catalog.
 */
public final class VectorizerSql {

    /** The key of the advisory lock that changes hold until the end of their transaction. */
    public static final long LOCK = Block.LOCK;

    /**
     * A schedule that the catalog's function does not know. A path takes a list for its items, unless types are asked.
     */
    private static final String ODD_SCHEDULE = "v.config operator(pg_catalog.->) 'scheduling' is not null and (v.config"
            + " operator(pg_catalog.@?) '$ ? (@.scheduling.type() == \"object\""
            + " && @.scheduling.implementation.type() == \"string\""
            + " && (@.scheduling.implementation == \"none\" || @.scheduling.implementation == \"timescaledb\""
            + " && (!exists(@.scheduling.job_id) || @.scheduling.job_id.type() == \"number\""
            + " && @.scheduling.job_id > 0 && @.scheduling.job_id < 9e18)))'"
            + "::pg_catalog.jsonpath) is not true";

    /** Columns that may be null, and that the catalog's function takes for names. */
    private static final String ODD_QUEUES = "pg_catalog.num_nulls(v.queue_schema, v.queue_table, v.queue_failed_table)"
            + " operator(pg_catalog.>) 0 or ''::pg_catalog.name operator(pg_catalog.=)"
            + " any (array[v.queue_schema, v.queue_table, v.queue_failed_table])";

    private static final String QUEUES_BY_DEFAULT = orDefault("queue_schema", "'ai'") + ", "
            + orDefault("queue_table", "pg_catalog.concat('_vectorizer_q_', v.id)") + ", "
            + orDefault("queue_failed_table", "pg_catalog.concat('_vectorizer_q_failed_', v.id)");

    private VectorizerSql() {}

    /** The statement that takes the lock, for those who look before they change. */
    public static String lock() {
        return "select " + Block.TAKE_LOCK;
    }

    /** Gives the vectorizer's id. */
    public static String create(VectorizerDefinition definition, @Nullable Boolean enqueueExisting) {
        return CreateCall.after("select ", definition, enqueueExisting);
    }

    /** Gives the vectorizer's id, or no row when there is one of this name. */
    public static String createIfAbsent(
            String name, VectorizerDefinition definition, @Nullable Boolean enqueueExisting) {
        return create(definition, enqueueExisting) + " where not " + exists(name);
    }

    /** Raises P0002 when there is none of this name. */
    public static String drop(String name, Embeddings embeddings) {
        return Block.of(
                viewOf(embeddings),
                find(name, embeddings) + "if not found then " + Block.refuse(name) + " end if; "
                        + dropped(name, embeddings));
    }

    /** Gives a notice with the state 02000 when there is none of this name. */
    public static String dropIfExists(String name, Embeddings embeddings) {
        return Block.of(
                viewOf(embeddings),
                find(name, embeddings) + "if not found then " + Block.nothing(Block.missing(name) + ", skipping")
                        + " else " + dropped(name, embeddings) + " end if;");
    }

    /** Raises P0002 when there is none of this name. */
    public static String enable(String name) {
        return onExisting(name, "ai.enable_vectorizer_schedule(" + text(name) + ")");
    }

    /** Raises P0002 when there is none of this name. */
    public static String disable(String name) {
        return onExisting(name, "ai.disable_vectorizer_schedule(" + text(name) + ")");
    }

    /** Raises P0002 when there is none of this name. The catalog's function, since pgai 0.12, takes an id only. */
    public static String setScheduling(String name, Scheduling scheduling, Indexing indexing) {
        return onExisting(
                name,
                "ai.set_scheduling((select v.id" + from(name) + "), " + CreateCall.argument(scheduling) + ", "
                        + CreateCall.argument(indexing) + ")");
    }

    /** Raises P0002 when there is none of this name, and 55006 when its source is there. */
    public static String forget(String name) {
        return Block.onVectorizer(name, "", """
                if exists (select from pg_class where relkind in ('r', 'p')
                and oid = to_regclass(format('%I.%I', v.source_schema, v.source_table))) then
                raise object_in_use using message =
                format('the source %I.%I is there', v.source_schema, v.source_table); end if;
                if exists (select from pg_trigger where tgname = v.trigger_name
                and tgfoid = to_regprocedure(format('%I.%I()', v.queue_schema, v.trigger_name))) then
                raise object_in_use using message =
                format('the source %I.%I has another name, and is there', v.source_schema, v.source_table); end if;
                perform ai.drop_vectorizer(v.id, drop_all => false);
                """);
    }

    private static String onExisting(String name, String call) {
        return Block.of(
                "", "if not " + exists(name) + " then " + Block.refuse(name) + " end if; perform " + call + ";");
    }

    private static String exists(String name) {
        return "exists (select" + from(name) + ")";
    }

    private static String from(String name) {
        return " from ai.vectorizer v where v.name operator(pg_catalog.=) " + text(name);
    }

    private static String text(String name) {
        return Block.text(name, "text");
    }

    private static String viewOf(Embeddings embeddings) {
        return embeddings == Embeddings.DROP
                ? "declare d pg_catalog.jsonb; p pg_catalog.text := pg_catalog.current_setting('search_path'); "
                : "";
    }

    private static String find(String name, Embeddings embeddings) {
        return embeddings == Embeddings.DROP
                ? "select v.config operator(pg_catalog.->) 'destination' into d" + from(name) + "; "
                : "perform" + from(name) + "; ";
    }

    /**
     * Sets what would keep the catalog's function from dropping anything. Asked first, because an update needs a right
     * also where it finds nothing.
     */
    private static String mended(String name, String odd, String usual) {
        return "if exists (select" + from(name) + " and (" + odd + ")) then update ai.vectorizer v set " + usual
                + " where v.name operator(pg_catalog.=) " + text(name) + "; end if; ";
    }

    private static String orDefault(String column, String usual) {
        return column + " = case when v." + column + " operator(pg_catalog.<>) ''::pg_catalog.name then v." + column
                + " else " + usual + "::pg_catalog.name end";
    }

    /**
     * The view goes first: readers lock the view and then the source, and the catalog locks the source and then the
     * view, so that they would wait for each other. With the catalog's search path the server's messages name schemas,
     * as they do for what the catalog drops.
     */
    private static String dropped(String name, Embeddings embeddings) {
        String call = mended(name, ODD_QUEUES, QUEUES_BY_DEFAULT)
                + mended(name, ODD_SCHEDULE, "config = v.config operator(pg_catalog.-) 'scheduling'::pg_catalog.text")
                + "perform ai.drop_vectorizer(" + text(name) + ", drop_all => " + (embeddings == Embeddings.DROP)
                + ");";
        return embeddings == Embeddings.DROP
                ? "if d operator(pg_catalog.->>) 'implementation' operator(pg_catalog.=) 'table' and pg_catalog.num_nulls("
                        + "d operator(pg_catalog.->>) 'view_schema', d operator(pg_catalog.->>) 'view_name',"
                        + " d operator(pg_catalog.->>) 'target_schema', d operator(pg_catalog.->>) 'target_table')"
                        + " operator(pg_catalog.>) 0 then raise object_not_in_prerequisite_state using message ="
                        + " 'its row does not name its table and view of embeddings: drop it and keep them'; end if;"
                        + " if d operator(pg_catalog.->>) 'view_name' is not null then"
                        + " perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);"
                        + " execute pg_catalog.format('drop view if exists %I.%I', d operator(pg_catalog.->>)"
                        + " 'view_schema', d operator(pg_catalog.->>) 'view_name');"
                        + " perform pg_catalog.set_config('search_path', p, true); end if; " + call
                : call;
    }
}
