package dev.pgai.contract.install;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.catalog.CatalogScript;
import dev.pgai.contract.jdbc.CutOperation;
import dev.pgai.contract.jdbc.CutOperation.Mode;
import dev.pgai.contract.jdbc.CutOperation.Prepared;
import dev.pgai.contract.reliability.EachCut;
import dev.pgai.jdbc.CatalogInstaller;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The connection is lost before and after each call to the server: what is said is what is in the database. */
class InstallOutcomeTest {

    private static final String STATE = "select concat_ws(' ', (select string_agg(extname, ' ') from pg_extension),"
            + " (select string_agg(concat_ws(' ', relname, relacl), ' ' order by relname) from pg_class"
            + " where relnamespace = to_regnamespace('ai')),"
            + " query_to_xml(case when to_regclass('ai.pgai_lib_version') is null then 'select 0'"
            + " else 'select version from ai.pgai_lib_version' end, true, true, '')::text,"
            + " (select string_agg(proname, ' ' order by proname) from pg_proc where pronamespace = to_regnamespace('ai')))";

    @TempDir
    private Path directory;

    private enum Before {
        NOTHING,
        AN_OLDER_VERSION,
        A_LOST_FUNCTION,
        THE_SAME
    }

    static Stream<Arguments> each() {
        return Stream.of(Mode.values())
                .flatMap(mode -> Stream.of(Before.values()).map(before -> arguments(mode, before)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("each")
    void what_is_said_is_what_is_there(Mode mode, Before before) throws Exception {
        CatalogScript script = FunctionsScript.of("0.12.1", directory);
        new CutOperation(before != Before.THE_SAME) {

            @Override
            protected Prepared prepare() throws Exception {
                return new PreparedDatabase(before);
            }

            @Override
            protected void run(Connection connection) {
                CatalogInstaller.on(connection).install(script);
            }

            @Override
            protected void run(DataSource dataSource) {
                CatalogInstaller.on(dataSource).install(script);
            }

            @Override
            protected boolean isChange(String statement) {
                return statement.startsWith("do ");
            }
        }.tryAll(mode);
    }

    /** By a proxy, at each statement and answer. */
    @ParameterizedTest
    @EnumSource(names = "THE_SAME", mode = EnumSource.Mode.EXCLUDE)
    void what_is_said_is_what_is_there_when_the_network_fails(Before before) throws Exception {
        CatalogScript script = FunctionsScript.of("0.12.1", directory);
        new EachCut("install over " + before) {

            @Override
            protected Prepared prepare() throws Exception {
                return new PreparedDatabase(before);
            }

            @Override
            protected void run(PGSimpleDataSource through) {
                CatalogInstaller.on(through).install(script);
            }
        }.tryAll(false);
    }

    private final class PreparedDatabase implements Prepared {

        private final EmptyDatabase database = new EmptyDatabase();

        PreparedDatabase(Before before) throws Exception {
            if (before != Before.NOTHING) {
                CatalogInstaller.on(database.dataSource())
                        .install(
                                FunctionsScript.of(before == Before.AN_OLDER_VERSION ? "0.12.0" : "0.12.1", directory));
            }
            if (before == Before.A_LOST_FUNCTION) {
                database.execute("drop function ai.vectorizer_embed(text), ai.vectorizer_embed(bool)");
            }
        }

        @Override
        public Connection connect() throws SQLException {
            return database.connect();
        }

        @Override
        public PGSimpleDataSource dataSource() {
            return database.dataSource();
        }

        @Override
        public String state() throws SQLException {
            return String.valueOf(database.query(STATE));
        }

        @Override
        public void close() throws SQLException {
            database.close();
        }
    }
}
