package dev.pgai.hibernate;

import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Code;
import dev.pgai.hibernate.VectorizerObjects.ColumnType;
import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.vectorizer.RelationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Version;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.ToOne;
import org.jspecify.annotations.Nullable;

/** Where entities part from what vectorizers have made. */
final class EntityProblems {

    private final Metadata metadata;
    private final VectorizerObjects objects;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notThere = new ArrayList<>();

    EntityProblems(Metadata metadata, VectorizerObjects objects) {
        this.metadata = metadata;
        this.objects = objects;
        metadata.getEntityBindings().stream()
                .filter(PersistentClass::hasPojoRepresentation)
                .forEach(this::look);
    }

    /** What is wrong. */
    List<Problem> all() {
        return List.copyOf(problems);
    }

    /** What is known of entities whose table is not there. */
    List<String> notThere() {
        return List.copyOf(notThere);
    }

    static Problem withoutVectorType(MappedAttribute attribute) {
        return problem(
                attribute.path(),
                null,
                "It is a vector, and Hibernate has no type for it.",
                "Add org.hibernate.orm:hibernate-vector, in the version of hibernate-core, which is "
                        + Version.getVersionString() + ". An entity that needs no embeddings extends StoredChunk.");
    }

    private void look(PersistentClass entity) {
        RelationName relation = objects.tables().get(entity.getTable());
        if (relation == null) {
            if (MarkedTables.isMarked(entity)) {
                notThere.add("The table or view of " + entity.getEntityName() + ", "
                        + entity.getTable().getName() + ", is not there. " + candidates(entity));
            }
            return;
        }
        ManagedObject embeddings = objects.embeddingsAt(relation).orElse(null);
        if (embeddings != null) {
            onEmbeddings(entity, relation, embeddings);
        } else if (MarkedTables.isMarked(entity) && !objects.isManaged(relation)) {
            add(
                    entity.getEntityName(),
                    relation.toString(),
                    "It is on " + relation + ", which is neither store nor view of a vectorizer.",
                    candidates(entity));
        }
        for (ManagedObject column : objects.destinationColumnsOf(relation)) {
            onColumn(entity, relation, column);
        }
    }

    private void onEmbeddings(PersistentClass entity, RelationName relation, ManagedObject embeddings) {
        Map<String, ColumnType> columns = objects.columnsOf(relation);
        RelationName store = embeddings.kind() == Kind.TABLE
                ? relation
                : objects.stores().get(String.valueOf(embeddings.vectorizer()));
        List<String> key = objects.keyIn(store);
        for (MappedAttribute attribute : MappedAttribute.of(entity)) {
            List<String> missing = attribute.columns().stream()
                    .filter(column -> !columns.containsKey(column))
                    .toList();
            if (attribute.value() instanceof ToOne association && !key.isEmpty()) {
                if (!missing.isEmpty()) {
                    notByKey(attribute, relation, key);
                } else if (!attribute.columns().isEmpty() && !association.hasFormula()) {
                    onAssociation(attribute, association, relation, embeddings, key);
                }
            } else if (!missing.isEmpty()) {
                add(
                        attribute.path(),
                        String.join(", ", missing),
                        "It is mapped to " + columns(missing) + ", which " + relation + " does not have.",
                        "There are " + columns(columns.keySet()) + ".");
            } else if (attribute.isVector()) {
                Dimensions declared = entity.getMappedClass().getAnnotation(Dimensions.class);
                sameDimensions(
                        attribute,
                        attribute.length() == null && declared != null
                                ? Integer.valueOf(declared.value())
                                : attribute.length(),
                        relation,
                        attribute.columns().get(0),
                        embeddings.vectorizer());
            }
        }
    }

    private void onAssociation(
            MappedAttribute attribute,
            ToOne association,
            RelationName relation,
            ManagedObject embeddings,
            List<String> key) {
        PersistentClass target = metadata.getEntityBinding(association.getReferencedEntityName());
        RelationName source = objects.sourceOf(embeddings.vectorizer());
        if (target == null || source == null) {
            return;
        }
        RelationName reached = objects.tables().get(target.getTable());
        if (isOn(target, source)) {
            // By another attribute of the source than its key: that is the user's affair.
            if (association.getReferencedPropertyName() == null
                    && !attribute.columns().equals(MappedAttribute.columns(target.getIdentifier()))) {
                notByKey(attribute, relation, key);
            }
        } else if (embeddings.kind() == Kind.TABLE && reached != null) {
            // The view has the source's columns, too, and with them the source's own associations.
            add(
                    attribute.path(),
                    reached.toString(),
                    "It leads to " + target.getEntityName() + ", which is on " + reached + ". The embeddings in "
                            + relation + " are of " + source + " (vectorizer \"" + embeddings.vectorizer() + "\").",
                    "Let it lead to an entity on " + source + ", or take the store of another vectorizer.");
        }
    }

