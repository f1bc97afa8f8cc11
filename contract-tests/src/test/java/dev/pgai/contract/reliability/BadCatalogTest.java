package dev.pgai.contract.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.QueueWait;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.CatalogInstaller;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A part of the catalog is missing, or is another one. Each operation works, or says what is wrong by an exception that
 * is documented, with what mends it.
 */
class BadCatalogTest {

    private static final VectorizerDefinition V = Tables.definition(0).build();

    /** One that is there, as it is and as it is not, and one that is not there. */
    private static final List<VectorizerDefinition> WANTED = List.of(
            V,
            V.toBuilder().chunking(Chunking.none()).build(),
            Tables.definition(1).build());

    private static final List<Operation> OPERATIONS = Stream.concat(
                    Operation.ALL.stream(),
                    Stream.of(
                            new Operation(
                                    "set scheduling",
                                    (pgai, wanted) -> pgai.setScheduling(
                                            String.valueOf(wanted.name()), Scheduling.none(), Indexing.none())),
                            new Operation(
                                    "await",
                                    (pgai, wanted) -> pgai.awaitEmptyQueue(
                                            String.valueOf(wanted.name()), QueueWait.upTo(Duration.ZERO))),
                            new Operation("check alter", (pgai, wanted) -> pgai.check(VectorizerChange.alter(wanted))),
                            new Operation(
                                    "check repair",
                                    (pgai, wanted) ->
                                            pgai.check(VectorizerChange.repair(String.valueOf(wanted.name()))))))
            .toList();

    private static final String FUNCTIONS = "select distinct p.proname::text from pg_proc p"
            + " where p.pronamespace = 'ai'::regnamespace and p.proname !~ '^_vectorizer_src_trg' order by 1";

    private static final String DROP_FUNCTION = """
            do $$ declare f regprocedure; begin
            for f in select oid from pg_proc where proname = '%s' and pronamespace = 'ai'::regnamespace loop
            execute format('drop routine if exists %%s cascade', f); end loop; end $$""";

    private static final String RELATIONS = "select format('%s %I.%I', case relkind when 'v' then 'view'"
            + " else 'table' end, 'ai', relname) from pg_class"
            + " where relnamespace = 'ai'::regnamespace and relkind in ('r', 'v')"
            + " and relname !~ '^_vectorizer_q_' order by 1";

    private static final String COLUMNS =
            "select format('alter table ai.%I drop column %I cascade', c.relname, a.attname)"
                    + " from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
                    + " where c.relnamespace = 'ai'::regnamespace and c.relkind = 'r' and c.relname !~ '^_vectorizer_q_'"
                    + " order by 1";

    private Tables tables;
    private Connection connection;
    private final List<String> wrong = new ArrayList<>();
    private int tried;

    @BeforeEach
    void createDatabase() throws SQLException {
        tables = new Tables(TestDatabases.standard().create(), 2);
        Pgai.on(tables.dataSource()).create(V);
        connection = tables.connect();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        connection.close();
        tables.close();
    }

    @Test
    void without_any_of_its_functions() throws SQLException {
        for (String function : Tables.query(connection, FUNCTIONS)) {
            tryAll("without function ai." + function, DROP_FUNCTION.formatted(function));
        }
        nothingWasWrong();
    }

    @Test
    void without_any_of_its_tables_and_views() throws SQLException {
        for (String relation : Tables.query(connection, RELATIONS)) {
            tryAll("without " + relation, "drop " + relation + " cascade");
        }
        nothingWasWrong();
    }

    /** That of an id that nobody generates. */
    @Test
    void without_its_sequence() throws SQLException {
        tryAll("without sequence", "alter table ai.vectorizer alter column id drop identity if exists");
        nothingWasWrong();
    }

    @Test
    void without_any_column_of_its_tables() throws SQLException {
        for (String drop : Tables.query(connection, COLUMNS)) {
            tryAll(drop, drop);
        }
        nothingWasWrong();
    }

