package dev.pgai.jdbc.install;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.catalog.CatalogInstallException;
import dev.pgai.catalog.CatalogInstallException.Reason;
import dev.pgai.catalog.CatalogScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The states that a test server cannot be brought into. The others are tested on databases. */
class InstallDecisionTest {

    @TempDir
    Path directory;

    @Test
    void refuses_an_old_server() {
        assertRefused(state(140_022, "14.22", true), Reason.POSTGRES_TOO_OLD, "PostgreSQL 14.22", "15 or newer");
    }

    @Test
    void refuses_a_server_without_pgvector() {
        assertRefused(
                state(170_011, "17.11", false),
                Reason.VECTOR_UNAVAILABLE,
                "no extension vector",
                "postgresql-17-pgvector");
    }

    private static DatabaseState state(int versionNumber, String version, boolean vectorAvailable) {
        InstalledCatalog status =
                new InstalledCatalog("shop", version, false, null, false, List.of(), null, null, null, null, null);
        return new DatabaseState(
                status,
                "anna",
                versionNumber,
                false,
                vectorAvailable,
                null,
                null,
                "public",
                List.of(),
                false,
                null,
                null,
                true);
    }

    private void assertRefused(DatabaseState state, Reason reason, String... parts) {
        assertThatExceptionOfType(CatalogInstallException.class)
                .isThrownBy(() -> InstallDecision.decide(state, script(), null))
                .returns(reason, CatalogInstallException::reason)
                .withMessageContainingAll(parts);
    }

    private CatalogScript script() throws IOException {
        return CatalogScript.fromSql(Files.writeString(directory.resolve("ai.sql"), "select '__version__'"), "0.12.1");
    }
}
