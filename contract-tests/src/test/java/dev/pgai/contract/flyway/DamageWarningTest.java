package dev.pgai.contract.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.flyway.FlywayDatabase.V1__Create_blog;
import dev.pgai.flyway.DamageWarning;
import dev.pgai.flyway.RepeatableVectorizerMigration;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DamageWarningTest {

    private final FlywayDatabase database = new FlywayDatabase();

    @BeforeEach
    void migrate() throws SQLException {
        migrations().load().migrate();
        FlywayLog.clear();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private FluentConfiguration migrations() throws SQLException {
        return database.asOwner(new V1__Create_blog(), new R__Vectorizers());
    }

    @Test
    void says_nothing_of_what_works() throws SQLException {
        migrations().load().migrate();
        // Works all the same.
        database.executeAsOwner("alter table blog add author text");
        migrations().load().migrate();

        assertThat(FlywayLog.lines()).isEmpty();
    }

    /** The declaration was not edited, and Flyway does not run it. */
    @Test
    void warns_when_a_migration_makes_the_table_again() throws SQLException {
        database.asOwner(new V1__Create_blog(), new R__Vectorizers(), new V2__Make_blog_again())
                .load()
                .migrate();

        assertThat(FlywayLog.lines())
                .singleElement()
                .asString()
                .startsWith(
                        "WARN Vectorizer \"blog\" on public.blog does not work: SOURCE_RECREATED, table public.blog: ")
                .contains("Apply VectorizerChange.repair(\"blog\")");

        Pgai.on(database.database().dataSource()).repair("blog");
        FlywayLog.clear();
        database.asOwner(new V1__Create_blog(), new R__Vectorizers(), new V2__Make_blog_again())
                .load()
                .migrate();
        assertThat(FlywayLog.lines()).isEmpty();
    }

    /** What is wrong with one is no reason to be silent about another. */
    @Test
    void warns_of_one_that_cannot_be_read_and_of_all_others() throws SQLException {
        Pgai.on(database.database().dataSource()).create(FlywayDatabase.more());
        database.execute("drop table more_embeddings_store cascade");
        database.execute("update ai.vectorizer set config = jsonb_set(config, '{embedding,dimensions}', '\"many\"')"
                + " where name = 'blog'");

        migrations().load().migrate();

        assertThat(FlywayLog.lines())
                .anyMatch(line -> line.startsWith("WARN Vectorizer \"blog\" does not work: ROW_UNREADABLE"))
                .anyMatch(line ->
                        line.startsWith("WARN Vectorizer \"more\" on public.blog does not work: STORE_MISSING"));
    }

    @Test
    void warns_when_there_is_nothing_to_migrate() throws SQLException {
        database.execute("drop table blog_embeddings_store cascade");

        assertThat(migrations().load().migrate().migrationsExecuted).isZero();

        assertThat(FlywayLog.lines())
                .singleElement()
                .asString()
                .contains("STORE_MISSING")
                .contains("VIEW_MISSING");
    }

    /** Another application's, in the same database. */
    @Test
    void says_nothing_of_tables_in_other_schemas() throws SQLException {
        database.execute("drop table blog_embeddings_store cascade");

        database.asOwner().schemas("app").load().migrate();

        assertThat(FlywayLog.lines()).isEmpty();
    }

    @Test
    void says_nothing_when_the_vectorizers_are_not_the_roles_business() throws SQLException {
        database.execute(
                "drop table blog_embeddings_store cascade; revoke select on ai.vectorizer from " + database.owner());

        migrations().load().migrate();

        assertThat(FlywayLog.lines()).isEmpty();
    }

    @Test
    void does_nothing_without_pgai_or_on_another_database() {
        try (TestDatabase without =
                TestDatabases.builder().catalog(TestCatalog.none()).build().create()) {
            FlywayDatabase.configure(Flyway.configure(), without, new V1__Create_blog())
                    .load()
                    .migrate();
        }
        FlywayDatabase.configure(Flyway.configure())
                .dataSource("jdbc:h2:mem:damage_warning", "sa", "")
                .load()
                .migrate();

        assertThat(FlywayLog.lines()).isEmpty();
    }

    @Test
    void once_when_it_is_named_too() throws SQLException {
        database.execute("drop table blog_embeddings_store cascade");

        migrations().callbacks(DamageWarning.class.getName()).load().migrate();

        assertThat(FlywayLog.lines()).hasSize(1);
    }

    private static final class R__Vectorizers extends RepeatableVectorizerMigration {
        @Override
        protected Collection<VectorizerDefinition> definitions() {
            return List.of(FlywayDatabase.blog().build());
        }
    }

    private static final class V2__Make_blog_again extends BaseJavaMigration {
        @Override
        public void migrate(Context context) throws SQLException {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute("drop table blog cascade");
                statement.execute("create table blog (id int primary key, title text, content text)");
            }
        }
    }
}
