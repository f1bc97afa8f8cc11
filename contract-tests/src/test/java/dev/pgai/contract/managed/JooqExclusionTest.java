package dev.pgai.contract.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.managed.exclusion.ExclusionFormat;
import dev.pgai.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;
import org.jooq.codegen.JavaGenerator;
import org.jooq.meta.Definition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code generator, on what it would make classes for. */
class JooqExclusionTest {

    private static final String[] OWN = {
        "public.blog(id, content)",
        "public.a.b*c, d:e#f(id, content)",
        "public.doc(id, content)",
        "app.BLOG_QUEUE(id)",
        "public.blog_embedding_stores(id)",
        "public.a.bbc, d:e#f_embedding_store(id)",
        "app.blog_embedding_store(id)",
        "app.blog_embedding(id)",
        "public.vectorizer(id, emb)"
    };

    @TempDir
    private Path directory;

    @Test
    void makes_classes_for_everything_without_the_list() throws Exception {
        try (TestDatabase live = UsersDatabase.live()) {
            assertThat(tables(live, new Database()))
                    .contains("ai.vectorizer(id, source_schema, source_table, source_pk, trigger_name, queue_schema,"
                            + " queue_table, config, disabled, queue_failed_table, name)")
                    .contains("public.blog_embedding(embedding_uuid, chunk_seq, chunk, embedding, id, content)")
                    .contains(
                            "public.doc(id, content, emb)", "app._vectorizer_q_failed_1(id, created_at, failure_step)");
        }
    }

    @Test
    void makes_classes_for_the_users_tables_with_the_list() throws Exception {
        try (TestDatabase live = UsersDatabase.live()) {
            String list =
                    ExclusionFormat.JOOQ.write(UsersDatabase.managed(live)).text();
            assertThat(tables(live, new Database().withExcludes(list))).containsExactlyInAnyOrder(OWN);
        }
    }

    @Test
    void makes_classes_for_the_users_tables_with_the_query() throws Exception {
        try (TestDatabase live = UsersDatabase.live()) {
            String query =
                    ExclusionFormat.JOOQ_SQL.write(UsersDatabase.managed(live)).text();
            assertThat(tables(live, new Database().withExcludeSql(query))).containsExactlyInAnyOrder(OWN);
        }
    }

    private Set<String> tables(TestDatabase live, Database database) throws Exception {
        NamesOnly.NAMES.get().clear();
        GenerationTool.generate(new Configuration()
                .withJdbc(new Jdbc().withUrl(live.url()).withUser(live.user()).withPassword(live.password()))
                .withGenerator(new Generator()
                        .withName(NamesOnly.class.getName())
                        .withDatabase(database.withName("org.jooq.meta.postgres.PostgresDatabase")
                                .withSchemata(Stream.of("public", "app", "ai")
                                        .map(name -> new SchemaMappingType().withInputSchema(name))
                                        .toList())
                                .withIncludeExcludeColumns(true))
                        .withTarget(new Target().withDirectory(directory.toString()))));
        return Set.copyOf(NamesOnly.NAMES.get());
    }

    /** Notes what it is asked to generate, in the same thread. */
    public static final class NamesOnly extends JavaGenerator {

        private static final ThreadLocal<Set<String>> NAMES = ThreadLocal.withInitial(TreeSet::new);

        @Override
        protected void generateSchema(SchemaDefinition schema) {
            for (TableDefinition table : schema.getTables()) {
                NAMES.get()
                        .add(schema.getName() + "." + table.getName() + "("
                                + String.join(
                                        ", ",
                                        table.getColumns().stream()
                                                .map(Definition::getName)
                                                .toList()) + ")");
            }
        }
    }
}
