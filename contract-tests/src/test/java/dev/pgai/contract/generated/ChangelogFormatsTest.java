package dev.pgai.contract.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.change.AbortReplacement;
import dev.pgai.change.AdoptVectorizer;
import dev.pgai.change.AlterVectorizer;
import dev.pgai.change.CompleteReplacement;
import dev.pgai.change.CreateVectorizer;
import dev.pgai.change.CreateVectorizerIfAbsent;
import dev.pgai.change.DisableVectorizer;
import dev.pgai.change.DropVectorizer;
import dev.pgai.change.DropVectorizerIfExists;
import dev.pgai.change.EnableVectorizer;
import dev.pgai.change.EnqueueRows;
import dev.pgai.change.ForgetVectorizer;
import dev.pgai.change.RefreshVectorizerView;
import dev.pgai.change.RepairVectorizer;
import dev.pgai.change.SetVectorizerScheduling;
import dev.pgai.change.StartReplacement;
import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.liquibase.Changelogs;
import dev.pgai.liquibase.AbortVectorizerReplacementChange;
import dev.pgai.liquibase.AdoptVectorizerChange;
import dev.pgai.liquibase.AlterVectorizerChange;
import dev.pgai.liquibase.CompleteVectorizerReplacementChange;
import dev.pgai.liquibase.CreateVectorizerChange;
import dev.pgai.liquibase.DisableVectorizerChange;
import dev.pgai.liquibase.DropVectorizerChange;
import dev.pgai.liquibase.EnableVectorizerChange;
import dev.pgai.liquibase.EnqueueVectorizerChange;
import dev.pgai.liquibase.ForgetVectorizerChange;
import dev.pgai.liquibase.RefreshVectorizerViewChange;
import dev.pgai.liquibase.RepairVectorizerChange;
import dev.pgai.liquibase.SetVectorizerSchedulingChange;
import dev.pgai.liquibase.StartVectorizerReplacementChange;
import dev.pgai.plan.migration.LiquibaseFiles;
import dev.pgai.plan.migration.Migration;
import dev.pgai.plan.migration.MigrationFile;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Enqueue;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.UnknownOption;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.CheckSum;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.core.PostgresDatabase;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.serializer.ChangeLogSerializer;
import liquibase.serializer.core.json.JsonChangeLogSerializer;
import liquibase.serializer.core.xml.XMLChangeLogSerializer;
import liquibase.serializer.core.yaml.YamlChangeLogSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a definition holds, Liquibase's formats say it alike, and its checksum knows it. */
class ChangelogFormatsTest {

    /** XML lacks some characters, however they are written, and Liquibase replaces ${...}. */
    private static final Pattern NOT_EVERYWHERE = Pattern.compile("\\\\u00[01]|\\\\[bf]|[\\ufffe\\uffff]|\\$\\{");

    /** What Liquibase refuses to write into XML, and what ends lines in the XML 1.1 that it writes. */
    private static final Pattern NOT_WRITTEN = Pattern.compile("[\\u007f-\\u009f]|\\\\u2028");

    private static final List<VectorizerDefinition> DEFINITIONS = LongStream.range(0, 3_000)
            .mapToObj(seed -> DefinitionGenerator.anywhere(seed).definition())
            // An option of a newer catalog has types that XML does not spell.
            .filter(definition -> definition.options().stream().noneMatch(UnknownOption.class::isInstance))
            .map(definition ->
                    definition.name() == null ? definition.toBuilder().name("v").build() : definition)
            .filter(definition ->
                    !NOT_EVERYWHERE.matcher(VectorizerJson.write(definition)).find())
            .toList();

    private static final List<Map<String, Object>> OPTIONS =
            DEFINITIONS.stream().map(Changelogs::options).toList();

    @TempDir
    private Path directory;

    @Test
    void are_read_alike() throws Exception {
        assertThat(DEFINITIONS.size()).isGreaterThan(200);

        List<CreateVectorizerChange> xml = read("changelog.xml", Changelogs.xml("createVectorizer", OPTIONS));
        List<CreateVectorizerChange> yaml = read("changelog.yaml", Changelogs.yaml("createVectorizer", OPTIONS));
        List<CreateVectorizerChange> json = read("changelog.json", Changelogs.json("createVectorizer", OPTIONS));

        assertSame(json);
        assertSame(yaml);
        assertSame(xml);
        assertThat(checksums(json)).doesNotHaveDuplicates();
        assertThat(checksums(yaml)).isEqualTo(checksums(json));
        assertThat(checksums(xml)).isEqualTo(checksums(json));
    }

    @ParameterizedTest
    @MethodSource("serializers")
    void are_written_and_read_again(ChangeLogSerializer serializer) throws Exception {
        List<ChangeSet> sets = new ArrayList<>();
        all().forEach(change -> {
            ChangeSet set = new ChangeSet(
                    String.valueOf(sets.size()),
                    "test",
                    false,
                    false,
                    "changelog",
                    null,
                    null,
                    new DatabaseChangeLog());
            set.addChange(liquibase(change));
            sets.add(set);
        });
        String file = "written." + serializer.getValidFileExtensions()[0];
        try (OutputStream out = Files.newOutputStream(directory.resolve(file))) {
            serializer.write(sets, out);
        }

        List<Change> read = changes(file);

        assertThat(read).hasSameSizeAs(sets);
        for (int i = 0; i < read.size(); i++) {
            Change written = sets.get(i).getChanges().get(0);
            assertThat(read.get(i).validate(new PostgresDatabase()).getErrorMessages())
                    .isEmpty();
            assertThat(read.get(i).serialize().toString())
                    .isEqualTo(written.serialize().toString());
            assertThat(read.get(i).generateCheckSum()).isEqualTo(written.generateCheckSum());
        }
    }

