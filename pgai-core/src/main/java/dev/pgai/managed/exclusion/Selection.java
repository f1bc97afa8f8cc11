package dev.pgai.managed.exclusion;

import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which objects a list has to name, and which it cannot. What is on a table or view goes with it in every tool.
 *
 * @param named the objects to write
 * @param missing the objects that cannot be said
 */
record Selection(List<ManagedObject> named, List<ManagedObject> missing) {

    /** For tools in which a schema that is left out takes everything in it along. */
    static Selection withSchemas(ManagedObjects objects, Set<Kind> kinds) {
        return select(objects, kinds, true);
    }

    /** For tools that want each object of a schema by its own name. */
    static Selection byObject(ManagedObjects objects, Set<Kind> kinds) {
        return select(objects, kinds, false);
    }

    private static Selection select(ManagedObjects objects, Set<Kind> kinds, boolean schemasCover) {
        List<ManagedObject> named = new ArrayList<>();
        List<ManagedObject> missing = new ArrayList<>();
        boolean relations = kinds.contains(Kind.TABLE) && kinds.contains(Kind.VIEW);
        for (ManagedObject object : objects.list()) {
            if (object.kind() != Kind.SCHEMA && schemasCover && inManagedSchema(objects, object)) {
                continue;
            }
            if (relations && object.table() != null && objects.containsRelation(object.schema(), object.table())) {
                continue;
            }
            (kinds.contains(object.kind()) ? named : missing).add(object);
        }
        return new Selection(named, missing);
    }

    static boolean inManagedSchema(ManagedObjects objects, ManagedObject object) {
        return objects.contains(Kind.SCHEMA, null, object.schema());
    }
}