    private void notByKey(MappedAttribute attribute, RelationName relation, List<String> key) {
        add(
                attribute.path(),
                String.join(", ", attribute.columns()),
                "It is joined by " + columns(attribute.columns()) + ". The key of the source is in " + relation + " as "
                        + columns(key) + ".",
                "Write " + joinColumns(key) + ".");
    }

    private void onColumn(PersistentClass entity, RelationName relation, ManagedObject column) {
        for (MappedAttribute attribute : MappedAttribute.of(entity)) {
            if (!attribute.columns().equals(List.of(column.name()))) {
                continue;
            }
            if (attribute.isWritten()) {
                add(
                        attribute.path(),
                        column.name(),
                        "Hibernate would write column \"" + column.name() + "\" of " + relation
                                + ", which vectorizer \"" + column.vectorizer()
                                + "\" writes to, and put back embeddings that are out of date.",
                        "Write @Column(name = \"" + column.name() + "\", insertable = false, updatable = false).");
            }
            sameDimensions(attribute, attribute.length(), relation, column.name(), column.vectorizer());
        }
    }

    private void sameDimensions(
            MappedAttribute attribute,
            @Nullable Integer expected,
            RelationName relation,
            String column,
            @Nullable String vectorizer) {
        ColumnType type = objects.columnsOf(relation).get(column);
        if (expected != null && type != null && type.dimensions() > 0 && type.dimensions() != expected) {
            add(
                    attribute.path(),
                    expected.toString(),
                    "It is to have " + expected + " dimensions. Column \"" + column + "\" of " + relation + " is a "
                            + type.name() + (vectorizer == null ? "" : ", made by vectorizer \"" + vectorizer + "\"")
                            + ".",
                    "Write the " + type.dimensions() + " of the vectorizer, or create one with " + expected
                            + " dimensions and map what it makes.");
        }
    }

    /** What the entity could be on. */
    private String candidates(PersistentClass entity) {
        List<RelationName> sources = MappedAttribute.of(entity).stream()
                .filter(attribute -> attribute.value() instanceof ToOne)
                .map(attribute -> metadata.getEntityBinding(((ToOne) attribute.value()).getReferencedEntityName()))
                .filter(Objects::nonNull)
                .map(target -> objects.tables().get(target.getTable()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        String stores = objects.stores().entrySet().stream()
                .filter(store -> sources.isEmpty() || sources.contains(objects.sourceOf(store.getKey())))
                .map(store -> store.getValue() + " (vectorizer \"" + store.getKey() + "\")")
                .collect(Collectors.joining(", "));
        String of = sources.isEmpty()
                ? ""
                : " of " + sources.stream().map(RelationName::toString).collect(Collectors.joining(", "));
        return stores.isEmpty()
                ? "No vectorizer" + of
                        + " has a store. Create the vectorizer, in a migration that runs before Hibernate starts."
                : "The stores of vectorizers" + of + ": " + stores + ". Name the right one by @Table.";
    }

    private boolean isOn(PersistentClass entity, RelationName relation) {
        return Stream.concat(
                        Stream.of(entity.getRootTable()),
                        Stream.concat(entity.getTableClosure().stream(), entity.getSubclassTableClosure().stream()))
                .map((Table table) -> objects.tables().get(table))
                .anyMatch(relation::equals);
    }

    private static String columns(Iterable<String> names) {
        List<String> quoted = new ArrayList<>();
        names.forEach(name -> quoted.add("\"" + name + "\""));
        return (quoted.size() == 1 ? "column " : "columns ") + String.join(", ", quoted);
    }

    private static String joinColumns(List<String> key) {
        return key.stream()
                .map(column -> key.size() == 1
                        ? "@JoinColumn(name = \"" + column + "\")"
                        : "@JoinColumn(name = \"" + column + "\", referencedColumnName = \"" + column + "\")")
                .collect(Collectors.joining(" "));
    }

    private void add(String path, @Nullable String value, String message, String hint) {
        problems.add(problem(path, value, message, hint));
    }

    private static Problem problem(String path, @Nullable String value, String message, String hint) {
        return Problem.of(Code.ENTITY_MISMATCH, path, value, message, hint);
    }
}
