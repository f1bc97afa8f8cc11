package dev.pgai.hibernate;

import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.mapping.Table;
import org.hibernate.tool.schema.spi.SchemaFilter;

/** Leaves out what is pgai's, and what the user's own filter leaves out. */
final class ManagedSchemaFilter implements SchemaFilter {

    private static final long serialVersionUID = 1L;

    private final SchemaFilter users;
    private final transient SchemaLook look;

    ManagedSchemaFilter(SchemaFilter users, SchemaLook look) {
        this.users = users;
        this.look = look;
    }

    @Override
    public boolean includeNamespace(Namespace namespace) {
        return !look.isManaged(namespace) && users.includeNamespace(namespace);
    }

    @Override
    public boolean includeTable(Table table) {
        return !look.isManaged(table) && users.includeTable(table);
    }

    @Override
    public boolean includeSequence(Sequence sequence) {
        return !look.isManaged(sequence) && users.includeSequence(sequence);
    }
}
