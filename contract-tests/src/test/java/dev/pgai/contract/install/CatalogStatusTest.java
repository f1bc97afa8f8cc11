package dev.pgai.contract.install;

import static dev.pgai.contract.install.EmptyDatabase.execute;
import static dev.pgai.contract.install.EmptyDatabase.query;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.catalog.CatalogStatus;
import dev.pgai.jdbc.CatalogInstaller;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogStatusTest {

    @TempDir
    Path directory;

    private EmptyDatabase database;

    @BeforeEach
    void createDatabase() {
        database = new EmptyDatabase();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void an_empty_database_has_nothing() throws Exception {
        try (Connection connection = database.connect()) {
            String server = requireNonNull(query(connection, "show server_version"));

            assertThat(CatalogInstaller.on(connection).status())
                    .returns(database.name(), CatalogStatus::database)
                    .returns(server, CatalogStatus::postgresVersion)
                    .returns(false, CatalogStatus::installed)
                    .returns(null, CatalogStatus::version)
                    .returns(false, CatalogStatus::supported)
                    .returns(null, CatalogStatus::vectorVersion)
                    .returns(null, CatalogStatus::vectorSchema)
                    .returns(null, CatalogStatus::aiExtensionVersion)
                    .returns(null, CatalogStatus::timescaledbVersion)
                    .returns(null, CatalogStatus::vectorscaleVersion);
        }
    }

    @Test
    void extensions_are_given_with_their_versions() throws Exception {
        database.execute(
                "create schema \"Here\"",
                "create extension vector schema \"Here\"",
                "insert into pg_extension(oid, extname, extowner, extnamespace, extrelocatable, extversion) values"
                        + " (999997, 'ai', 10, 'public'::regnamespace, false, '0.11.1'),"
                        + " (999998, 'timescaledb', 10, 'public'::regnamespace, false, '2.22.0'),"
                        + " (999999, 'vectorscale', 10, 'public'::regnamespace, false, '0.8.0')");

        try (Connection connection = database.connect()) {
            CatalogStatus status = CatalogInstaller.on(connection).status();

            assertThat(status.vectorSchema()).isEqualTo("Here");
            assertThat(status.vectorVersion())
                    .isEqualTo(query(connection, "select extversion from pg_extension where extname = 'vector'"));
            assertThat(status.aiExtensionVersion()).isEqualTo("0.11.1");
            assertThat(status.timescaledbVersion()).isEqualTo("2.22.0");
            assertThat(status.vectorscaleVersion()).isEqualTo("0.8.0");
        }
    }

    @Test
    void a_role_without_rights_sees_that_there_is_a_catalog_and_keeps_its_transaction() throws Exception {
        CatalogInstaller.on(database.dataSource()).install(SmallScript.of("0.12.1", directory));
        String role = database.createRole();
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            assertThat(CatalogInstaller.on(connection).status().version()).isEqualTo("0.12.1");

            execute(connection, "set role " + role);
            assertThat(CatalogInstaller.on(connection).status().installed()).isTrue();
            assertThat(CatalogInstaller.on(connection).status().version()).isNull();
            execute(connection, "reset role", "grant usage on schema ai to " + role, "set role " + role);
            assertThat(CatalogInstaller.on(connection).status().version()).isNull();
            execute(
                    connection,
                    "reset role",
                    "grant select on ai.pgai_lib_version to " + role,
                    "revoke usage on schema ai from " + role,
                    "set role " + role);
            assertThat(CatalogInstaller.on(connection).status().version()).isNull();
            assertThat(query(connection, "select 1")).isEqualTo("1");
            execute(connection, "reset role", "grant usage on schema ai to " + role, "set role " + role);
            assertThat(CatalogInstaller.on(connection).status().version()).isEqualTo("0.12.1");
        }
    }

    @Test
    void reading_writes_nothing() throws Exception {
        try (Connection connection = database.connect()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);

            CatalogInstaller.on(connection).status();

            assertThat(query(connection, "select pg_current_xact_id_if_assigned()"))
                    .isNull();
        }
    }
}
