package dev.pgai.plan.migration;

import dev.pgai.InvalidArgumentException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A changelog as XML: options are attributes, a list repeats its element. */
final class ChangelogXml {

    private static final String LIQUIBASE = "http://www.liquibase.org/xml/ns/dbchangelog";

    private static final String PGAI = "http://pgai.dev/xml/ns/liquibase";

    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <databaseChangeLog xmlns="%1$s"
                               xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                               xmlns:pgai="%2$s"
                               xsi:schemaLocation="%1$s %1$s/dbchangelog-latest.xsd
                                                   %2$s %2$s/pgai.xsd">
            """.formatted(LIQUIBASE, PGAI);

    /** What one of a list, and an element that is nothing but a text, has its text in. */
    private static final String VALUE = "value";

    private final StringBuilder xml = new StringBuilder(HEAD);

    private ChangelogXml() {}

    static String write(List<WrittenChangeSet> changeSets) {
        ChangelogXml changelog = new ChangelogXml();
        changeSets.forEach(changelog::changeSet);
        return changelog.xml.append("</databaseChangeLog>\n").toString();
    }

    private void changeSet(WrittenChangeSet changeSet) {
        xml.append("  <changeSet");
        attribute("id", changeSet.id());
        attribute("author", changeSet.author());
        xml.append(">\n    <comment>")
                .append(escaped(changeSet.comment(), false))
                .append("</comment>\n");
        changeSet.changes().forEach(change -> change.forEach((name, options) -> element("    ", name, options)));
        xml.append("  </changeSet>\n");
    }

    private void element(String indent, Object name, Map<?, ?> values) {
        xml.append(indent).append("<pgai:").append(name);
        values.forEach((key, value) -> {
            if (!isElement(value)) {
                attribute(key, value);
            }
        });
        if (values.values().stream().noneMatch(ChangelogXml::isElement)) {
            xml.append("/>\n");
            return;
        }
        xml.append(">\n");
        values.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map) {
                element(indent + "  ", key, map);
            } else if (value instanceof List<?> list) {
                if (list.isEmpty()) {
                    element(indent + "  ", key, Map.of());
                }
                list.forEach(item -> element(indent + "  ", key, Map.of(VALUE, item)));
            }
        });
        xml.append(indent).append("</pgai:").append(name).append(">\n");
    }

    private static boolean isElement(Object value) {
        return value instanceof Map || value instanceof List;
    }

    private void attribute(Object name, Object value) {
        xml.append(' ')
                .append(name)
                .append("=\"")
                .append(escaped(String.valueOf(value), true))
                .append('"');
    }

    private static String escaped(String text, boolean isAttribute) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (!isInXml(c)) {
                throw new InvalidArgumentException(
                        "format",
                        LiquibaseFiles.Format.XML,
                        "there is a character U+" + String.format(Locale.ROOT, "%04X", c)
                                + " in a text, which XML cannot hold",
                        "Write YAML or JSON.");
            }
            boolean isUnseen = c > '~' && !Character.isLetterOrDigit(c);
            if ("&<>\"".indexOf(c) >= 0 || isUnseen || (isAttribute && c < ' ')) {
                escaped.append("&#").append(c).append(';');
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static boolean isInXml(int c) {
        return c == '\n'
                || c == '\r'
                || c == '\t'
                || (c >= ' ' && !(c >= 0xd800 && c <= 0xdfff) && c != 0xfffe && c != 0xffff);
    }
}
