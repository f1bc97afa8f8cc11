package dev.pgai.contract.generated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A row of {@code ai.vectorizer} that no function of pgai would write, and that its columns allow. */
final class OddRow {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "x",
            "none",
            "table",
            "column",
            "openai",
            "public",
            "blog",
            "BLOG",
            "pg_catalog",
            "pg_class",
            "a.b",
            "\"",
            "'",
            "%I",
            "$1",
            "\\",
            "\n",
            "İı",
            "\ud83d\ude00",
            "x".repeat(64),
            "é".repeat(40),
            "x".repeat(5000),
            "-1",
            "NaN",
            "00:05:00",
            "1e400",
            "{}",
            "[]",
            "null",
            "2147483648");

    private final SplittableRandom random;
    private final String name;
    private final List<@Nullable Object> columns = new ArrayList<>();

    private OddRow(long seed, JsonNode key, JsonNode config) {
        random = new SplittableRandom(seed);
        name = "odd_" + seed;
        int id = Math.toIntExact(1000 + seed);
        boolean oddColumns = random.nextInt(4) == 0;
        columns.add(id);
        columns.add(name);
        columns.add(oddColumn("public", oddColumns, false));
        columns.add(oddColumn("blog", oddColumns, false));
        columns.add(oddColumn("_vectorizer_src_trg_" + id, oddColumns, false));
        columns.add(oddColumn("ai", oddColumns, true));
        columns.add(oddColumn("_vectorizer_q_" + id, oddColumns, true));
        columns.add(oddColumn("_vectorizer_q_failed_" + id, oddColumns, true));
        columns.add((random.nextInt(3) == 0 ? mutated(key.deepCopy()) : key).toString());
        columns.add(mutated(config.deepCopy()).toString());
        columns.add(random.nextBoolean());
    }

    /**
     * Makes one.
     *
     * @param seed gives the same row again
     * @param key a {@code source_pk} as pgai writes it
     * @param config a {@code config} as pgai writes it
     */
    static OddRow of(long seed, JsonNode key, JsonNode config) {
        return new OddRow(seed, key, config);
    }

    String name() {
        return name;
    }

    void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ai.vectorizer (id, name, source_schema, source_table, trigger_name, queue_schema, queue_table,"
                        + " queue_failed_table, source_pk, config, disabled)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)")) {
            for (int i = 0; i < columns.size(); i++) {
                insert.setObject(i + 1, columns.get(i));
            }
            insert.executeUpdate();
        }
    }

    @Override
    public String toString() {
        return columns.toString();
    }

    private @Nullable String oddColumn(String usual, boolean odd, boolean nullable) {
        if (!odd || random.nextInt(3) > 0) {
            return usual;
        }
        return nullable && random.nextBoolean() ? null : text();
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private JsonNode mutated(JsonNode root) {
        if (random.nextInt(50) == 0) {
            return value(3);
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            mutate(root);
        }
        return root;
    }

    /** Changes one value, at any depth. */
    private void mutate(JsonNode node) {
        JsonNode inner = node.isEmpty() ? node : child(node, random.nextInt(node.size()));
        if (inner.isContainerNode() && !inner.isEmpty() && random.nextInt(3) > 0) {
            mutate(inner);
        } else if (node instanceof ObjectNode object) {
            mutate(object);
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            array.set(random.nextInt(array.size()), value(2));
        }
    }

    private static JsonNode child(JsonNode node, int index) {
        return node.valueStream().skip(index).findFirst().orElseThrow();
    }

    private void mutate(ObjectNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        if (keys.isEmpty() || random.nextInt(6) == 0) {
            object.set(text(), value(2));
            return;
        }
        String key = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(4)) {
            case 0 -> object.remove(key);
            case 1 -> object.set(key + "_", object.remove(key));
            default -> object.set(key, value(2));
        }
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 11 : 9)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt(7) - 3);
            case 3 -> JSON.numberNode(random.nextLong());
            case 4 -> JSON.numberNode(new BigDecimal("1e" + (random.nextInt(800) - 400)));
            case 5 -> JSON.numberNode(new BigDecimal("0." + random.nextInt(1_000_000)));
            case 9 -> JSON.arrayNode().add(value(depth - 1)).add(value(depth - 1));
            case 10 -> JSON.objectNode().set(text(), value(depth - 1));
            default -> JSON.textNode(text());
        };
    }
}
