package dev.pgai.sql;

import dev.pgai.json.JsonText;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Interval;
import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.UnknownOption;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements that change vectorizers. Each is on one line, without a semicolon, and runs as it is, not as a
 * prepared statement: a template may hold {@code ?}.
 *
 * <p>What concerns a vectorizer that is there is one block of PL/pgSQL: it takes the lock that all changes take, sees
 * that the vectorizer is there, for the catalog keeps quiet about names that it does not know, and calls the catalog.
 */
public final class VectorizerSql {

    /**
     * The key of the advisory lock that changes hold until the end of their transaction: the bytes of {@code pgaivect}.
     */
    public static final long LOCK = 0x7067_6169_7665_6374L;

    private static final String TAKE_LOCK = "pg_catalog.pg_advisory_xact_lock(" + LOCK + ")";

    private VectorizerSql() {}

    /** The statement that takes the lock, for those who look before they change. */
    public static String lock() {
        return "select " + TAKE_LOCK;
    }

    /** Gives the vectorizer's id. */
    public static String create(VectorizerDefinition definition, @Nullable Boolean enqueueExisting) {
        return "select " + createCall(definition, enqueueExisting);
    }

    /** Gives the vectorizer's id, or no row when there is one of this name. */
    public static String createIfAbsent(
            String name, VectorizerDefinition definition, @Nullable Boolean enqueueExisting) {
        return create(definition, enqueueExisting) + " where not " + exists(name);
    }

    /** Raises P0002 when there is none of this name. */
    public static String drop(String name, Embeddings embeddings) {
        return block(
                viewOf(embeddings),
                find(name, embeddings) + "if not found then " + refuse(name) + " end if; " + dropped(name, embeddings));
    }

    /** Gives a notice with the state 02000 when there is none of this name. */
    public static String dropIfExists(String name, Embeddings embeddings) {
        return block(
                viewOf(embeddings),
                find(name, embeddings) + "if not found then " + skip(name) + " else " + dropped(name, embeddings)
                        + " end if;");
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
                "ai.set_scheduling((select v.id" + from(name) + "), " + argument(scheduling) + ", " + argument(indexing)
                        + ")");
    }

    private static String onExisting(String name, String call) {
        return block("", "if not " + exists(name) + " then " + refuse(name) + " end if; perform " + call + ";");
    }

    private static String block(String declaration, String body) {
        return "do " + SqlText.literal(declaration + "begin perform " + TAKE_LOCK + "; " + body + " end");
    }

    private static String exists(String name) {
        return "exists (select" + from(name) + ")";
    }

    private static String from(String name) {
        return " from ai.vectorizer v where v.name operator(pg_catalog.=) " + text(name);
    }

    /** As text, and not as the name that it is compared with: a name is cut at 63 bytes. */
    private static String text(String name) {
        return SqlText.literal(name) + "::pg_catalog.text";
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
     * The view goes first: readers lock the view and then the source, and the catalog locks the source and then the
     * view, so that they would wait for each other. With the catalog's search path the server's messages name schemas,
     * as they do for what the catalog drops.
     */
    private static String dropped(String name, Embeddings embeddings) {
        String call =
                "perform ai.drop_vectorizer(" + text(name) + ", drop_all => " + (embeddings == Embeddings.DROP) + ");";
        return embeddings == Embeddings.DROP
                ? "if d operator(pg_catalog.->>) 'view_name' is not null then"
                        + " perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);"
                        + " execute pg_catalog.format('drop view if exists %I.%I', d operator(pg_catalog.->>)"
                        + " 'view_schema', d operator(pg_catalog.->>) 'view_name');"
                        + " perform pg_catalog.set_config('search_path', p, true); end if; " + call
                : call;
    }

    private static String refuse(String name) {
        return "raise no_data_found using message = " + SqlText.literal(missing(name)) + ";";
    }

    private static String skip(String name) {
        return "raise notice using errcode = '02000', message = " + SqlText.literal(missing(name) + ", skipping") + ";";
    }

    private static String missing(String name) {
        return "there is no vectorizer \"" + name + "\"";
    }

    private static String createCall(VectorizerDefinition definition, @Nullable Boolean enqueueExisting) {
        StringJoiner arguments = new StringJoiner(", ", "ai.create_vectorizer(", ")");
        arguments.add(SqlText.literal(SqlText.relation(definition.source())) + "::pg_catalog.regclass");
        add(arguments, "name", definition.name());
        for (Option option : definition.options()) {
            arguments.add(argument(option));
        }
        add(arguments, "queue_schema", definition.queueSchema());
        add(arguments, "queue_table", definition.queueTable());
        if (definition.grantTo() != null) {
            arguments.add("grant_to => " + grantTo(definition.grantTo()));
        }
        add(arguments, "enqueue_existing", enqueueExisting);
        return arguments.toString();
    }

    private static void add(StringJoiner arguments, String name, @Nullable Object value) {
        if (value != null) {
            arguments.add(name + " => " + value(value));
        }
    }

    private static String argument(Option option) {
        String value = option instanceof UnknownOption unknown
                ? value(unknown.config())
                : option.arguments().entrySet().stream()
                        .map(argument -> argument.getKey() + " => " + value(argument.getValue()))
                        .collect(Collectors.joining(
                                ", ", "ai." + option.configType() + "_" + option.implementation() + "(", ")"));
        return option.configType() + " => " + value;
    }

    /** {@code ai.grant_to} adds the roles of the setting {@code ai.grant_to_default}; no roles at all means nobody. */
    private static String grantTo(List<String> roles) {
        return roles.isEmpty()
                ? "array[]::pg_catalog.name[]"
                : roles.stream().map(SqlText::literal).collect(Collectors.joining(", ", "ai.grant_to(", ")"));
    }

    private static String value(Object value) {
        if (value instanceof String text) {
            return SqlText.literal(text);
        }
        if (value instanceof Integer || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Double number) {
            return SqlText.literal(number.toString()) + "::pg_catalog.float8";
        }
        if (value instanceof Interval interval) {
            return SqlText.literal(interval.toString()) + "::pg_catalog.interval";
        }
        if (value instanceof Instant instant) {
            return SqlText.literal(instant.toString()) + "::pg_catalog.timestamptz";
        }
        if (value instanceof List<?> texts) {
            return texts.stream()
                    .map(text -> SqlText.literal((String) text))
                    .collect(Collectors.joining(", ", "array[", "]::pg_catalog.text[]"));
        }
        if (value instanceof Map<?, ?> map) {
            return SqlText.literal(JsonText.write(map)) + "::pg_catalog.jsonb";
        }
        throw new IllegalStateException("No SQL for " + value.getClass());
    }
}
