package dev.pgai.managed.exclusion;

import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObjects;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The file {@code filter.rgf}. */
final class RedgateList {

    private static final Set<Kind> KINDS = Set.of(Kind.SCHEMA, Kind.TABLE, Kind.VIEW, Kind.SEQUENCE, Kind.FUNCTION);

    /** The first version of the format that has {@code fullNameExact}. */
    private static final String VERSION = "1.5";

    private RedgateList() {}

    static ExclusionList write(ManagedObjects objects) {
        Selection selection = Selection.byObject(objects, KINDS);
        List<Map<String, Object>> filters = selection.named().stream()
                .map(RedgateList::fullName)
                .distinct()
                .map(RedgateList::exclude)
                .toList();
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", VERSION);
        file.put("postFilters", filters);
        return new ExclusionList(ExclusionFormat.REDGATE, JsonText.write(file), selection.missing());
    }

    private static List<String> fullName(ManagedObject object) {
        return object.kind() == Kind.SCHEMA ? List.of(object.name()) : List.of(object.schema(), object.name());
    }

    private static Map<String, Object> exclude(List<String> fullName) {
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("filterBy", "fullNameExact");
        filter.put("filterValue", fullName);
        filter.put("effect", "exclude");
        return filter;
    }
}
