package dev.pgai.contract.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.mybatis.scripts.V1CreatePosts;
import dev.pgai.contract.mybatis.scripts.V2DropTitles;
import dev.pgai.jdbc.Pgai;
import dev.pgai.mybatis.migrations.VectorizerScript;
import dev.pgai.vectorizer.Embeddings;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ibatis.migration.DataSourceConnectionProvider;
import org.apache.ibatis.migration.JavaMigrationLoader;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.operations.DownOperation;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The operations of MyBatis Migrations, with the options that they have by default unless a test says so. */
class MigrationsTest {

    private final DatabaseOperationOption option = new DatabaseOperationOption();
    private PostDatabase database;

    @BeforeEach
    void createDatabase() throws Exception {
        database = new PostDatabase()
                .execute("create table changelog (id numeric(20, 0) primary key, applied_at varchar(25) not null,"
                        + " description varchar(255) not null)");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private void up(int steps) {
        new UpOperation(steps)
                .operate(
                        new DataSourceConnectionProvider(database.database().dataSource()),
                        new JavaMigrationLoader("dev.pgai.contract.mybatis.scripts"),
                        option,
                        null);
    }

    private void down() {
        new DownOperation(1)
                .operate(
                        new DataSourceConnectionProvider(database.database().dataSource()),
                        new JavaMigrationLoader("dev.pgai.contract.mybatis.scripts"),
                        option,
                        null);
    }

    private List<String> names() {
        return Pgai.on(database.database().dataSource()).list().stream()
                .map(vectorizer -> vectorizer.name())
                .toList();
    }

    private String stores() throws SQLException {
        return database.query("select count(*) from pg_class where relname = 'post_embeddings_store'");
    }

    @Test
    void up_and_down_as_whole_scripts() throws SQLException {
        option.setSendFullScript(true);
        up_and_down();
    }

    @Test
    void up_and_down() throws SQLException {
        up(1);
        assertThat(names()).containsExactly("posts", "public_post_title_embedding");
        assertThat(Pgai.on(database.database().dataSource())
                        .find("posts")
                        .orElseThrow()
                        .differencesFrom(V1CreatePosts.POSTS))
                .isEmpty();

        up(1);
        assertThat(names()).containsExactly("posts");
        down();
        assertThat(names()).containsExactly("posts", "public_post_title_embedding");

        down();
        assertThat(names()).isEmpty();
        assertThat(stores()).isEqualTo("0");
        assertThat(database.query("select count(*) from changelog")).isEqualTo("0");

        up(2);
        assertThat(names()).containsExactly("posts");
    }

    @Test
    void embeddings_can_be_kept_and_are_in_the_way_of_the_down() throws SQLException {
        up(3);
        assertThat(names()).isEmpty();
        assertThat(stores()).isEqualTo("1");

        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(this::down)
                .withMessageContaining("already exists");
        assertThat(database.query("select count(*) from changelog")).isEqualTo("3");

        database.execute("drop view post_embeddings", "drop table post_embeddings_store");
        down();
        assertThat(names()).containsExactly("posts");
    }

    @Test
    void the_scripts_are_lines() {
        VectorizerScript script = new V2DropTitles();

        assertThat(script.getUpScript().lines().toList())
                .hasSize(5)
                .startsWith(
                        "select pg_catalog.set_config('client_min_messages', 'warning', true);",
                        "select pg_catalog.set_config('pgai.quiet', 'on', true);")
                .endsWith(
                        "select pg_catalog.pg_advisory_xact_lock(" + VectorizerChange.LOCK + ");",
                        VectorizerChange.drop("public_post_title_embedding", Embeddings.DROP)
                                        .sql()
                                        .get(0) + ";");
        assertThat(new V1CreatePosts().getDownScript().lines().toList())
                .hasSize(6)
                .endsWith(
                        VectorizerChange.drop("public_post_title_embedding", Embeddings.DROP)
                                        .sql()
                                        .get(0) + ";",
                        VectorizerChange.drop("posts", Embeddings.DROP).sql().get(0) + ";");
    }

    /** A field of a script may not have its value yet when the constructor names it. */
    @ParameterizedTest
    @MethodSource
    void null_is_refused(String argument, ThrowingCallable script) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(script)
                .satisfies(refused -> assertThat(refused.argument()).isEqualTo(argument));
    }

    @SuppressWarnings("NullAway")
    static Stream<Arguments> null_is_refused() {
        VectorizerChange change = VectorizerChange.disable("v");
        return Stream.of(
                Arguments.of("description", (ThrowingCallable) () -> new VectorizerScript(1, null, change) {}),
                Arguments.of(
                        "changes", (ThrowingCallable) () -> new VectorizerScript(1, "d", (VectorizerChange[]) null) {}),
                Arguments.of(
                        "changes of script 1", (ThrowingCallable) () -> new VectorizerScript(1, "d", change, null) {}),
                Arguments.of("up", (ThrowingCallable) () -> new VectorizerScript(1, "d", null, List.of()) {}),
                Arguments.of("changes of script 1", (ThrowingCallable)
                        () -> new VectorizerScript(1, "d", List.of(change), Collections.singletonList(null)) {}));
    }

    @Test
    void a_script_is_refused_in_autocommit() throws SQLException {
        option.setAutoCommit(true);

        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(() -> up(1))
                .withMessageContaining("in autocommit it could be done in part")
                .withMessageContaining("Set auto_commit=false");

        assertThat(names()).isEmpty();
        assertThat(database.query("select count(*) from changelog")).isEqualTo("0");
    }

    /** It would be called applied, whatever is there. */
    @Test
    void a_script_that_creates_if_absent_is_refused() {
        List<VectorizerChange> there = List.of(VectorizerChange.createIfAbsent(V1CreatePosts.POSTS));
        List<VectorizerChange> nothing = List.of(VectorizerChange.enable("posts"));

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> new VectorizerScript(1, "up", there, null) {})
                .withMessageContaining("cannot see whether a vectorizer that is there has this definition");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> new VectorizerScript(1, "down", nothing, there) {})
                .withMessageContaining("cannot see whether a vectorizer that is there has this definition");
    }

    @Test
    void a_script_without_a_change_is_refused() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> new VectorizerScript(1, "nothing") {})
                .withMessageContaining("changes of script 1 = [] is refused");
    }
}
