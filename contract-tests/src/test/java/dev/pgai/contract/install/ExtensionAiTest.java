package dev.pgai.contract.install;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.database.CatalogTooOldException;
import dev.pgai.database.PgaiNotInstalledException;
import dev.pgai.jdbc.Pgai;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The extension {@code ai} is there, which had the catalog inside up to 0.9. */
class ExtensionAiTest {

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
    void a_newer_one_no_longer_has_the_functions() throws SQLException {
        has("0.11.1");

        assertThatExceptionOfType(PgaiNotInstalledException.class)
                .isThrownBy(() -> Pgai.on(database.dataSource()).list())
                .withMessageContainingAll("ai 0.11.1 no longer has the functions of vectorizers", "CatalogInstaller")
                .withMessageNotContaining("alter extension");
    }

    @Test
    void a_newer_one_that_left_the_tables_no_longer_has_the_functions() throws SQLException {
        has("0.11.1");
        database.execute("create table ai.vectorizer (id int, trigger_name text)");

        assertThatExceptionOfType(CatalogTooOldException.class)
                .isThrownBy(() -> Pgai.on(database.dataSource()).list())
                .withMessageContainingAll("ai 0.11.1 no longer has the functions of vectorizers", "CatalogInstaller");
    }

    @Test
    void one_from_before_vectorizers_is_to_be_updated_first() throws SQLException {
        has("0.3.0");

        assertThatExceptionOfType(PgaiNotInstalledException.class)
                .isThrownBy(() -> Pgai.on(database.dataSource()).list())
                .withMessageContainingAll("alter extension ai update", "CatalogInstaller")
                .withMessageNotContaining("no longer");
    }

    private void has(String version) throws SQLException {
        database.execute(
                "create schema ai",
                "insert into pg_extension(oid, extname, extowner, extnamespace, extrelocatable, extversion)"
                        + " values (999999, 'ai', 10, 'ai'::regnamespace, false, '" + version + "')");
    }
}
