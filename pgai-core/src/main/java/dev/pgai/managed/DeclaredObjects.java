package dev.pgai.managed;

import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObject.Reason;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a definition alone says about the objects that the catalog will make of it. */
final class DeclaredObjects {

    /** The columns that every store and every view has; the key columns of the source come to them. */
    private static final List<String> COLUMNS = List.of("embedding_uuid", "chunk_seq", "chunk", "embedding");

    private final List<ManagedObject> objects = new ArrayList<>();

    private DeclaredObjects() {}

    static List<ManagedObject> of(Collection<VectorizerDefinition> definitions) {
        DeclaredObjects declared = new DeclaredObjects();
        declared.objects.add(
                new ManagedObject(Kind.SCHEMA, CatalogNames.SCHEMA, CatalogNames.SCHEMA, null, null, Reason.CATALOG));
        definitions.forEach(declared::add);
        return declared.objects;
    }

    private void add(VectorizerDefinition definition) {
        CatalogNames names = CatalogNames.of(definition);
        String vectorizer = names.vectorizer();
        boolean indexed =
                definition.indexing() instanceof Indexing.Hnsw || definition.indexing() instanceof Indexing.DiskAnn;
        RelationName store = names.store();
        if (store != null) {
            addRelation(Kind.TABLE, store, vectorizer, Reason.STORE);
            String key = ServerNames.primaryKey(store.name());
            addOn(store, Kind.INDEX, key, vectorizer, Reason.STORE);
            addOn(store, Kind.CONSTRAINT, key, vectorizer, Reason.STORE);
            if (indexed) {
                addOn(store, Kind.INDEX, ServerNames.index(store.name(), "embedding"), vectorizer, Reason.STORE);
            }
        }
        RelationName view = names.view();
        if (view != null) {
            addRelation(Kind.VIEW, view, vectorizer, Reason.VIEW);
        }
        if (definition.destination() instanceof Destination.Column column) {
            RelationName source = definition.source();
            String embedding = column.embeddingColumn();
            addOn(source, Kind.COLUMN, embedding, vectorizer, Reason.EMBEDDING_COLUMN);
            if (indexed) {
                String index = ServerNames.index(source.name(), embedding);
                addOn(source, Kind.INDEX, index, vectorizer, Reason.EMBEDDING_INDEX);
            }
        }
        if (definition.queueTable() != null) {
            String schema = definition.queueSchema() == null ? CatalogNames.SCHEMA : definition.queueSchema();
            objects.add(new ManagedObject(Kind.TABLE, schema, definition.queueTable(), null, vectorizer, Reason.QUEUE));
        }
    }

    private void addRelation(Kind kind, RelationName relation, String vectorizer, Reason reason) {
        objects.add(new ManagedObject(kind, relation.schema(), relation.name(), null, vectorizer, reason));
        COLUMNS.forEach(column -> addOn(relation, Kind.COLUMN, column, vectorizer, reason));
    }

    private void addOn(RelationName relation, Kind kind, String name, String vectorizer, Reason reason) {
        objects.add(new ManagedObject(kind, relation.schema(), name, relation.name(), vectorizer, reason));
    }
}
