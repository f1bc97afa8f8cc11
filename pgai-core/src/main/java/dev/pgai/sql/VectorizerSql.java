package dev.pgai.sql;

import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Interval;
import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.UnknownOption;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements of the pgai catalog, since pgai 0.10.2 unless said otherwise. Each is one {@code select} on one line,
 * without a semicolon.
 *
 * <p>Run them as they are, not as prepared statements: a template may hold {@code ?}.
 */
public final class VectorizerSql {

    private VectorizerSql() {}

    /**
     * {@code select ai.create_vectorizer(...)}. Its result is the vectorizer's id.
     *
     * @param definition what to create; only what was set is rendered
     * @return the statement
     */
    public static String create(VectorizerDefinition definition) {
        StringJoiner arguments = new StringJoiner(", ", "select ai.create_vectorizer(", ")");
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
        add(arguments, "enqueue_existing", definition.enqueueExisting());
        add(arguments, "if_not_exists", definition.ifNotExists());
        return arguments.toString();
    }

    /**
     * {@code select ai.drop_vectorizer(...)} by name. The catalog says nothing when there is no such vectorizer.
     *
     * @param name the vectorizer
     * @param embeddings whether store and view are dropped, too
     * @return the statement
     */
    public static String drop(String name, Embeddings embeddings) {
        return dropCall(SqlText.literal(name), embeddings);
    }

    /**
     * {@code select ai.drop_vectorizer(...)} by id. The catalog raises P0002 when there is no such vectorizer.
     *
     * @param id the vectorizer; ids differ between databases
     * @param embeddings whether store and view are dropped, too
     * @return the statement
     */
    public static String drop(int id, Embeddings embeddings) {
        return dropCall(String.valueOf(id), embeddings);
    }

    /**
     * {@code select ai.enable_vectorizer_schedule(...)} by name. The catalog says nothing when there is no such
     * vectorizer.
     *
     * @param name the vectorizer
     * @return the statement
     */
    public static String enable(String name) {
        return "select ai.enable_vectorizer_schedule(" + SqlText.literal(name) + ")";
    }

    /**
     * {@code select ai.enable_vectorizer_schedule(...)} by id. The catalog raises P0002 when there is no such
     * vectorizer.
     *
     * @param id the vectorizer; ids differ between databases
     * @return the statement
     */
    public static String enable(int id) {
        return "select ai.enable_vectorizer_schedule(" + id + ")";
    }

    /**
     * {@code select ai.disable_vectorizer_schedule(...)} by name. The catalog says nothing when there is no such
     * vectorizer.
     *
     * @param name the vectorizer
     * @return the statement
     */
    public static String disable(String name) {
        return "select ai.disable_vectorizer_schedule(" + SqlText.literal(name) + ")";
    }

    /**
     * {@code select ai.disable_vectorizer_schedule(...)} by id. The catalog raises P0002 when there is no such
     * vectorizer.
     *
     * @param id the vectorizer; ids differ between databases
     * @return the statement
     */
    public static String disable(int id) {
        return "select ai.disable_vectorizer_schedule(" + id + ")";
    }

    /**
     * {@code select ai.set_scheduling(...)} by id, since pgai 0.12. Needs TimescaleDB: on a plain PostgreSQL the
     * catalog's function fails, whatever is set.
     *
     * @param id the vectorizer; ids differ between databases
     * @param scheduling the new schedule, or null for the catalog's default
     * @param indexing the new index, or null for the catalog's default
     * @return the statement
     */
    public static String setScheduling(int id, @Nullable Scheduling scheduling, @Nullable Indexing indexing) {
        return setSchedulingCall(String.valueOf(id), scheduling, indexing);
    }

    /**
     * {@code select ai.set_scheduling(...)} by name, since pgai 0.12. The catalog's function takes an id only, so the
     * id is looked up in the same statement.
     *
     * @param name the vectorizer
     * @param scheduling the new schedule, or null for the catalog's default
     * @param indexing the new index, or null for the catalog's default
     * @return the statement
     */
    public static String setScheduling(String name, @Nullable Scheduling scheduling, @Nullable Indexing indexing) {
        return setSchedulingCall(
                "(select id from ai.vectorizer where name operator(pg_catalog.=) " + SqlText.literal(name) + ")",
                scheduling,
                indexing);
    }

    private static String dropCall(String vectorizer, Embeddings embeddings) {
        return "select ai.drop_vectorizer(" + vectorizer + ", drop_all => " + (embeddings == Embeddings.DROP) + ")";
    }

    private static String setSchedulingCall(
            String vectorizer, @Nullable Scheduling scheduling, @Nullable Indexing indexing) {
        StringJoiner arguments = new StringJoiner(", ", "select ai.set_scheduling(", ")");
        arguments.add(vectorizer);
        if (scheduling != null) {
            arguments.add(argument(scheduling));
        }
        if (indexing != null) {
            arguments.add(argument(indexing));
        }
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

    @SuppressWarnings("unchecked") // an option's maps have text keys only
    private static String value(Object value) {
        if (value instanceof String text) {
            return SqlText.literal(text);
        }
        if (value instanceof Integer || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Double number) {
            return SqlText.literal(number.toString()) + "::double precision";
        }
        if (value instanceof Interval interval) {
            return SqlText.literal(interval.toString()) + "::interval";
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
            return SqlText.literal(VectorizerJson.writeValue((Map<String, ?>) map)) + "::pg_catalog.jsonb";
        }
        throw new IllegalStateException("No SQL for " + value.getClass());
    }
}
