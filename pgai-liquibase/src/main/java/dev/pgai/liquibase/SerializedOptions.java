package dev.pgai.liquibase;

import dev.pgai.change.ChangeForm;
import dev.pgai.change.VectorizerChange;
import dev.pgai.json.JsonText;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;
import liquibase.serializer.AbstractLiquibaseSerializable;
import org.jspecify.annotations.Nullable;

/** Options as Liquibase writes them into a changelog: texts, numbers and booleans as fields, the rest as elements. */
final class SerializedOptions extends AbstractLiquibaseSerializable {

    /** No type is known beforehand in these, so that they are one text. */
    private static final Set<String> JSON = Set.of("options", "extra_options");

    private final String name;
    private final Map<String, Object> values;

    private SerializedOptions(String name, Map<String, Object> values) {
        this.name = name;
        this.values = values;
    }

    /** The options of a change, as a changelog spells them. */
    static SerializedOptions of(String name, VectorizerChange change) {
        Map<String, Object> values = new LinkedHashMap<>(ChangeForm.values(change));
        if (change.expects().vectorizer().orDone()) {
            values.put(change.creates().isPresent() ? "if_not_exists" : "if_exists", true);
        }
        return new SerializedOptions(name, values);
    }

    /** Options that could not be read, as they were given. */
    static SerializedOptions of(String name, Map<String, Object> given) {
        return new SerializedOptions(name, given);
    }

    @Override
    public String getSerializedObjectName() {
        return name;
    }

    @Override
    public String getSerializedObjectNamespace() {
        return GENERIC_CHANGELOG_EXTENSION_NAMESPACE;
    }

    @Override
    public Set<String> getSerializableFields() {
        return values.keySet();
    }

    @Override
    public SerializationType getSerializableFieldType(String field) {
        Object value = getSerializableFieldValue(field);
        return value instanceof SerializedOptions || value instanceof List
                ? SerializationType.NESTED_OBJECT
                : SerializationType.NAMED_FIELD;
    }

    @Override
    @SuppressWarnings("unchecked") // keys are texts
    public @Nullable Object getSerializableFieldValue(String field) {
        Object value = values.get(field);
        if (value instanceof Map<?, ?> map) {
            return JSON.contains(field) ? JsonText.write(map) : new SerializedOptions(field, (Map<String, Object>) map);
        }
        if (value instanceof List<?> list) {
            // One that is empty is an element without a value.
            return list.isEmpty()
                    ? new SerializedOptions(field, Map.of())
                    : list.stream()
                            .map(item -> new SerializedOptions(field, Map.of(NodeValues.TEXT, item)))
                            .toList();
        }
        if (field.equals(NodeValues.TIME) && value instanceof String time) {
            // Liquibase writes YAML without quotes, and with a Z it would be read as a time.
            return time.replace('Z', 'z');
        }
        return value instanceof BigDecimal number ? plain(number) : value;
    }

    /** YAML has names for the other types of Java's. */
    private static Number plain(BigDecimal number) {
        try {
            return number.intValueExact();
        } catch (ArithmeticException e) {
            return number.doubleValue();
        }
    }

    @Override
    public ParsedNode serialize() throws ParsedNodeException {
        ParsedNode node = new ParsedNode(null, name);
        for (String field : values.keySet()) {
            Object value = getSerializableFieldValue(field);
            if (value instanceof List<?> list) {
                for (Object item : list) {
                    node.addChild(((SerializedOptions) item).serialize());
                }
            } else if (value instanceof SerializedOptions options) {
                node.addChild(options.serialize());
            } else {
                node.addChild(null, field, value);
            }
        }
        return node;
    }
}
