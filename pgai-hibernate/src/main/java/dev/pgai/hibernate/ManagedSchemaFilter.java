package dev.pgai.hibernate;

import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObjects;
import java.util.List;
import java.util.Locale;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.mapping.Table;
import org.hibernate.tool.schema.spi.SchemaFilter;
import org.jspecify.annotations.Nullable;

/** Leaves out what the user's own filter leaves out, what is pgai's in the database, and what is declared to be. */
final class ManagedSchemaFilter implements SchemaFilter {

    private static final long serialVersionUID = 1L;

    private final SchemaFilter users;
    private final transient ManagedObjects managed;
    private final transient List<Table> declared;

    ManagedSchemaFilter(SchemaFilter users, ManagedObjects managed, List<Table> declared) {
        this.users = users;
        this.managed = managed;
        this.declared = declared;
    }

    @Override
    public boolean includeNamespace(Namespace namespace) {
        String schema = name(namespace.getName().getSchema());
        return (schema == null || !managed.contains(Kind.SCHEMA, null, schema)) && users.includeNamespace(namespace);
    }

    @Override
    public boolean includeTable(Table table) {
        return !declared.contains(table)
                && !managed.containsRelation(name(table.getSchemaIdentifier()), inDatabase(table.getNameIdentifier()))
                && users.includeTable(table);
    }

    @Override
    public boolean includeSequence(Sequence sequence) {
        return !managed.contains(
                        Kind.SEQUENCE,
                        name(sequence.getName().getSchemaName()),
                        inDatabase(sequence.getName().getSequenceName()))
                && users.includeSequence(sequence);
    }

    private static @Nullable String name(@Nullable Identifier identifier) {
        return identifier == null ? null : inDatabase(identifier);
    }

    /** PostgreSQL writes names in lower case unless they are quoted. */
    private static String inDatabase(Identifier identifier) {
        return identifier.isQuoted()
                ? identifier.getText()
                : identifier.getText().toLowerCase(Locale.ROOT);
    }
}