    /** Without Liquibase. */
    @ParameterizedTest
    @EnumSource
    void are_files_of_migrations(LiquibaseFiles.Format format) throws Exception {
        List<VectorizerChange> written = new ArrayList<>(all());
        DEFINITIONS.forEach(definition -> written.add(VectorizerChange.create(definition)));
        List<Migration> migrations = new ArrayList<>();
        for (VectorizerChange change : written) {
            migrations.add(Migration.of(String.valueOf(migrations.size()), "one change", List.of(change)));
        }
        MigrationFile file = LiquibaseFiles.write(migrations, "\"a\" <b>: 'é'", format);
        Files.writeString(directory.resolve(file.name()), file.content());

        List<Change> read = changes(file.name());

        assertThat(read).hasSameSizeAs(written);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).validate(new PostgresDatabase()).getErrorMessages())
                    .isEmpty();
            assertThat(read.get(i).generateCheckSum())
                    .as(written.get(i).toString())
                    .isEqualTo(CheckSum.compute(written.get(i).canonicalText()));
            assertThat(read.get(i).getChangeSet().getAuthor()).isEqualTo("\"a\" <b>: 'é'");
        }
    }

    static List<ChangeLogSerializer> serializers() {
        return List.of(new XMLChangeLogSerializer(), new YamlChangeLogSerializer(), new JsonChangeLogSerializer());
    }

    /** Each kind of change, with each of its options. */
    private static List<VectorizerChange> all() {
        VectorizerDefinition some = DEFINITIONS.get(0);
        String name = some.name() == null ? "v" : some.name();
        return Stream.<VectorizerChange>concat(
                        DEFINITIONS.stream()
                                .filter(definition -> !NOT_WRITTEN
                                        .matcher(VectorizerJson.write(definition))
                                        .find())
                                .map(VectorizerChange::create),
                        Stream.of(
                                VectorizerChange.create(some).withEnqueueExisting(false),
                                VectorizerChange.createIfAbsent(some).withEnqueueExisting(true),
                                VectorizerChange.drop(name, Embeddings.KEEP),
                                VectorizerChange.drop(name, Embeddings.DROP).withDefinition(some),
                                VectorizerChange.dropIfExists(name, Embeddings.KEEP),
                                VectorizerChange.enable("a \"name\" <&> '"),
                                VectorizerChange.disable("2026-01-01"),
                                VectorizerChange.setScheduling(
                                        "1",
                                        Scheduling.timescaledb(),
                                        Indexing.hnsw().withM(5)),
                                VectorizerChange.alter(some),
                                VectorizerChange.alter(some).withBefore(some),
                                VectorizerChange.repair(name),
                                VectorizerChange.repair("2026-01-01")
                                        .withEnqueue(Enqueue.NONE)
                                        .deletingOrphans(),
                                VectorizerChange.refreshView(name),
                                VectorizerChange.refreshView(name).around("alter table \"a\" alter b type text"),
                                VectorizerChange.refreshView(name)
                                        .around(" select '<&>\n' ", "2026-01-01", "select $$it's$$; select 1"),
                                VectorizerChange.adopt(some),
                                VectorizerChange.adopt(some)
                                        .withEnqueue(Enqueue.ALL)
                                        .deletingOrphans(),
                                VectorizerChange.forget(name),
                                VectorizerChange.enqueue(name),
                                VectorizerChange.enqueue(name).withEnqueue(Enqueue.MISSING),
                                VectorizerChange.startReplacement(some),
                                VectorizerChange.startReplacement(some).withEnqueue(Enqueue.NONE),
                                VectorizerChange.completeReplacement(name),
                                VectorizerChange.completeReplacement("2026-01-01")
                                        .acceptingGaps(),
                                VectorizerChange.abortReplacement(name)))
                .toList();
    }

    private static Change liquibase(VectorizerChange change) {
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
        if (change instanceof EnqueueRows rows) {
            return new EnqueueVectorizerChange(rows);
        }
        if (change instanceof StartReplacement start) {
            return new StartVectorizerReplacementChange(start);
        }
        if (change instanceof CompleteReplacement complete) {
            return new CompleteVectorizerReplacementChange(complete);
        }
        if (change instanceof AbortReplacement abort) {
            return new AbortVectorizerReplacementChange(abort);
        }
        return new ForgetVectorizerChange((ForgetVectorizer) change);
    }

    private static void assertSame(List<CreateVectorizerChange> changes) {
        for (int i = 0; i < DEFINITIONS.size(); i++) {
            assertThat(changes.get(i).change().creates().orElseThrow()).isEqualTo(DEFINITIONS.get(i));
        }
    }

    private static List<String> checksums(List<CreateVectorizerChange> changes) {
        return changes.stream()
                .map(change -> change.generateCheckSum().toString())
                .toList();
    }

    private List<CreateVectorizerChange> read(String file, String changelog) throws Exception {
        Files.writeString(directory.resolve(file), changelog);
        return changes(file).stream().map(CreateVectorizerChange.class::cast).toList();
    }

    private List<Change> changes(String file) throws Exception {
        DirectoryResourceAccessor files = new DirectoryResourceAccessor(directory);
        return Scope.child(
                Map.of(Scope.Attr.resourceAccessor.name(), files),
                () -> ChangeLogParserFactory.getInstance()
                        .getParser(file, files)
                        .parse(file, new ChangeLogParameters(), files)
                        .getChangeSets()
                        .stream()
                        .map(set -> set.getChanges().get(0))
                        .toList());
    }
}
