package dev.pgai.contract.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.liquibase.Changelogs;
import dev.pgai.liquibase.CreateVectorizerChange;
import dev.pgai.vectorizer.UnknownOption;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import liquibase.Scope;
import liquibase.changelog.ChangeLogParameters;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a definition holds, Liquibase's formats say it alike, and its checksum knows it. */
class ChangelogFormatsTest {

    /** XML lacks some characters, however they are written, and Liquibase replaces ${...}. */
    private static final Pattern NOT_EVERYWHERE = Pattern.compile("\\\\u00[01]|\\\\[bf]|[\\ufffe\\uffff]|\\$\\{");

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
        DirectoryResourceAccessor files = new DirectoryResourceAccessor(directory);
        return Scope.child(
                Map.of(Scope.Attr.resourceAccessor.name(), files),
                () -> ChangeLogParserFactory.getInstance()
                        .getParser(file, files)
                        .parse(file, new ChangeLogParameters(), files)
                        .getChangeSets()
                        .stream()
                        .map(set -> (CreateVectorizerChange) set.getChanges().get(0))
                        .toList());
    }
}
