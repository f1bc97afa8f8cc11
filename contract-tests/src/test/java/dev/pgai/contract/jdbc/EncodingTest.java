package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.catalog.CatalogScript;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.CatalogInstaller;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.internal.standin.CatalogStandin;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database that was created with another encoding than UTF8, and does not have all characters. */
class EncodingTest {

    private static final String CHINESE = "\u6c49\u5b57";

    private final TestDatabase neighbour =
            TestDatabases.builder().catalog(TestCatalog.none()).build().create();
    private final String name = neighbour.name() + "_latin1";
    private final PGSimpleDataSource dataSource = neighbour.dataSource();

    @BeforeEach
    void createDatabase() throws Exception {
        execute(
                neighbour.dataSource(),
                "create database \"" + name
                        + "\" encoding 'LATIN1' locale_provider libc locale 'C' template template0");
        dataSource.setDatabaseName(name);
        execute(dataSource, "create extension vector");
        String catalog = System.getenv("PGAI_TEST_CATALOG");
        if (catalog != null && catalog.endsWith(".whl")) {
            CatalogInstaller.on(dataSource).install(CatalogScript.fromWheel(Path.of(catalog)));
        } else {
            try (Connection connection = dataSource.getConnection()) {
                CatalogStandin.install(connection);
            }
        }
        execute(
                dataSource,
                "create table public.blog (id int primary key, title text not null, content text not null)",
                "insert into public.blog select i, 't\u00eftle', 'content' from generate_series(1, 3) i");
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        execute(neighbour.dataSource(), "drop database if exists \"" + name + "\" with (force)");
        neighbour.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_operation_works(boolean ownConnection) throws SQLException {
        if (!ownConnection) {
            DriverSettingsTest.everything(Pgai.on(dataSource));
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            DriverSettingsTest.everything(Pgai.on(connection));
            connection.commit();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"caf\u00e9 $chunk \u00df\u00bf", "\\ ' \u0080\u009f\u00a0 $chunk"})
    void what_it_has_comes_back(String template) {
        VectorizerDefinition definition = Blog.definition()
                .formatting(Formatting.pythonTemplate(template))
                .build();
        Pgai pgai = Pgai.on(dataSource);

        pgai.create(definition);

        assertThat(pgai.find("v").orElseThrow().definition()).isEqualTo(definition.asStored());
    }

    @ParameterizedTest
    @ValueSource(strings = {CHINESE + " $chunk", "\ud83d\ude00 $chunk", "\u20ac $chunk"})
    void what_it_has_not_is_refused_with_a_hint(String template) {
        Pgai pgai = Pgai.on(dataSource);

        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> pgai.create(Blog.definition()
                        .formatting(Formatting.pythonTemplate(template))
                        .build()))
                .withMessageContaining("encoding of the database")
                .satisfies(e -> assertThat(e.sqlState()).isEqualTo("22P05"));
        assertThat(pgai.list()).isEmpty();
        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> pgai.find(CHINESE))
                .withMessageContaining("encoding of the database");
    }

    private static void execute(PGSimpleDataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Blog.execute(connection, statements);
        }
    }
}