    @Test
    void of_another_version() throws SQLException {
        tryAll("without pgai", "drop schema ai cascade");
        tryAll("with an empty schema", "drop schema ai cascade; create schema ai");
        tryAll(
                "of 0.9",
                "drop schema ai cascade; create schema ai;"
                        + " create table ai.vectorizer (id int, source_schema name, source_table name, config jsonb);"
                        + " create function ai.create_vectorizer(source regclass, destination name default null,"
                        + " embedding jsonb default null, chunking jsonb default null) returns int"
                        + " language sql as 'select 1';"
                        + " create function ai.drop_vectorizer(vectorizer_id int, drop_all bool default false)"
                        + " returns void language sql as 'select'");
        tryAll(
                "of 0.10.0",
                "drop view ai.vectorizer_status;"
                        + " create view ai.vectorizer_status as select id, source_table from ai.vectorizer;"
                        + " update ai.pgai_lib_version set version = '0.10.0' where name = 'ai'");
        tryAll(
                "newer",
                "update ai.pgai_lib_version set version = '99.1.0-beta' where name = 'ai';"
                        + " alter table ai.vectorizer add column kind text not null default 'new';"
                        + " update ai.vectorizer set config = config || '{\"version\": \"99.1.0-beta\","
                        + " \"reranking\": {\"implementation\": \"cross\"}}'");
        tryAll("of no version", "delete from ai.pgai_lib_version");
        tryAll("of an odd version", "update ai.pgai_lib_version set version = 'x' where name = 'ai'");
        nothingWasWrong();
    }

    @Test
    void without_rights() throws SQLException {
        tables.execute("create role proof_nobody");
        try {
            tryAll("without any right", "set local role proof_nobody");
            tryAll("with usage alone", "grant usage on schema ai to proof_nobody; set local role proof_nobody");
            tryAll(
                    "with the right to read",
                    "grant usage on schema ai to proof_nobody; grant select on ai.vectorizer to proof_nobody;"
                            + " set local role proof_nobody");
            tryAll(
                    "with all on the catalog alone",
                    "grant usage on schema ai to proof_nobody; grant all on all tables in schema ai to proof_nobody;"
                            + " set local role proof_nobody");
            nothingWasWrong();
        } finally {
            connection.rollback();
            tables.execute("drop role proof_nobody");
        }
    }

    private void tryAll(String how, String sql) throws SQLException {
        Tables.execute(connection, sql, "savepoint bad");
        for (VectorizerDefinition wanted : WANTED) {
            for (Operation operation : OPERATIONS) {
                tried++;
                String mistake = mistake(operation, wanted);
                if (mistake != null) {
                    wrong.add(how + ", " + operation + " " + wanted.name() + ": " + mistake);
                }
                Tables.execute(connection, "rollback to savepoint bad");
            }
        }
        CatalogInstaller.on(connection).status();
        connection.rollback();
    }

    private @Nullable String mistake(Operation operation, VectorizerDefinition wanted) throws SQLException {
        try {
            operation.run(Pgai.on(connection), wanted);
        } catch (PgaiException e) {
            String message = String.valueOf(e.getMessage());
            if (e instanceof RefusedException refused) {
                if (refused.getCause() == null) {
                    Tables.execute(connection, "select 1");
                }
                return message.length() < 20 ? "says nothing: " + message : null;
            }
            boolean isClear =
                    message.length() >= 20 && !(e instanceof PgaiDatabaseException database && isRaw(database));
            return isClear ? null : e.getClass().getSimpleName() + " " + message;
        } catch (RuntimeException e) {
            return e.toString();
        }
        return null;
    }

    /** What only the server says, of a name that the user does not know. */
    private static boolean isRaw(PgaiDatabaseException e) {
        return String.valueOf(e.sqlState()).startsWith("42")
                && !String.valueOf(e.getMessage()).matches("(?s)Cannot .*\\. .{20,}\\. The database says.*");
    }

    private void nothingWasWrong() {
        System.out.println("Operations on bad catalogs: " + tried);
        assertThat(wrong).isEmpty();
    }
}
