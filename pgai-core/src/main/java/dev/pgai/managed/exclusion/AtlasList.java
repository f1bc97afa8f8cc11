package dev.pgai.managed.exclusion;

import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObjects;
import java.util.EnumSet;
import java.util.stream.Collectors;

/** {@code exclude = ["schema", "schema.object", "schema.table.child"]}, the attribute of an {@code env} block. */
final class AtlasList {

    private AtlasList() {}

    static ExclusionList write(ManagedObjects objects) {
        Selection selection = Selection.withSchemas(objects, EnumSet.allOf(Kind.class));
        String text = selection.named().isEmpty()
                ? ""
                : selection.named().stream()
                        .map(AtlasList::glob)
                        .distinct()
                        .map(glob -> "  " + quoted(glob) + ",\n")
                        .collect(Collectors.joining("", "exclude = [\n", "]\n"));
        return new ExclusionList(ExclusionFormat.ATLAS, text, selection.missing());
    }

    private static String glob(ManagedObject object) {
        if (object.kind() == Kind.SCHEMA) {
            return part(object.name());
        }
        return part(object.schema()) + "." + (object.table() == null ? "" : part(object.table()) + ".")
                + part(object.name());
    }

    /** The parts are a record of CSV with dots between them; in each part the characters of a glob are escaped. */
    private static String part(String name) {
        StringBuilder glob = new StringBuilder();
        name.codePoints().forEach(c -> {
            switch (c) {
                // In brackets as well: the reader of CSV takes the carriage return of a line end away.
                case '*', '?', '[', '\r' -> glob.append('[').append((char) c).append(']');
                case '\\' -> glob.append("\\\\");
                default -> glob.appendCodePoint(c);
            }
        });
        return name.chars().anyMatch(c -> c == '.' || c == '"' || c == '\n' || c == '\r')
                ? '"' + glob.toString().replace("\"", "\"\"") + '"'
                : glob.toString();
    }

    /** A string of HCL. */
    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("${", "$${")
                        .replace("%{", "%%{")
                + '"';
    }
}
