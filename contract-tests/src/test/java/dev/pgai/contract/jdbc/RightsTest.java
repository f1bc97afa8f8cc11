package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.database.CatalogTooOldException;
import dev.pgai.database.MissingRightsException;
import dev.pgai.database.Problem;
import dev.pgai.jdbc.Pgai;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a role without rights is told, and that what it is told is right. */
class RightsTest {

    private Blog blog;
    private String role;

    @BeforeEach
    void createDatabase() throws SQLException {
        blog = new Blog();
        role = blog.createRole();
        // PUBLIC has it on PostgreSQL 14 and older, and in databases that came from there.
        blog.execute("revoke all on schema public from public");
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        blog.close();
    }

    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    private void asRole(Work work) throws SQLException {
        try (Connection connection = blog.connect()) {
            Blog.execute(connection, "set role " + Blog.quoted(role));
            connection.setAutoCommit(false);
            work.run(connection);
            connection.commit();
        }
    }

    private String to(String grant) {
        return grant + " " + Blog.quoted(role);
    }

    /** The exception that the role gets; its transaction goes on. */
    private MissingRightsException refused(Consumer<Pgai> operation) throws SQLException {
        List<MissingRightsException> refused = new ArrayList<>();
        asRole(connection -> {
            assertThatExceptionOfType(MissingRightsException.class)
                    .isThrownBy(() -> operation.accept(Pgai.on(connection)))
                    .satisfies(refused::add);
            assertThat(Blog.query(connection, "select current_user")).isEqualTo(role);
        });
        MissingRightsException e = refused.get(0);
        assertThat(e.user()).isEqualTo(role);
        assertThat(e.getMessage()).contains(role).contains(e.missingGrants());
        return e;
    }

    @Test
    void reading_needs_usage_and_select() throws SQLException {
        List<Consumer<Pgai>> reads = List.of(pgai -> pgai.exists("v"), pgai -> pgai.find("v"), Pgai::list);
        for (Consumer<Pgai> read : reads) {
            assertThat(refused(read).missingGrants())
                    .containsExactly(to("grant usage on schema ai to"), to("grant select on ai.vectorizer to"));
        }

        blog.execute(refused(Pgai::list).missingGrants().toArray(String[]::new));

        asRole(connection -> assertThat(Pgai.on(connection).list()).isEmpty());
    }

    @Test
    void creating_names_all_that_is_missing_at_once_and_it_is_enough() throws SQLException {
        blog.execute(
                "create schema \"Vec %s\"",
                "create schema queues", "revoke execute on all functions in schema ai from public");
        VectorizerDefinition definition = Blog.definition()
                .destination(Destination.table("e").withTargetSchema("Vec %s"))
                .queueSchema("queues")
                .build();

        List<String> missing = List.of(
                to("grant usage on schema ai to"),
                to("grant select on ai.vectorizer to"),
                to("grant execute on all functions in schema ai to"),
                to("grant insert on ai.vectorizer to"),
                to("grant usage on sequence ai.vectorizer_id_seq to"),
                to("grant usage on schema \"public\" to"),
                to("alter table \"public\".\"blog\" owner to"),
                to("grant create on schema \"public\" to"),
                to("grant usage on schema \"Vec %s\" to"),
                to("grant create on schema \"Vec %s\" to"),
                to("grant usage on schema \"queues\" to"),
                to("grant create on schema \"queues\" to"));
        assertThat(refused(pgai -> pgai.create(definition)).missingGrants()).isEqualTo(missing);
        assertThat(refused(pgai -> pgai.createIfAbsent(definition)).missingGrants())
                .isEqualTo(missing);
        asRole(connection -> assertThat(Pgai.on(connection).check(definition))
                .allSatisfy(problem -> assertThat(problem.code()).isEqualTo(Problem.Code.RIGHT_MISSING))
                .extracting(Problem::value)
                .containsExactlyElementsOf(missing));

        blog.execute(missing.toArray(String[]::new));

        asRole(connection -> assertThat(
                        Pgai.on(connection).createIfAbsent(definition).created())
                .isTrue());
        assertThat(Pgai.on(blog.dataSource()).exists("v")).isTrue();
    }

    /** The table keeps its owner, and its rows are queued: a member of the owner's role may do both. */
    @Test
    void membership_in_the_owners_role_is_enough() throws SQLException {
        String owner = blog.createRole();
        blog.execute(
                "alter table public.blog owner to " + Blog.quoted(owner),
                "grant " + Blog.quoted(owner) + " to " + Blog.quoted(role),
                "grant usage, create on schema public to " + Blog.quoted(role),
                "select ai.grant_vectorizer_usage(" + SqlText.literal(Blog.quoted(role)) + ")");

        asRole(connection -> {
            Pgai.on(connection).create(Blog.definition().build());
            Pgai.on(connection).disable("v");
            Pgai.on(connection).enable("v");
            Pgai.on(connection).drop("v", Embeddings.DROP);
        });
    }

