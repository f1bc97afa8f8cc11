package dev.pgai.sql;

import dev.pgai.json.JsonText;
import dev.pgai.vectorizer.Interval;
import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.UnknownOption;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The call of {@code ai.create_vectorizer}. What was not set is not written. */
final class CreateCall {

    /** A function takes no more, counted one by one. */
    private static final int MAX_ARGUMENTS = 100;

    private CreateCall() {}

    static String of(VectorizerDefinition definition, @Nullable Boolean enqueueExisting) {
        List<String> grantTo = definition.grantTo();
        return call(definition, grantTo == null ? null : grantTo(grantTo), definition.queueTable(), enqueueExisting);
    }

    /** Rights for the roles of an expression, and a queue of the catalog's naming; no row is queued. */
    static String granting(String roles, VectorizerDefinition definition) {
        return call(definition, roles, null, false);
    }

    private static String call(
            VectorizerDefinition definition,
            @Nullable String grantTo,
            @Nullable String queueTable,
            @Nullable Boolean enqueueExisting) {
        StringJoiner arguments = new StringJoiner(", ", "ai.create_vectorizer(", ")");
        arguments.add(SqlText.literal(SqlText.relation(definition.source())) + "::pg_catalog.regclass");
        add(arguments, "name", definition.name());
        for (Option option : definition.options()) {
            arguments.add(argument(option));
        }
        add(arguments, "queue_schema", definition.queueSchema());
        add(arguments, "queue_table", queueTable);
        if (grantTo != null) {
            arguments.add("grant_to => " + grantTo);
        }
        add(arguments, "enqueue_existing", enqueueExisting);
        return arguments.toString();
    }

    private static void add(StringJoiner arguments, String name, @Nullable Object value) {
        if (value != null) {
            arguments.add(name + " => " + value(value));
        }
    }

    static String argument(Option option) {
        return option.configType() + " => " + expression(option);
    }

    static String expression(Option option) {
        return option instanceof UnknownOption unknown
                ? value(unknown.config())
                : option.arguments().entrySet().stream()
                        .map(argument -> argument.getKey() + " => " + value(argument.getValue()))
                        .collect(Collectors.joining(
                                ", ", "ai." + option.configType() + "_" + option.implementation() + "(", ")"));
    }

    /** {@code ai.grant_to} adds the roles of the setting {@code ai.grant_to_default}; no roles at all means nobody. */
    private static String grantTo(List<String> roles) {
        if (roles.isEmpty()) {
            return "array[]::pg_catalog.name[]";
        }
        String names = roles.stream().map(SqlText::literal).collect(Collectors.joining(", "));
        return roles.size() > MAX_ARGUMENTS
                ? "ai.grant_to(variadic array[" + names + "]::pg_catalog.name[])"
                : "ai.grant_to(" + names + ")";
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
