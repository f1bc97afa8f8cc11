package dev.pgai.contract.install;

import static dev.pgai.contract.install.EmptyDatabase.execute;
import static dev.pgai.contract.install.EmptyDatabase.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.catalog.CatalogInstallException;
import dev.pgai.catalog.CatalogInstallException.Reason;
import dev.pgai.catalog.CatalogScript;
import dev.pgai.catalog.InstallResult;
import dev.pgai.catalog.InstallResult.Outcome;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.CatalogInstaller;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for any script. */
class CatalogInstallerTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
    void installs_with_autocommit_in_every_query_mode(String mode) throws Exception {
        try (Connection connection = database.connect("preferQueryMode=" + mode)) {
            InstallResult result = CatalogInstaller.on(connection).install(script("0.12.1"));

            assertThat(Installed.of(result))
                    .isEqualTo(new Installed(Outcome.INSTALLED, "0.12.1", null, "public", true));
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(query(connection, "show search_path")).isEqualTo("\"$user\", public");
        }
        assertThat(database.query("select count(*) from ai.item")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
    void a_script_that_fails_in_its_middle_leaves_nothing(String mode) throws Exception {
        CatalogScript broken = script(
                "0.12.1",
                SmallScript.TEXT + "do $$ begin perform 1 / 0; end $$; create table public.after();"
                        + " ".repeat(9999));
        try (Connection connection = database.connect("preferQueryMode=" + mode)) {
            assertThatExceptionOfType(CatalogInstallException.class)
                    .isThrownBy(() -> CatalogInstaller.on(connection).install(broken))
                    .returns(Reason.FAILED, CatalogInstallException::reason)
                    .returns("22012", PgaiDatabaseException::sqlState)
                    .withMessageContainingAll("0.12.1", database.name(), "division by zero", "inline_code_block")
                    // The server repeats the whole script in the context of the error.
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000))
                    .satisfies(e -> assertThat(e).cause().message().hasSizeLessThan(900));
        }
        assertNothingInstalled();
    }

    @Test
    void a_callers_transaction_stays_the_callers() throws Exception {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            execute(connection, "set local search_path = public, pg_temp", "create table before()");

            CatalogInstaller.on(connection).install(script("0.12.1"));

            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(query(connection, "show search_path")).isEqualTo("public, pg_temp");
            assertThat(query(connection, "select count(*) from ai.item, before"))
                    .isEqualTo("0");
            assertNothingInstalled();
            connection.rollback();
            assertThat(query(connection, "show search_path")).isEqualTo("\"$user\", public");
        }
        assertNothingInstalled();
        assertThat(database.query("select to_regclass('before')")).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_data_source_gets_a_transaction_of_its_own(boolean autoCommit) throws Exception {
        var dataSource = database.dataSource(autoCommit);

        assertThat(CatalogInstaller.on(dataSource).install(script("0.12.1")).outcome())
                .isEqualTo(Outcome.INSTALLED);
        assertThat(CatalogInstaller.on(dataSource).install(script("0.12.1")).outcome())
                .isEqualTo(Outcome.UNCHANGED);

        assertThat(database.query("select version from ai.pgai_lib_version")).isEqualTo("0.12.1");
    }

    @Test
    void the_same_version_twice_changes_nothing() throws Exception {
        database.execute("create schema extensions");
        CatalogInstaller.on(database.dataSource())
                .withVectorSchema("extensions")
                .install(script("0.12.1"));
        String before = database.query("select xmin from ai.pgai_lib_version");

        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            InstallResult result = CatalogInstaller.on(connection).install(script("0.12.1"));

            assertThat(Installed.of(result))
                    .isEqualTo(new Installed(Outcome.UNCHANGED, "0.12.1", "0.12.1", "extensions", false));
            assertThat(query(connection, "select pg_current_xact_id_if_assigned()"))
                    .isNull();
            assertThat(query(
                            connection,
                            "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"))
                    .isEqualTo("0");
        }
        assertThat(database.query("select xmin from ai.pgai_lib_version")).isEqualTo(before);
    }

    @Test
    void an_older_version_is_upgraded_and_a_newer_one_is_not_downgraded() throws Exception {
        CatalogInstaller.on(database.dataSource()).install(script("0.9.9"));

        assertThat(Installed.of(CatalogInstaller.on(database.dataSource()).install(script("0.10.2"))))
                .isEqualTo(new Installed(Outcome.UPGRADED, "0.10.2", "0.9.9", "public", false));
        assertRefused(Reason.DOWNGRADE, script("0.9.9"), "0.10.2", "0.9.9", "no way back");
        assertRefused(Reason.DOWNGRADE, script("0.10.2-rc.1"), "0.10.2", "0.10.2-rc.1");

        assertThat(database.query("select version from ai.pgai_lib_version")).isEqualTo("0.10.2");
    }

    @Test
    void vector_goes_where_it_is_said_and_its_schema_is_quoted() throws Exception {
        database.execute("create schema \"My Extensions\"");

        InstallResult result = CatalogInstaller.on(database.dataSource())
                .withVectorSchema("My Extensions")
                .install(script("0.12.1"));

        assertThat(result.vectorSchema()).isEqualTo("My Extensions");
        assertThat(database.query("select format_type(atttypid, atttypmod) from pg_attribute"
                        + " where attrelid = 'ai.item'::regclass and attname = 'embedding'"))
                .isEqualTo("\"My Extensions\".vector(3)");
    }

    @Test
    void an_installed_vector_stays_where_it_is() throws Exception {
        database.execute("create schema here", "create schema there", "create extension vector schema here");

        InstallResult result = CatalogInstaller.on(database.dataSource())
                .withVectorSchema("there")
                .install(script("0.12.1"));

        assertThat(Installed.of(result)).isEqualTo(new Installed(Outcome.INSTALLED, "0.12.1", null, "here", false));
    }

    @Test
    void a_missing_schema_for_vector_is_named() throws Exception {
        assertRefused(
                CatalogInstaller.on(database.dataSource()).withVectorSchema("nowhere"),
                Reason.VECTOR_SCHEMA,
                script("0.12.1"),
                "\"nowhere\"",
                "withVectorSchema");
        assertNothingInstalled();
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's", "a$b", "100%", "back\\slash"})
    void a_schema_of_vector_that_would_break_the_script_is_refused(String schema) throws Exception {
        database.execute("create schema \"" + schema + "\"");

        assertRefused(
                CatalogInstaller.on(database.dataSource()).withVectorSchema(schema),
                Reason.VECTOR_SCHEMA,
                script("0.12.1"),
                schema);

        assertNothingInstalled();
    }

    @Test
    void a_schema_ai_of_somebody_else_is_left_alone() throws Exception {
        database.execute("create schema ai", "create table ai.note()");

        assertRefused(Reason.FOREIGN_SCHEMA, script("0.12.1"), "not pgai's", "ai.pgai_lib_version", "rename");
    }

    @Test
    void a_version_that_is_none_is_refused() throws Exception {
        CatalogInstaller.on(database.dataSource()).install(script("0.12.1"));

        database.execute("update ai.pgai_lib_version set version = 'main'");
        assertRefused(Reason.FOREIGN_SCHEMA, script("0.12.1"), "'main'");
        database.execute("delete from ai.pgai_lib_version");
        assertRefused(Reason.FOREIGN_SCHEMA, script("0.12.1"), "no row 'ai'");
    }

    @Test
    void an_empty_schema_ai_is_no_obstacle() throws Exception {
        database.execute("create schema ai");

        assertThat(CatalogInstaller.on(database.dataSource())
                        .install(script("0.12.1"))
                        .outcome())
                .isEqualTo(Outcome.INSTALLED);
    }

    @Test
    void a_schema_ai_of_a_role_that_could_replace_what_is_installed_is_refused() throws Exception {
        String role = database.createRole();
        String owner = createOwner();
        database.execute("create schema ai authorization " + role);

        assertRefused(Reason.FOREIGN_SCHEMA, script("0.12.1"), "belongs to role " + role, "alter schema ai owner to");
        try (Connection connection = database.connect()) {
            execute(connection, "grant usage, create on schema ai to " + owner, "set role " + owner);
            assertRefused(connection, Reason.FOREIGN_SCHEMA, script("0.12.1"), "belongs to role " + role);

            execute(connection, "reset role", "grant " + role + " to " + owner, "set role " + owner);
            assertThat(CatalogInstaller.on(connection).install(script("0.12.1")).outcome())
                    .as("a member of the role")
                    .isEqualTo(Outcome.INSTALLED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_database_owner", "the owner", "a superuser"})
    void a_schema_ai_of_a_role_that_has_to_be_trusted_is_no_obstacle(String who) throws Exception {
        String owner = createOwner();
        database.execute(
                switch (who) {
                    case "the owner" -> "create schema ai authorization " + owner;
                    case "a superuser" -> "create schema ai";
                    default -> "create schema ai authorization " + who;
                });

        assertThat(CatalogInstaller.on(database.dataSource())
                        .install(script("0.12.1"))
                        .outcome())
                .isEqualTo(Outcome.INSTALLED);
    }

    @Test
    void the_extension_ai_must_be_one_that_leaves_the_catalog_to_pgai() throws Exception {
        database.execute(
                "create schema ai",
                "create table ai.secret_permissions()",
                "insert into pg_extension(oid, extname, extowner, extnamespace, extrelocatable, extversion)"
                        + " values (999999, 'ai', 10, 'ai'::regnamespace, false, '0.9.2')");
        assertRefused(Reason.AI_EXTENSION_TOO_OLD, script("0.12.1"), "extension ai 0.9.2", "0.10.0", "alter extension");

        database.execute("update pg_extension set extversion = '0.11.1' where extname = 'ai'");
        assertThat(CatalogInstaller.on(database.dataSource())
                        .install(script("0.12.1"))
                        .outcome())
                .isEqualTo(Outcome.INSTALLED);
    }

    @Test
    void the_owner_of_a_database_with_vector_needs_no_superuser() throws Exception {
        String role = createOwner();

        try (Connection connection = database.connect()) {
            execute(connection, "set role " + role);
            assertThat(CatalogInstaller.on(connection).install(script("0.12.1")).outcome())
                    .isEqualTo(Outcome.INSTALLED);
            assertThat(query(connection, "select tableowner from pg_tables where tablename = 'pgai_lib_version'"))
                    .isEqualTo(role);
        }
    }

    @Test
    void only_a_superuser_creates_a_vector_that_is_not_trusted() throws Exception {
        String trusted = database.query("select v.trusted from pg_available_extension_versions v"
                + " join pg_available_extensions e on v.name = e.name and v.version = e.default_version"
                + " where e.name = 'vector'");
        String role = createOwner();
        database.execute("drop extension vector");

        try (Connection connection = database.connect()) {
            execute(connection, "set role " + role);
            if ("t".equals(trusted)) {
                assertThat(CatalogInstaller.on(connection)
                                .install(script("0.12.1"))
                                .vectorCreated())
                        .isTrue();
            } else {
                assertRefused(connection, Reason.NO_PRIVILEGE, script("0.12.1"), role, "superuser", "extension vector");
                assertNothingInstalled();
            }
        }
    }

    @Test
    void a_role_without_the_right_to_create_is_told_so() throws Exception {
        database.execute("create extension vector");
        String role = database.createRole();
        try (Connection connection = database.connect()) {
            execute(connection, "set role " + role);

            assertRefused(connection, Reason.NO_PRIVILEGE, script("0.12.1"), role, "grant create on database");
        }
        assertThat(database.query("select to_regnamespace('ai')")).isNull();
    }

    @Test
    void only_the_owner_upgrades() throws Exception {
        String owner = createOwner();
        String other = database.createRole();
        try (Connection connection = database.connect()) {
            execute(connection, "set role " + owner);
            CatalogInstaller.on(connection).install(script("0.12.0"));

            execute(connection, "set role " + other);
            assertRefused(connection, Reason.NOT_OWNER, script("0.12.1"), owner, other, "may not read");
            execute(connection, "reset role");
            assertRefused(connection, Reason.NOT_OWNER, script("0.12.1"), owner, "set role");
            assertThat(CatalogInstaller.on(connection).install(script("0.12.0")).outcome())
                    .isEqualTo(Outcome.UNCHANGED);

            execute(connection, "set role " + owner);
            assertThat(CatalogInstaller.on(connection).install(script("0.12.1")).outcome())
                    .isEqualTo(Outcome.UPGRADED);
        }
    }

    @Test
    void tables_of_pg_database_owner_are_the_database_owners() throws Exception {
        String owner = createOwner();
        String other = database.createRole();
        try (Connection connection = database.connect()) {
            execute(connection, "set role " + owner);
            CatalogInstaller.on(connection).install(script("0.12.0"));
            execute(connection, "reset role", "alter table ai.pgai_lib_migration owner to pg_database_owner");

            execute(connection, "set role " + other);
            assertRefused(connection, Reason.NOT_OWNER, script("0.12.1"), "role " + owner);
            execute(connection, "set role " + owner);
            assertThat(CatalogInstaller.on(connection).install(script("0.12.1")).outcome())
                    .isEqualTo(Outcome.UPGRADED);
        }
    }

    @Test
    void a_catalog_that_lost_its_vector_is_not_called_installed() throws Exception {
        CatalogInstaller.on(database.dataSource()).install(script("0.12.1"));
        database.execute("drop extension vector cascade");

        assertRefused(Reason.VECTOR_MISSING, script("0.12.1"), "0.12.1", "no longer the extension vector");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void many_installers_at_once_install_once(boolean autoCommit) throws Exception {
        int sessions = 8;
        var dataSource = database.dataSource(autoCommit);
        CatalogScript slow = script("0.12.1", SmallScript.TEXT + "do $$ begin perform pg_sleep(0.2); end $$;");
        ExecutorService threads = Executors.newFixedThreadPool(sessions);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Outcome>> outcomes = new ArrayList<>();
        Callable<Outcome> install = () -> {
            start.await();
            return CatalogInstaller.on(dataSource).install(slow).outcome();
        };
        try {
            for (int i = 0; i < sessions; i++) {
                outcomes.add(threads.submit(install));
            }
            start.countDown();
            List<Outcome> seen = new ArrayList<>();
            for (Future<Outcome> outcome : outcomes) {
                seen.add(outcome.get(30, TimeUnit.SECONDS));
            }
            assertThat(seen).containsOnlyOnce(Outcome.INSTALLED);
            assertThat(seen).filteredOn(outcome -> outcome == Outcome.UNCHANGED).hasSize(sessions - 1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void an_installer_that_waited_looks_again_before_it_downgrades() throws Exception {
        CatalogInstaller.on(database.dataSource()).install(script("0.12.0"));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection first = database.connect();
                Connection second = database.connect()) {
            first.setAutoCommit(false);
            CatalogInstaller.on(first).install(script("0.12.2"));
            Future<InstallResult> waiting =
                    thread.submit(() -> CatalogInstaller.on(second).install(script("0.12.1")));
            awaitWaitingSession();

            first.commit();

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
                    .havingCause()
                    .isInstanceOfSatisfying(
                            CatalogInstallException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.DOWNGRADE));
        } finally {
            thread.shutdownNow();
        }
        assertThat(database.query("select version from ai.pgai_lib_version")).isEqualTo("0.12.2");
    }

    @Test
    void an_installer_that_knows_only_the_tables_lock_is_waited_for() throws Exception {
        CatalogInstaller.on(database.dataSource()).install(script("0.12.0"));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            execute(
                    other,
                    "lock table ai.pgai_lib_migration",
                    "update ai.pgai_lib_version set version = '0.12.2' where name = 'ai'");
            Future<InstallResult> waiting = thread.submit(
                    () -> CatalogInstaller.on(database.dataSource()).install(script("0.12.1")));
            awaitWaitingSession();

            other.commit();

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
                    .havingCause()
                    .isInstanceOfSatisfying(
                            CatalogInstallException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.DOWNGRADE));
        } finally {
            thread.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_transaction_that_cannot_see_anothers_change_is_told(boolean upgrade) throws Exception {
        if (upgrade) {
            CatalogInstaller.on(database.dataSource()).install(script("0.12.0"));
        }
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            query(connection, "select 1");
            CatalogInstaller.on(database.dataSource()).install(script("0.12.1"));

            assertRefused(connection, Reason.CONCURRENT_CHANGE, script("0.12.1"), "Another session", "roll back");

            connection.rollback();
            assertThat(CatalogInstaller.on(connection).install(script("0.12.1")).outcome())
                    .isEqualTo(Outcome.UNCHANGED);
        }
    }

    @Test
    void a_script_that_does_not_enter_its_version_is_refused() throws Exception {
        CatalogScript other =
                script("0.12.1", SmallScript.TEXT.replace("'ai', '__version__'", "'else', '__version__'"));

        assertRefused(Reason.FAILED, other, "0.12.1", "ai.pgai_lib_version");

        assertNothingInstalled();
    }

    /** Makes a role that owns the database; the extension vector is there. */
    private String createOwner() throws SQLException {
        String owner = database.createRole();
        database.execute("create extension vector", "alter database " + database.name() + " owner to " + owner);
        return owner;
    }

    private void awaitWaitingSession() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!"1"
                .equals(database.query("select count(*) from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'"))) {
            assertThat(System.nanoTime()).as("nobody waits").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private void assertRefused(Reason reason, CatalogScript script, String... parts) throws SQLException {
        assertRefused(CatalogInstaller.on(database.dataSource()), reason, script, parts);
    }

    private void assertRefused(CatalogInstaller with, Reason reason, CatalogScript script, String... parts)
            throws SQLException {
        assertThatExceptionOfType(CatalogInstallException.class)
                .isThrownBy(() -> with.install(script))
                .returns(reason, CatalogInstallException::reason)
                .withMessageContainingAll(parts);
    }

    private void assertRefused(Connection connection, Reason reason, CatalogScript script, String... parts) {
        assertThatExceptionOfType(CatalogInstallException.class)
                .isThrownBy(() -> CatalogInstaller.on(connection).install(script))
                .returns(reason, CatalogInstallException::reason)
                .withMessageContainingAll(parts);
    }

    private void assertNothingInstalled() throws SQLException {
        assertThat(database.query("select count(*) from pg_namespace where nspname = 'ai'"))
                .isEqualTo("0");
        assertThat(database.query("select count(*) from pg_extension where extname = 'vector'"))
                .isEqualTo("0");
        assertThat(database.query("select count(*) from pg_class where relname = 'after'"))
                .isEqualTo("0");
    }

    private CatalogScript script(String version) throws IOException {
        return SmallScript.of(version, directory);
    }

    private CatalogScript script(String version, String text) throws IOException {
        return SmallScript.of(version, text, directory);
    }
}