    /** A server's functions take 100 arguments. */
    @Test
    void more_roles_are_granted_than_a_function_takes_arguments() throws SQLException {
        // Roles are the server's, which other tests use, too.
        String prefix = "many_" + UUID.randomUUID().toString().substring(0, 8) + "_";
        List<String> roles = IntStream.range(0, 101).mapToObj(i -> prefix + i).toList();
        blog.execute(roles.stream().map(one -> "create role " + one).toArray(String[]::new));
        VectorizerDefinition definition = Blog.definition().grantTo(roles).build();
        try (Connection connection = blog.connect()) {
            assertThat(Pgai.on(connection).check(definition)).isEmpty();
            Pgai.on(connection).create(definition);
            assertThat(blog.query("select count(*) from pg_class c cross join aclexplode(c.relacl) a"
                            + " where c.oid = 'public.blog_embeddings'::regclass and a.privilege_type = 'SELECT'"
                            + " and a.grantee <> c.relowner"))
                    .isEqualTo("101");
        } finally {
            blog.execute(roles.stream()
                    .map(one -> "drop owned by " + one + " cascade; drop role " + one)
                    .toArray(String[]::new));
        }
    }

    /** A member that does not inherit has no right of the owner's before it sets the role. */
    @Test
    void membership_without_inheritance_is_not_enough_and_known_before() throws SQLException {
        String owner = blog.createRole();
        blog.execute(
                "alter table public.blog owner to " + Blog.quoted(owner),
                "alter role " + Blog.quoted(role) + " noinherit",
                "grant " + Blog.quoted(owner) + " to " + Blog.quoted(role),
                "grant usage, create on schema public to " + Blog.quoted(role),
                "select ai.grant_vectorizer_usage(" + SqlText.literal(Blog.quoted(role)) + ")");

        asRole(connection -> {
            Pgai pgai = Pgai.on(connection);
            assertThat(pgai.check(Blog.definition().build()))
                    .extracting(Problem::code)
                    .contains(Problem.Code.RIGHT_MISSING);
            assertThatExceptionOfType(MissingRightsException.class)
                    .isThrownBy(() -> pgai.create(Blog.definition().build()));
        });
    }

    @Test
    void who_finds_it_needs_no_right_to_create_it() throws SQLException {
        Pgai.on(blog.dataSource()).create(Blog.definition().build());
        blog.execute(to("grant usage on schema ai to"), to("grant select on ai.vectorizer to"));

        asRole(connection -> assertThat(
                        Pgai.on(connection).createIfAbsent(Blog.definition().build()))
                .hasToString("Created[id=1, name=v, created=false]"));
    }

    @Test
    void changing_needs_rights_on_the_row() throws SQLException {
        Pgai.on(blog.dataSource()).create(Blog.definition().build());
        blog.execute(to("grant usage on schema ai to"), to("grant select on ai.vectorizer to"));

        assertThat(refused(pgai -> pgai.enable("v")).missingGrants())
                .containsExactly(to("grant update on ai.vectorizer to"));
        assertThat(refused(pgai -> pgai.disable("v")).missingGrants())
                .containsExactly(to("grant update on ai.vectorizer to"));
        assertThat(refused(pgai -> pgai.dropIfExists("v", Embeddings.KEEP)).missingGrants())
                .containsExactly(
                        to("grant delete on ai.vectorizer to"),
                        to("alter table \"public\".\"blog\" owner to"),
                        to("alter table \"ai\".\"_vectorizer_q_1\" owner to"),
                        to("alter table \"ai\".\"_vectorizer_q_failed_1\" owner to"));
        // What is not there needs no right to be dropped.
        asRole(connection -> assertThat(Pgai.on(connection).dropIfExists("w", Embeddings.KEEP))
                .isFalse());
    }

    @Test
    void what_only_the_server_knows_is_told_by_the_server() throws SQLException {
        Pgai.on(blog.dataSource()).create(Blog.definition().build());
        blog.execute(
                to("grant usage on schema ai, public to"),
                to("grant select, delete on ai.vectorizer to"),
                to("alter table public.blog owner to"),
                to("alter view public.blog_embeddings owner to"),
                to("alter table public.blog_embeddings_store owner to"),
                to("alter table ai._vectorizer_q_1 owner to"),
                to("alter table ai._vectorizer_q_failed_1 owner to"));

        asRole(connection -> {
            assertThatExceptionOfType(MissingRightsException.class)
                    .isThrownBy(() -> Pgai.on(connection).drop("v", Embeddings.DROP))
                    .withMessageContaining(role)
                    .withMessageContaining("must be owner of function ai._vectorizer_src_trg_1")
                    .satisfies(e -> {
                        assertThat(e.sqlState()).isEqualTo("42501");
                        assertThat(e.user()).isEqualTo(role);
                        assertThat(e.missingGrants()).isEmpty();
                        assertThat(e.sql()).contains("perform ai.drop_vectorizer(");
                    });
            connection.rollback();
        });
        assertThat(Pgai.on(blog.dataSource()).exists("v")).isTrue();
    }

    @Test
    void a_version_that_may_not_be_read_is_unknown() throws SQLException {
        blog.execute("drop function ai.drop_vectorizer(text, bool)", "revoke all on ai.pgai_lib_version from public");

        asRole(connection -> assertThatExceptionOfType(CatalogTooOldException.class)
                .isThrownBy(() -> Pgai.on(connection).list())
                .satisfies(e -> assertThat(e.version()).isNull()));
        assertThatExceptionOfType(CatalogTooOldException.class)
                .isThrownBy(() -> Pgai.on(blog.dataSource()).list())
                .satisfies(e -> assertThat(e.version()).isNotNull());
    }
}
