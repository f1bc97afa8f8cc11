package dev.pgai.benchmarks.tool;

import dev.pgai.benchmarks.database.Pairs;
import dev.pgai.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code update} and {@code rollbackCount}, with a changelog in YAML. */
final class LiquibaseTool implements Tool {

    private static final String CHANGELOG = """
            databaseChangeLog:
              - changeSet:
                  id: blog-embeddings
                  author: team
                  changes:
                    - createVectorizer:
                        name: blog_content_embedder
                        source: {schema: public, table: blog}
                        loading: {implementation: column, column_name: content}
                        embedding: {implementation: openai, model: text-embedding-3-small, dimensions: 768}
                        destination: {implementation: table, destination: blog_embeddings}
                        chunking: {implementation: character_text_splitter, chunk_size: 800, chunk_overlap: 400, separator: ".", is_separator_regex: false}
                        formatting: {implementation: python_template, template: $title - $chunk}
            """;

    private final TestDatabase database;
    private final Path folder;

    LiquibaseTool(TestDatabase database, Path work) throws Exception {
        this.database = database;
        folder = Files.createTempDirectory(work, "liquibase");
        Files.writeString(folder.resolve("changelog.yaml"), CHANGELOG);
    }

    @Override
    public String name() {
        return "Liquibase";
    }

    @Override
    public double up() throws Exception {
        return run("update", Map.of());
    }

    @Override
    public double down() throws Exception {
        return run("rollbackCount", Map.of("count", 1));
    }

    private double run(String command, Map<String, Object> arguments) throws Exception {
        return Pairs.time(() -> LiquibaseCommand.run(
                folder, command, database.url(), database.user(), database.password(), "changelog.yaml", arguments));
    }
}
