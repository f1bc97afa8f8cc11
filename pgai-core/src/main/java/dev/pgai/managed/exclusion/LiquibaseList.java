package dev.pgai.managed.exclusion;

import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** {@code table:name, view:name}: a type and a regular expression that the whole bare name must match. */
final class LiquibaseList {

    private static final Set<Kind> KINDS = Set.of(Kind.TABLE, Kind.VIEW, Kind.SEQUENCE, Kind.COLUMN, Kind.INDEX);

    private LiquibaseList() {}

    static ExclusionList write(ManagedObjects objects) {
        Selection selection = Selection.byObject(objects, KINDS);
        Set<String> filters = new TreeSet<>();
        List<ManagedObject> missing = new ArrayList<>(selection.missing());
        for (ManagedObject object : selection.named()) {
            // A bare name of the catalog, such as vectorizer, would take a user's table with it.
            if (Selection.inManagedSchema(objects, object)) {
                missing.add(object);
            } else {
                filters.add(object.kind().name().toLowerCase(Locale.ROOT) + ":" + Regex.literal(object.name()));
            }
        }
        return new ExclusionList(ExclusionFormat.LIQUIBASE, String.join(", ", filters), missing);
    }
}
