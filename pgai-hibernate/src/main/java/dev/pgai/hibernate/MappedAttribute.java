package dev.pgai.hibernate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.mapping.BasicValue;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.Component;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Value;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.jdbc.JdbcType;
import org.hibernate.type.descriptor.jdbc.ObjectJdbcType;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of an entity, in the entity's own table. What is in an embeddable counts for itself.
 *
 * @param path such as {@code com.example.Blog.embedding}
 */
record MappedAttribute(String path, Property property) {

    /** The codes of all kinds of vectors begin with it. */
    private static final int VECTORS = 10;

    static List<MappedAttribute> of(PersistentClass entity) {
        List<MappedAttribute> attributes = new ArrayList<>();
        Property key = entity.getIdentifierProperty();
        if (key != null) {
            add(attributes, entity, entity.getEntityName(), key);
        }
        entity.getProperties().forEach(property -> add(attributes, entity, entity.getEntityName(), property));
        return attributes;
    }

    private static void add(
            List<MappedAttribute> attributes, PersistentClass entity, String parent, Property property) {
        String path = parent + "." + property.getName();
        if (property.getValue() instanceof Component component) {
            component.getProperties().forEach(part -> add(attributes, entity, path, part));
        } else if (entity.getTable().equals(property.getValue().getTable())) {
            attributes.add(new MappedAttribute(path, property));
        }
    }

    Value value() {
        return property.getValue();
    }

    /**
     * As the database knows them; none when it is calculated, or is an association that is mapped from its other end.
     */
    List<String> columns() {
        return columns(value());
    }

    static List<String> columns(Value value) {
        return ofTable(value)
                .map(column -> String.valueOf(
                        MappedName.inDatabase(Identifier.toIdentifier(column.getName(), column.isQuoted()))))
                .toList();
    }

    private static Stream<Column> ofTable(Value value) {
        // Value.getColumns() fails where there is a formula.
        return value.getSelectables().stream().filter(Column.class::isInstance).map(Column.class::cast);
    }

    boolean isVector() {
        JdbcType type = jdbcType();
        return type != null
                && type.getDefaultSqlTypeCode() >= SqlTypes.VECTOR
                && type.getDefaultSqlTypeCode() < SqlTypes.VECTOR + VECTORS;
    }

    /** Whether it is a vector for which there is no type, so that Hibernate has taken one that knows nothing. */
    boolean lacksVectorType() {
        return isVector() && jdbcType() instanceof ObjectJdbcType;
    }

    private @Nullable JdbcType jdbcType() {
        return value() instanceof BasicValue basic ? basic.resolve().getJdbcType() : null;
    }

    /** What {@code @Array} says, or null. */
    @Nullable
    Integer length() {
        return ofTable(value()).findFirst().map(Column::getArrayLength).orElse(null);
    }

    boolean isWritten() {
        // What the database generates, Hibernate reads back.
        return property.getValueGeneratorCreator() == null && (property.isInsertable() || property.isUpdateable());
    }
}
