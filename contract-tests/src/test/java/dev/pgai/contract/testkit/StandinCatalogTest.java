package dev.pgai.contract.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.catalog.CatalogInstallException;
import dev.pgai.catalog.CatalogInstallException.Reason;
import dev.pgai.catalog.CatalogScript;
import dev.pgai.jdbc.CatalogInstaller;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.junit.PgaiTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stand-in for the catalog and a real catalog do not go over each other. */
@PgaiTest(catalog = "standin")
class StandinCatalogTest {

    private static final String SCRIPT = """
            create schema if not exists ai;
            create table if not exists ai.pgai_lib_version (name text primary key, version text not null);
            insert into ai.pgai_lib_version values ('ai', '__version__')
              on conflict (name) do update set version = excluded.version;
            create table if not exists ai.real (embedding @extschema:vector@.vector(3));
            """;

    @TempDir
    private Path directory;

    private Path script;

    @BeforeEach
    void writeTheScript() throws Exception {
        script = Files.writeString(directory.resolve("ai.sql"), SCRIPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.10.2", "0.12.1", "0.13.0"})
    void a_real_catalog_is_not_installed_over_the_standin(String version, Connection connection) throws SQLException {
        assertThat(CatalogInstaller.on(connection).status().version()).isEqualTo("standin-0.12.1");
        assertThatExceptionOfType(CatalogInstallException.class)
                .isThrownBy(() -> CatalogInstaller.on(connection).install(CatalogScript.fromSql(script, version)))
                .withMessageContaining("its version 'standin-0.12.1' is not one of pgai's")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN_SCHEMA));
        try (Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("select from ai.real")).hasMessageContaining("does not exist");
        }
    }

    @Test
    void the_standin_is_not_installed_over_a_real_catalog() throws Exception {
        Path real = Files.writeString(
                directory.resolve("real.sql"),
                "create extension if not exists vector;"
                        + SCRIPT.replace("@extschema:vector@", "public").replace("__version__", "0.12.1"));
        TestDatabases mixed = TestDatabases.builder()
                .catalog(TestCatalog.none())
                .script(real.toString())
                .script("classpath:dev/pgai/testkit/catalog/01-tables.sql")
                .build();
        assertThatThrownBy(mixed::create)
                .hasMessageContaining("a pgai catalog, real or stand-in, is already installed in this database");
    }
}
