package dev.pgai.plan.migration;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.change.ChangeForm;
import dev.pgai.change.VectorizerChange;
import dev.pgai.json.EnumNames;
import dev.pgai.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Migrations as changelogs of Liquibase's, with the changes of {@code pgai-liquibase}. */
public final class LiquibaseFiles {

    /** The formats of changelogs that take changes of extensions. */
    public enum Format {
        /** With the namespace of {@code pgai-liquibase}. */
        XML,
        /** In blocks. */
        YAML,
        /** An object. */
        JSON
    }

    /** Liquibase would change lists in them, so that they are one text. */
    private static final Set<String> JSON_TEXTS = Set.of("options", "extra_options");

    private LiquibaseFiles() {}

    /**
     * Writes a changelog with a change set for each migration. The version is its id; the description and the comments
     * of the migration are its comment. Liquibase undoes it by the way back of each change.
     *
     * @param migrations one or more, such as those of one plan
     * @param author of the change sets
     * @param format of the file
     * @return the changelog, with the name {@code <version>_<description>} of the first migration, and the end of its
     *     format
     * @throws InvalidArgumentException when an argument is null or has null in it, there is no migration, or a text
     *     holds a character that XML has not
     */
    public static MigrationFile write(List<Migration> migrations, String author, Format format) {
        List<Migration> each = Check.each("migrations", migrations, Check::notNull);
        if (each.isEmpty()) {
            throw new InvalidArgumentException("migrations", each, "there is none", "Give one or more.");
        }
        Check.text("author", author);
        List<WrittenChangeSet> changeSets =
                each.stream().map(migration -> changeSet(migration, author)).toList();
        Migration first = each.get(0);
        return new MigrationFile(
                first.version() + "_" + first.fileName() + "." + EnumNames.nameOf(Check.notNull("format", format)),
                switch (format) {
                    case XML -> ChangelogXml.write(changeSets);
                    case YAML -> ChangelogTree.yaml(changeSets);
                    case JSON -> ChangelogTree.json(changeSets);
                });
    }

    private static WrittenChangeSet changeSet(Migration migration, String author) {
        List<String> comment = new ArrayList<>();
        comment.add(migration.description());
        comment.addAll(migration.comments());
        return new WrittenChangeSet(
                migration.version(),
                author,
                String.join("\n", comment),
                migration.changes().stream()
                        .map(change -> Map.of(name(change), options(change)))
                        .toList());
    }

    /** {@code set_scheduling} is {@code setVectorizerScheduling}. */
    private static String name(VectorizerChange change) {
        String[] words = ChangeForm.action(change).replaceFirst("_if_.*", "").split("_", 2);
        return words[0] + "Vectorizer"
                + (words.length == 1 ? "" : words[1].substring(0, 1).toUpperCase(Locale.ROOT) + words[1].substring(1));
    }

    private static Map<String, Object> options(VectorizerChange change) {
        Map<String, Object> options = new LinkedHashMap<>(ChangeForm.values(change));
        if (change.expects().vectorizer().orDone()) {
            options.put(change.creates().isPresent() ? "if_not_exists" : "if_exists", true);
        }
        return withJsonTexts(options);
    }

    @SuppressWarnings("unchecked") // keys are texts
    private static Map<String, Object> withJsonTexts(Map<String, Object> options) {
        Map<String, Object> copy = new LinkedHashMap<>();
        options.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map) {
                copy.put(
                        key, JSON_TEXTS.contains(key) ? JsonText.write(map) : withJsonTexts((Map<String, Object>) map));
            } else {
                copy.put(key, value);
            }
        });
        return copy;
    }
}
