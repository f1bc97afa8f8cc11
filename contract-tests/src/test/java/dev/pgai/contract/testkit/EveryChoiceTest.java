package dev.pgai.contract.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.pgai.PgaiException;
import dev.pgai.contract.install.Inputs;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.TestServer;
import dev.pgai.testkit.TestVector;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every combination of vector and catalog, on the lane's server and on the same server behind a URL: it works, or says
 * why it cannot. All lanes together have every combination that is offered.
 */
class EveryChoiceTest {

    private enum Server {
        OF_THE_LANE,
        BY_URL
    }

    private enum Catalog {
        STANDIN,
        WHEEL,
        SQL,
        NONE
    }

    @TempDir
    private static Path directory;

    private static TestDatabase host;
    private static boolean hostHasPgvector;

    @BeforeAll
    static void lookAtTheServer() throws SQLException {
        host = TestDatabases.builder()
                .vector(TestVector.AUTO)
                .catalog(TestCatalog.none())
                .build()
                .create();
        try (Connection connection = host.connection()) {
            hostHasPgvector = !text(
                            connection, "select default_version from pg_available_extensions where name = 'vector'")
                    .endsWith("-standin");
        }
    }

    @AfterAll
    static void closeTheHost() {
        host.close();
    }

    static List<Arguments> combinations() {
        List<Arguments> all = new ArrayList<>();
        for (Server server : Server.values()) {
            for (TestVector vector : TestVector.values()) {
                for (Catalog catalog : Catalog.values()) {
                    all.add(Arguments.of(server, vector, catalog));
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void works_or_says_why_not(Server server, TestVector vector, Catalog catalog) throws Exception {
        TestDatabases.Builder builder = TestDatabases.builder().vector(vector).catalog(choice(catalog));
        if (server == Server.BY_URL) {
            // Not into the host, which goes while databases are still dropped in the background.
            builder.server(TestServer.jdbc(host.url().replace(host.name(), "postgres")));
        }
        TestDatabases databases = builder.build();

        if (vector == TestVector.REAL && !hostHasPgvector) {
            assertThatExceptionOfType(PgaiException.class)
                    .isThrownBy(databases::create)
                    .withMessageContaining(" offers no pgvector, only the stand-in ")
                    .withMessageContaining("Choose it by pgai.test.vector=auto");
        } else if (vector == TestVector.STANDIN && hostHasPgvector) {
            assertThatExceptionOfType(PgaiException.class)
                    .isThrownBy(databases::create)
                    .withMessageContaining("and the stand-in cannot be given to it. Choose pgai.test.vector=auto");
        } else {
            works(databases, catalog);
        }
    }

    private static TestCatalog choice(Catalog catalog) throws IOException {
        return switch (catalog) {
            case STANDIN -> TestCatalog.standin();
            case NONE -> TestCatalog.none();
            case WHEEL -> TestCatalog.wheel(wheel());
            case SQL -> TestCatalog.sql(sqlOfWheel(), version());
        };
    }

    private static Path wheel() {
        String value = Inputs.require("pgai.test.catalog", "a pgai wheel");
        return value.endsWith(".whl") ? Path.of(value) : abort("pgai.test.catalog is no wheel: " + value);
    }

    private static String version() {
        return wheel().getFileName().toString().split("-", 3)[1];
    }

    private static Path sqlOfWheel() throws IOException {
        Path sql = directory.resolve("ai.sql");
        if (Files.notExists(sql)) {
            try (ZipFile zip = new ZipFile(wheel().toFile());
                    InputStream entry = zip.getInputStream(zip.getEntry("pgai/data/ai.sql"))) {
                Files.copy(entry, sql);
            }
        }
        return sql;
    }

    private static void works(TestDatabases databases, Catalog catalog) throws Exception {
        try (TestDatabase database = databases.create();
                Connection connection = database.connection()) {
            assertThat(databases.describe())
                    .contains(hostHasPgvector ? "vector: pgvector " : "vector: stand-in ")
                    .endsWith(
                            switch (catalog) {
                                case NONE -> "catalog: none";
                                case STANDIN -> "catalog: stand-in for pgai 0.12.1 (for tests only)";
                                case WHEEL -> "catalog: pgai " + version() + " from " + wheel().getFileName();
                                case SQL -> "catalog: pgai " + version() + " from ai.sql";
                            });
            if (catalog == Catalog.NONE) {
                assertThat(text(connection, "select count(*) from pg_extension where extname = 'vector'"))
                        .isEqualTo("0");
                assertThat(text(connection, "select count(*) from pg_namespace where nspname = 'ai'"))
                        .isEqualTo("0");
            } else {
                embeds(database, connection);
            }
        }
    }

    private static void embeds(TestDatabase database, Connection connection) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table note (id int primary key, body text)");
            statement.execute("insert into note values (1, 'a cat on a mat'), (2, 'rain in the north')");
        }
        Pgai.on(connection)
                .create(VectorizerDefinition.builder(
                                RelationName.of("public", "note"),
                                Loading.column("body"),
                                Embedding.openai("text-embedding-3-small", 100))
                        .name("note")
                        .build());
        TestWorker worker = TestWorker.of(database, "note");
        assertThat(worker.drain()).isEqualTo(2);
        String vector = Arrays.toString(worker.embedder().embed("the cat"));
        assertThat(text(connection, "select id from note_embedding order by embedding <=> '" + vector + "' limit 1"))
                .isEqualTo("1");
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
