package dev.pgai.contract.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.adapter.AdapterContract;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.vectorizer.Embeddings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.junit.jupiter.api.io.TempDir;

/** With the script of {@code update}. Hibernate creates and drops no vectorizer. */
class HibernateContractTest extends AdapterContract {

    @TempDir
    private Path directory;

    @Override
    protected void create(TestDatabase database) {
        Pgai.on(database.dataSource()).create(VECTORIZER);
    }

    @Override
    protected String diff(TestDatabase model, TestDatabase database) throws Exception {
        Path script = directory.resolve("update.sql");
        try (StandardServiceRegistry registry = new StandardServiceRegistryBuilder()
                        .applySetting(AvailableSettings.JAKARTA_JDBC_URL, database.url())
                        .applySetting(AvailableSettings.JAKARTA_JDBC_USER, database.user())
                        .applySetting(AvailableSettings.JAKARTA_JDBC_PASSWORD, database.password())
                        .applySetting(AvailableSettings.JAKARTA_HBM2DDL_SCRIPTS_ACTION, "update")
                        .applySetting(AvailableSettings.JAKARTA_HBM2DDL_SCRIPTS_CREATE_TARGET, script.toString())
                        .build();
                SessionFactory factory = new MetadataSources(registry)
                        .addAnnotatedClasses(Blog.class, BlogEmbedding.class)
                        .buildMetadata()
                        .buildSessionFactory()) {
            assertThat(factory.isOpen()).isTrue();
        }
        return Files.exists(script) ? Files.readString(script) : "";
    }

    @Override
    protected void undo(TestDatabase database) {
        Pgai.on(database.dataSource()).drop("blog_content_embedder", Embeddings.DROP);
    }
}
