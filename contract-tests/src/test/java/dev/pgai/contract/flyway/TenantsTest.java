package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.flyway.RepeatableVectorizerMigration;
import dev.pgai.flyway.VectorizerMigration;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same migrations for a schema of each tenant, in one database. */
class TenantsTest {

    private final FlywayDatabase database = new FlywayDatabase();

    @TempDir
    private Path directory;

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @BeforeEach
    void writeScript() throws Exception {
        Files.writeString(
                directory.resolve("V1__Create_doc.sql"),
                "create table doc (id int primary key, title text, content text);");
    }

    private Flyway flyway(String tenant) throws Exception {
        return database.asOwner(new V2__Create_doc_vectorizer(), new R__Vectorizers())
                .locations("filesystem:" + directory)
                .defaultSchema(tenant)
                .load();
    }

    @Test
    void each_has_its_own_and_a_clean_of_one_leaves_the_other() throws Exception {
        for (String tenant : List.of("tenant_a", "tenant_b")) {
            flyway(tenant).migrate();
        }
        assertThat(database.vectorizers())
                .containsExactly("tenant_a_doc", "tenant_a_titles", "tenant_b_doc", "tenant_b_titles");
        assertThat(Pgai.on(database.database().dataSource()).list())
                .extracting(vectorizer ->
                        String.valueOf(CatalogNames.of(vectorizer.definition()).store()))
                .containsExactly(
                        "tenant_a.doc_embedding_store",
                        "tenant_a.titles_store",
                        "tenant_b.doc_embedding_store",
                        "tenant_b.titles_store");

        // The checksums do not depend on the tenant.
        assertThat(flyway("tenant_b").validateWithResult().validationSuccessful).isTrue();
        assertThat(flyway("tenant_b").migrate().migrationsExecuted).isZero();

        flyway("tenant_a").clean();

        assertThat(database.vectorizers()).containsExactly("tenant_b_doc", "tenant_b_titles");
        flyway("tenant_a").migrate();
        assertThat(database.vectorizers()).hasSize(4);
    }

    /** Names are the database's, and a tenant's only where the tenant is in them. */
    @Test
    void a_name_without_the_tenant_serves_one_only() throws Exception {
        for (String tenant : List.of("tenant_a", "tenant_b")) {
            Flyway flyway = database.asOwner(new V2__Same_name())
                    .locations("filesystem:" + directory)
                    .defaultSchema(tenant)
                    .load();
            if (tenant.equals("tenant_a")) {
                flyway.migrate();
            } else {
                assertThatExceptionOfType(FlywayException.class)
                        .isThrownBy(flyway::migrate)
                        .withStackTraceContaining("on tenant_b.doc: There is a vectorizer doc (id 1)");
            }
        }
    }

    private static VectorizerDefinition doc(String schema) {
        return VectorizerDefinition.builder(
                        RelationName.of(schema, "doc"), Loading.column("content"), Embedding.openai("m", 3))
                .name(schema + "_doc")
                .build();
    }

    private static final class V2__Create_doc_vectorizer extends VectorizerMigration {
        @Override
        protected List<VectorizerChange> changes(String defaultSchema) {
            return List.of(VectorizerChange.create(doc(defaultSchema)));
        }
    }

    private static final class V2__Same_name extends VectorizerMigration {
        @Override
        protected List<VectorizerChange> changes(String defaultSchema) {
            return List.of(VectorizerChange.create(
                    doc(defaultSchema).toBuilder().name("doc").build()));
        }
    }

    private static final class R__Vectorizers extends RepeatableVectorizerMigration {
        @Override
        protected Collection<VectorizerDefinition> definitions(String defaultSchema) {
            return List.of(VectorizerDefinition.builder(
                            RelationName.of(defaultSchema, "doc"), Loading.column("title"), Embedding.openai("m", 3))
                    .name(defaultSchema + "_titles")
                    .destination(Destination.table("titles"))
                    .build());
        }
    }
}
