package dev.pgai.contract.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.naming.PhysicalNamingStrategyStandardImpl;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.engine.jdbc.connections.spi.AbstractMultiTenantConnectionProvider;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.hibernate.tool.schema.spi.SchemaManagementToolCoordinator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever way the name of a mapped table leads to a store, the store is the vectorizer's. */
class NamesTest extends OnDatabase {

    @ParameterizedTest
    @ValueSource(strings = {"create", "create-drop", "drop", "update"})
    void by_the_search_path(String action) throws SQLException {
        execute("create schema app");
        createStore("public");

        Hibernate.on(database)
                .with(AvailableSettings.JAKARTA_JDBC_URL, withPath("app,public"))
                .run(action);

        assertStoreIsUntouched("public");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "create-drop", "drop", "update"})
    void by_a_default_schema_in_orm_xml(String action) throws SQLException {
        execute("create schema app");
        createStore("app");

        Hibernate.on(database).mapping("hibernate/schema-app.xml").run(action);

        assertStoreIsUntouched("app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "create-drop", "drop", "update"})
    void by_a_default_schema_in_the_settings(String action) throws SQLException {
        execute("create schema app");
        createStore("app");

        Hibernate.on(database).with(AvailableSettings.DEFAULT_SCHEMA, "APP").run(action);

        assertStoreIsUntouched("app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "create-drop", "drop", "update"})
    void by_the_connection_of_a_tenant(String action) throws SQLException {
        execute("create schema tenant");
        createStore("tenant");

        Hibernate.on(database)
                .without(AvailableSettings.JAKARTA_JDBC_URL)
                .with(AvailableSettings.DIALECT, "org.hibernate.dialect.PostgreSQLDialect")
                .with(AvailableSettings.MULTI_TENANT_CONNECTION_PROVIDER, new Tenants(withPath("tenant")))
                .run(action);

        assertStoreIsUntouched("tenant");
    }

    @Test
    void when_all_is_truncated() throws SQLException {
        execute("create schema app", "create table app.mine (id int primary key)", "insert into app.mine values (1)");
        createStore("public");

        // The source is not among them: pgai itself empties a store when the source is truncated.
        Hibernate.on(database)
                .with(AvailableSettings.JAKARTA_JDBC_URL, withPath("app,public"))
                .entities(UpperCase.class, Mine.class)
                .use(factory -> factory.getSchemaManager().truncateMappedObjects());

        assertStoreIsUntouched("public");
        assertThat(query("select count(*) from app.mine")).isEqualTo("0");
    }

    /** The default schema of one call, as {@code SchemaManager.forSchema} has it since Hibernate 7. */
    @Test
    void by_the_schema_of_one_run() throws SQLException {
        execute("create schema app");
        createStore("app");

        Hibernate.on(database).use(factory -> {
            ServiceRegistry registry = ((SessionFactoryImplementor) factory).getServiceRegistry();
            Map<String, Object> options = new HashMap<>(
                    registry.requireService(ConfigurationService.class).getSettings());
            options.put(AvailableSettings.DEFAULT_SCHEMA, "app");
            options.put(AvailableSettings.JAKARTA_HBM2DDL_DATABASE_ACTION, "drop");
            SchemaManagementToolCoordinator.process(metadata(registry), registry, options, action -> {});
        });

        assertStoreIsUntouched("app");
        assertThat(exists("app.blog")).isFalse();
    }

    /** Another database than the one of the pool. */
    @ParameterizedTest
    @ValueSource(strings = {"create", "drop", "update"})
    void by_the_connection_that_the_tool_was_given(String action) throws SQLException {
        createStore("public");
        try (TestDatabase pool = TestDatabases.standard().create();
                Connection given = database.connection()) {
            Hibernate.on(pool)
                    .with(AvailableSettings.JAKARTA_HBM2DDL_CONNECTION, given)
                    .run(action);
        }

        assertStoreIsUntouched("public");
    }

    /** By the pool's database, too, which has no vectorizer: there the table is the user's. */
    @Test
    void not_by_the_database_of_the_pool() throws SQLException {
        createStore("public");
        try (TestDatabase given = TestDatabases.standard().create();
                Connection connection = given.connection()) {
            Hibernate.on(database)
                    .with(AvailableSettings.JAKARTA_HBM2DDL_CONNECTION, connection)
                    .run("create");

            try (Statement statement = connection.createStatement()) {
                statement.execute("select from blog_embeddings_store");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {UpperCase.class, Quoted.class})
    void by_case(Class<?> entity) throws SQLException {
        createStore("public");

        Hibernate.on(database).entities(Blog.class, entity).run("create");

        assertStoreIsUntouched("public");
    }

    @Test
    void by_a_naming_strategy() throws SQLException {
        createStore("public");

        Hibernate.on(database)
                .with(AvailableSettings.PHYSICAL_NAMING_STRATEGY, new Prefix())
                .entities(Blog.class, Store.class)
                .run("create");

        assertStoreIsUntouched("public");
    }

    /** To PostgreSQL Ä is no upper case of ä, so that this is another table. */
    @Test
    void not_by_the_case_of_other_letters() throws SQLException {
        createStore("public", "bl\u00e4ge");

        Hibernate.on(database).entities(Blog.class, Umlaut.class).run("create");

        assertThat(exists("\"bl\u00c4ge_store\"")).isTrue();
        assertThat(exists("\"bl\u00e4ge_store\"")).isTrue();
    }

    @Test
    void by_a_name_that_the_server_cuts() throws SQLException {
        createStore("public", "a".repeat(57));
        String store = "a".repeat(57) + "_store";
        execute("alter table " + store + " add column mine int");

        Hibernate.on(database).entities(Blog.class, TooLong.class).run("create");

        execute("select mine from " + store);
    }

    /** A user's own table that comes first on the search path. */
    @Test
    void not_where_another_table_comes_first() throws SQLException {
        execute("create schema app", "create table app.blog_embeddings_store (embedding_uuid uuid primary key)");
        createStore("public");

        Hibernate.on(database)
                .with(AvailableSettings.JAKARTA_JDBC_URL, withPath("app,public"))
                .run("update");

        assertThat(foreignKeys("app.blog_embeddings_store")).isEqualTo(1);
        assertStoreIsUntouched("public");
    }

    private void createStore(String schema) throws SQLException {
        createStore(schema, "blog_embeddings");
    }

    private void createStore(String schema, String destination) throws SQLException {
        execute("create table " + schema + ".blog (id int primary key, title text)");
        VectorizerDefinition definition = VectorizerDefinition.builder(
                        RelationName.of(schema, "blog"), Loading.column("title"), Embedding.openai("m", 3))
                .name("blog")
                .destination(Destination.table(destination))
                .build();
        pgai.create(definition);
        execute("insert into " + schema + ".\"" + destination + "_store\" (id, chunk_seq, chunk, embedding)"
                + " values (1, 0, 'a', '[1,2,3]')");
    }

    private void assertStoreIsUntouched(String schema) throws SQLException {
        String store = schema + ".blog_embeddings_store";
        assertThat(query("select count(*) from " + store)).isEqualTo("1");
        assertThat(foreignKeys(store)).isZero();
        assertThat(query("select count(*) from pg_attribute where attnum > 0 and not attisdropped" + " and attrelid = '"
                        + store + "'::regclass"))
                .isEqualTo("5");
    }

    private String withPath(String searchPath) {
        return database.url() + (database.url().contains("?") ? "&" : "?") + "currentSchema=" + searchPath;
    }

    private org.hibernate.boot.Metadata metadata(ServiceRegistry registry) {
        return new org.hibernate.boot.MetadataSources(
                        ((ServiceRegistryImplementor) registry).getParentServiceRegistry() == null
                                ? registry
                                : ((ServiceRegistryImplementor) registry).getParentServiceRegistry())
                .addAnnotatedClasses(Blog.class, BlogEmbedding.class)
                .buildMetadata();
    }

    /** A user's own. */
    @Entity
    @Table(name = "mine")
    static class Mine {

        @Id
        int id;
    }

    /** Names the table in upper case, and does not quote it. */
    @Entity
    @Table(name = "BLOG_EMBEDDINGS_STORE")
    static class UpperCase {

        @Id
        UUID id;
    }

    /** Quotes the name of the table. */
    @Entity
    @Table(name = "`blog_embeddings_store`")
    static class Quoted {

        @Id
        UUID id;
    }

    /** Gets its name from a strategy. */
    @Entity
    @Table(name = "embeddings_store")
    static class Store {

        @Id
        UUID id;
    }

    /** Names a table that differs from a store by the case of one letter. */
    @Entity
    @Table(name = "bl\u00c4ge_store")
    static class Umlaut {

        @Id
        UUID id;
    }

    /** Has a name of 64 letters, of which PostgreSQL keeps 63. */
    @Entity
    @Table(name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_storeX")
    static class TooLong {

        @Id
        @Column(name = "embedding_uuid")
        UUID id;
    }

    /** A user's. */
    private static final class Prefix extends PhysicalNamingStrategyStandardImpl {

        private static final long serialVersionUID = 1L;

        @Override
        public Identifier toPhysicalTableName(Identifier name, JdbcEnvironment environment) {
            return name.getText().equals("blog") ? name : new Identifier("blog_" + name.getText(), false);
        }
    }

    /** One tenant, by a search path. */
    private final class Tenants extends AbstractMultiTenantConnectionProvider<String> {

        private static final long serialVersionUID = 1L;

        private final transient OneConnectionEach connections;

        Tenants(String url) {
            connections = new OneConnectionEach(url, database.user(), database.password());
        }

        @Override
        protected ConnectionProvider getAnyConnectionProvider() {
            return connections;
        }

        @Override
        protected ConnectionProvider selectConnectionProvider(String tenant) {
            return connections;
        }
    }
}
