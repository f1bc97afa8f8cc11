package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.flyway.FlywayDatabase.V1__Create_blog;
import dev.pgai.flyway.VectorizerMigration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.license.VersionPrinter;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store is indexed while it is in use: by a SQL migration beside the Java one. */
class ConcurrentIndexTest {

    private final FlywayDatabase database = new FlywayDatabase();

    @TempDir
    private Path directory;

    @BeforeEach
    void writeScript() throws Exception {
        Files.writeString(
                directory.resolve("V3__Index_store.sql"),
                "create index concurrently blog_by_id on blog_embeddings_store (id);");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private FluentConfiguration migrations() throws Exception {
        // Whoever waits longer than this would wait for ever: the lock is Flyway's own.
        return database.asOwner(new V1__Create_blog(), new V2__Vectorizer())
                .dataSource(
                        database.urlAsOwner() + "%20-c%20lock_timeout%3D2000",
                        database.database().user(),
                        database.database().password())
                .locations("filesystem:" + directory);
    }

    @Test
    void it_waits_for_flyways_own_lock() throws Exception {
        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> migrations().load().migrate())
                .withStackTraceContaining("canceling statement due to lock timeout");
    }

    @Test
    void it_works_with_a_lock_of_the_session() throws Exception {
        FluentConfiguration configuration = migrations();
        lockBySession(configuration);

        configuration.load().migrate();

        assertThat(database.exists("blog_by_id")).isTrue();
    }

    /** Since 13, Flyway's API takes this property with Jackson 3 on the class path only. */
    @SuppressWarnings("deprecation") // what replaces it is not in 11
    private static void lockBySession(FluentConfiguration configuration) {
        if (VersionPrinter.getVersion().matches("1[12]\\..*")) {
            configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
        } else {
            configuration
                    .getPluginRegister()
                    .getPlugin(PostgreSQLConfigurationExtension.class)
                    .setTransactionalLock(false);
        }
    }

    private static final class V2__Vectorizer extends VectorizerMigration {
        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.create(FlywayDatabase.blog().build()));
        }
    }
}
