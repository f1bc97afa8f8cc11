package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.AdoptVectorizer;
import dev.pgai.change.AlterVectorizer;
import dev.pgai.change.CreateVectorizer;
import dev.pgai.change.CreateVectorizerIfAbsent;
import dev.pgai.change.DisableVectorizer;
import dev.pgai.change.DropVectorizer;
import dev.pgai.change.DropVectorizerIfExists;
import dev.pgai.change.EnableVectorizer;
import dev.pgai.change.ForgetVectorizer;
import dev.pgai.change.RefreshVectorizerView;
import dev.pgai.change.RepairVectorizer;
import dev.pgai.change.SetVectorizerScheduling;
import dev.pgai.change.VectorizerChange;
import dev.pgai.json.EnumNames;
import dev.pgai.plan.migration.Migration;
import dev.pgai.plan.migration.MigrationFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.serializer.ChangeLogSerializer;
import liquibase.serializer.core.json.JsonChangeLogSerializer;
import liquibase.serializer.core.xml.XMLChangeLogSerializer;
import liquibase.serializer.core.yaml.YamlChangeLogSerializer;

/** Migrations as changelogs, written by Liquibase's own serializers: {@code liquibase-core} must be there. */
public final class ChangelogFiles {

    /** The formats of changelogs that take changes of extensions. */
    public enum Format {
        /** With the namespace of extensions. */
        XML,
        /** For Liquibase's YAML parser. */
        YAML,
        /** For Liquibase's JSON parser. */
        JSON
    }

    private ChangelogFiles() {}

    /**
     * Writes a changelog with a change set for each migration. The version is its id; the comments of the migration are
     * its comment. Liquibase undoes it by the way back of each change.
     *
     * @param migrations one or more, such as those of one plan
     * @param author of the change sets
     * @param format of the file
     * @return the changelog, with the name {@code <version>_<description>} of the first migration, and the end of its
     *     format
     * @throws InvalidArgumentException when there is no migration
     */
    public static MigrationFile write(List<Migration> migrations, String author, Format format) {
        if (migrations.isEmpty()) {
            throw new InvalidArgumentException("migrations", migrations, "there is none", "Give one or more.");
        }
        List<ChangeSet> changeSets = new ArrayList<>();
        for (Migration migration : migrations) {
            ChangeSet changeSet = new ChangeSet(
                    migration.version(), author, false, false, "changelog", null, null, new DatabaseChangeLog());
            migration.changes().forEach(change -> changeSet.addChange(change(change)));
            changeSet.setComments(migration.description()
                    + (migration.comments().isEmpty() ? "" : "\n" + String.join("\n", migration.comments())));
            changeSets.add(changeSet);
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            serializer(format).write(changeSets, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Migration first = migrations.get(0);
        return new MigrationFile(
                first.version() + "_" + first.fileName() + "." + EnumNames.nameOf(format),
                content.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
    }

    private static ChangeLogSerializer serializer(Format format) {
        return switch (format) {
            case XML -> new XMLChangeLogSerializer();
            case YAML -> new YamlChangeLogSerializer();
            case JSON -> new JsonChangeLogSerializer();
        };
    }

    private static Change change(VectorizerChange change) {
        if (change instanceof CreateVectorizer create) {
            return new CreateVectorizerChange(create);
        }
        if (change instanceof CreateVectorizerIfAbsent create) {
            return new CreateVectorizerChange(create);
        }
        if (change instanceof DropVectorizer drop) {
            return new DropVectorizerChange(drop);
        }
        if (change instanceof DropVectorizerIfExists drop) {
            return new DropVectorizerChange(drop);
        }
        if (change instanceof EnableVectorizer enable) {
            return new EnableVectorizerChange(enable);
        }
        if (change instanceof DisableVectorizer disable) {
            return new DisableVectorizerChange(disable);
        }
        if (change instanceof SetVectorizerScheduling set) {
            return new SetVectorizerSchedulingChange(set);
        }
        if (change instanceof RepairVectorizer repair) {
            return new RepairVectorizerChange(repair);
        }
        if (change instanceof RefreshVectorizerView refresh) {
            return new RefreshVectorizerViewChange(refresh);
        }
        if (change instanceof AlterVectorizer alter) {
            return new AlterVectorizerChange(alter);
        }
        if (change instanceof AdoptVectorizer adopt) {
            return new AdoptVectorizerChange(adopt);
        }
        return new ForgetVectorizerChange((ForgetVectorizer) change);
    }
}
