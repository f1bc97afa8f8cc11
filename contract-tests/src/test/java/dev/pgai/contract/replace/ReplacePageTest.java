package dev.pgai.contract.replace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.database.VectorizerReplacement;
import dev.pgai.jdbc.Pgai;
import dev.pgai.jdbc.Replacements;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Does what docs/replace.md shows. */
class ReplacePageTest {

    private static final Pattern LINE = Pattern.compile("(?m)^// (blog__next .*)$");

    @Test
    void the_page_does_what_it_says() throws Exception {
        VectorizerDefinition definition = VectorizerDefinition.builder(
                        RelationName.of("public", "blog"),
                        Loading.column("content"),
                        Embedding.openai("text-embedding-3-small", 768))
                .name("blog")
                .build();
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table public.blog (id int primary key, content text);"
                    + " insert into public.blog select i, 'text' from generate_series(1, 3) i");
            Pgai pgai = Pgai.on(database.dataSource());
            pgai.create(definition);
            TestWorker.of(database, "blog").drain();

            Replacements replacements = pgai.replacements();
            VectorizerReplacement started = replacements.start(definition.toBuilder()
                    .embedding(Embedding.openai("text-embedding-3-large", 1024))
                    .build());
            // A worker for it alone: pgai vectorizer worker --vectorizer-id <started.nextId()>
            replacements.find("blog").ifPresent(System.out::println);
            // blog__next fills to replace blog: 0 of 10000 rows are embedded, 10000 are queued, 0 failed

            Matcher printed = LINE.matcher(Files.readString(Path.of("../docs/replace.md")));
            assertThat(printed.find()).isTrue();
            assertThat(printed.group(1).replace("10000", "3")).isEqualTo(started.toString());
            TestWorker.of(database, "blog__next").drain();
            replacements.complete("blog"); // when all are embedded

            assertThat(pgai.find("blog").orElseThrow().definition().embedding().dimensions())
                    .isEqualTo(1024);
        }
    }
}
