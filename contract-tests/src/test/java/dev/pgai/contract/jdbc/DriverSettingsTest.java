package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Nothing depends on how the driver sends a statement, or what it makes of the answer. */
class DriverSettingsTest {

    private static final VectorizerDefinition V = Blog.definition().build();

    static Stream<Arguments> settings() {
        return Stream.of(
                        "prepareThreshold=-1",
                        "prepareThreshold=0",
                        "prepareThreshold=1",
                        "preferQueryMode=simple",
                        "preferQueryMode=extendedForPrepared",
                        "preferQueryMode=extendedCacheEverything",
                        "defaultRowFetchSize=1",
                        "binaryTransfer=false",
                        "stringtype=unspecified",
                        "autosave=always",
                        "autosave=conservative",
                        "readOnlyMode=always",
                        "reWriteBatchedInserts=true",
                        "preparedStatementCacheQueries=0",
                        "assumeMinServerVersion=9.4",
                        "quoteReturningIdentifiers=false",
                        "escapeSyntaxCallMode=call")
                .flatMap(setting -> Stream.of(arguments(setting, true), arguments(setting, false)));
    }

    @ParameterizedTest(name = "{0}, autocommit {1}")
    @MethodSource("settings")
    void every_operation_works(String setting, boolean autoCommit) throws SQLException {
        try (Blog blog = new Blog()) {
            PGSimpleDataSource dataSource = blog.dataSource();
            String[] parts = setting.split("=", 2);
            dataSource.setProperty(parts[0], parts[1]);
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(autoCommit);
                Pgai pgai = Pgai.on(connection);
                // The driver prepares a statement when it comes the fifth time.
                for (int i = setting.contains("repare") ? 0 : 5; i < 6; i++) {
                    everything(pgai);
                }
                Blog.execute(connection, "create table public.used (id int)");
                if (!autoCommit) {
                    connection.commit();
                }
            }
            everything(Pgai.on(dataSource));
            assertThat(blog.traces()).isEqualTo("0 0 0");
        }
    }

    static void everything(Pgai pgai) {
        assertThat(pgai.check(V)).isEmpty();
        assertThat(pgai.createIfAbsent(V).created()).isTrue();
        assertThat(pgai.createIfAbsent(V).created()).isFalse();
        assertThat(pgai.find("v").orElseThrow().definition()).isEqualTo(V.asStored());
        assertThat(pgai.list()).hasSize(1);
        assertThat(pgai.inspect("v").damages()).isEmpty();
        assertThat(pgai.inspect()).hasSize(1);
        assertThat(pgai.countPending("v")).isEqualTo(3);
        assertThat(pgai.errors("v", 1)).isEmpty();
        assertThat(pgai.managedObjects().list()).isNotEmpty();
        assertThat(pgai.repair("v")).isFalse();
        assertThat(pgai.refreshView("v")).isFalse();
        pgai.disable("v");
        pgai.enable("v");
        pgai.drop("v", Embeddings.KEEP);
        assertThat(pgai.adopt(V).created()).isTrue();
        assertThat(pgai.dropIfExists("v", Embeddings.DROP)).isTrue();
        assertThat(pgai.create(V).name()).isEqualTo("v");
        pgai.drop("v", Embeddings.DROP);
    }
}
