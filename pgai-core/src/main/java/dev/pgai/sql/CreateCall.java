package dev.pgai.sql;

import dev.pgai.json.JsonText;
import dev.pgai.vectorizer.Interval;
import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.UnknownOption;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The call of {@code ai.create_vectorizer}. What was not set is not written. */
final class CreateCall {

    /** A function takes no more, counted one by one. */
    private static final int MAX_ARGUMENTS = 100;

    /** A little more than an option with its arguments takes. */
    private static final int CHARACTERS_OF_OPTION = 120;

    private final StringBuilder sql;

    private CreateCall(int options) {
        sql = new StringBuilder(options * CHARACTERS_OF_OPTION);
    }

    static String of(VectorizerDefinition definition, @Nullable Boolean enqueueExisting) {
        return after("", definition, enqueueExisting);
    }

    /** With a text before it. */
    static String after(String start, VectorizerDefinition definition, @Nullable Boolean enqueueExisting) {
        List<String> grantTo = definition.grantTo();
        return call(
                start, definition, grantTo == null ? null : roles(grantTo), definition.queueTable(), enqueueExisting);
    }

    /** Rights for the roles of an expression, and a queue of the catalog's naming; no row is queued. */
    static String granting(String roles, VectorizerDefinition definition) {
        return call("", definition, roles, null, false);
    }

    private static String call(
            String start,
            VectorizerDefinition definition,
            @Nullable String grantTo,
            @Nullable String queueTable,
            @Nullable Boolean enqueueExisting) {
        List<Option> options = definition.options();
        CreateCall call = new CreateCall(options.size());
        call.sql.append(start).append("ai.create_vectorizer(");
        call.addValue(SqlText.relation(definition.source()));
        call.sql.append("::pg_catalog.regclass");
        call.add("name", definition.name());
        for (Option option : options) {
            call.sql.append(", ");
            call.addArgument(option);
        }
        call.add("queue_schema", definition.queueSchema());
        call.add("queue_table", queueTable);
        if (grantTo != null) {
            call.sql.append(", grant_to => ").append(grantTo);
        }
        call.add("enqueue_existing", enqueueExisting);
        return call.sql.append(')').toString();
    }

    static String argument(Option option) {
        CreateCall call = new CreateCall(1);
        call.addArgument(option);
        return call.sql.toString();
    }

    static String expression(Option option) {
        CreateCall call = new CreateCall(1);
        call.addExpression(option);
        return call.sql.toString();
    }

    private void add(String name, @Nullable Object value) {
        if (value != null) {
            sql.append(", ");
            addNamed(name, value);
        }
    }

    private void addNamed(String name, Object value) {
        sql.append(name).append(" => ");
        addValue(value);
    }

    private void addArgument(Option option) {
        sql.append(option.configType()).append(" => ");
        addExpression(option);
    }

    private void addExpression(Option option) {
        if (option instanceof UnknownOption unknown) {
            addValue(unknown.config());
            return;
        }
        sql.append("ai.")
                .append(option.configType())
                .append('_')
                .append(option.implementation())
                .append('(');
        int first = sql.length();
        option.arguments().forEach((name, value) -> {
            if (sql.length() > first) {
                sql.append(", ");
            }
            addNamed(name, value);
        });
        sql.append(')');
    }

    /** {@code ai.grant_to} adds the roles of the setting {@code ai.grant_to_default}; no roles at all means nobody. */
    private static String roles(List<String> roles) {
        if (roles.isEmpty()) {
            return "array[]::pg_catalog.name[]";
        }
        CreateCall call = new CreateCall(1);
        if (roles.size() > MAX_ARGUMENTS) {
            call.addTexts("ai.grant_to(variadic array[", roles, "]::pg_catalog.name[])");
        } else {
            call.addTexts("ai.grant_to(", roles, ")");
        }
        return call.sql.toString();
    }

    private void addTexts(String before, List<?> texts, String after) {
        sql.append(before);
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                sql.append(", ");
            }
            SqlText.appendLiteral(sql, (String) texts.get(i));
        }
        sql.append(after);
    }

    private void addValue(Object value) {
        if (value instanceof String text) {
            SqlText.appendLiteral(sql, text);
        } else if (value instanceof Integer number) {
            sql.append(number.intValue());
        } else if (value instanceof Boolean flag) {
            sql.append(flag.booleanValue());
        } else if (value instanceof Double number) {
            addTyped(number.toString(), "float8");
        } else if (value instanceof Interval interval) {
            addTyped(interval.toString(), "interval");
        } else if (value instanceof Instant instant) {
            addTyped(instant.toString(), "timestamptz");
        } else if (value instanceof List<?> texts) {
            addTexts("array[", texts, "]::pg_catalog.text[]");
        } else if (value instanceof Map<?, ?> map) {
            addTyped(JsonText.write(map), "jsonb");
        } else {
            throw new IllegalStateException("No SQL for " + value.getClass());
        }
    }

    private void addTyped(String text, String type) {
        SqlText.appendLiteral(sql, text);
        sql.append("::pg_catalog.").append(type);
    }
}
