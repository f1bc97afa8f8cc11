package dev.pgai.contract.search;

import dev.pgai.jdbc.Pgai;
import dev.pgai.mybatis.mapper.EmbeddingsMapper;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * A database and all that runs SQL on it: with pgai's catalog, or with pgvector in the schema {@code v x} and
 * {@code citext} in {@code c x}, both off the search path.
 */
final class SearchDatabase implements AutoCloseable {

    static final String VECTOR = "\"v x\".vector";

    private static final TestDatabases WITHOUT_CATALOG =
            TestDatabases.builder().catalog(TestCatalog.none()).build();

    private final TestDatabase database;
    private final PooledDataSource pool;
    private final Map<EmbeddingRelation, EmbeddingRelation> resolved = new HashMap<>();
    private @Nullable SqlSessionFactory myBatis;
    private @Nullable SessionFactory hibernate;

    private SearchDatabase(TestDatabase database) {
        this.database = database;
        this.pool = new PooledDataSource("org.postgresql.Driver", database.url(), null, null);
    }

    static SearchDatabase withCatalog() {
        return new SearchDatabase(TestDatabases.standard().create());
    }

    static SearchDatabase offThePath() throws SQLException {
        return new SearchDatabase(WITHOUT_CATALOG.create())
                .execute(
                        "drop extension if exists vector cascade",
                        "create schema \"v x\"",
                        "create extension vector with schema \"v x\"",
                        "create schema \"c x\"",
                        "create extension citext with schema \"c x\"");
    }

    TestDatabase database() {
        return database;
    }

    /** From the pool, as new as it gets. */
    Connection connect() throws SQLException {
        return pool.getConnection();
    }

    /** Not from the pool. */
    Connection connectApart() throws SQLException {
        return database.connection();
    }

    Connection connectSimple() throws SQLException {
        var dataSource = database.dataSource();
        dataSource.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return dataSource.getConnection();
    }

    DataSource dataSource() {
        return pool;
    }

    /** Once for each relation, as an application does. */
    NeighbourSearch resolved(NeighbourSearch search) {
        return search.in(resolved.computeIfAbsent(search.relation(), pgai()::resolve));
    }

    Pgai pgai() {
        return Pgai.on(dataSource());
    }

    SqlSessionFactory myBatis() {
        SqlSessionFactory sessions = myBatis;
        if (sessions == null) {
            Configuration configuration =
                    new Configuration(new Environment("test", new JdbcTransactionFactory(), dataSource()));
            configuration.addMapper(EmbeddingsMapper.class);
            sessions = new SqlSessionFactoryBuilder().build(configuration);
            myBatis = sessions;
        }
        return sessions;
    }

    SessionFactory hibernate() {
        SessionFactory factory = hibernate;
        if (factory == null) {
            factory = new MetadataSources(new StandardServiceRegistryBuilder()
                            .applySetting(AvailableSettings.JAKARTA_JDBC_URL, database.url())
                            .applySetting(AvailableSettings.JAKARTA_JDBC_USER, database.user())
                            .applySetting(AvailableSettings.JAKARTA_JDBC_PASSWORD, database.password())
                            .applySetting(AvailableSettings.DIALECT, "org.hibernate.dialect.PostgreSQLDialect")
                            .build())
                    .buildMetadata()
                    .buildSessionFactory();
            hibernate = factory;
        }
        return factory;
    }

    /** The next connections see what the database is set to by now. */
    void reconnect() {
        pool.forceCloseAll();
    }

    SearchDatabase execute(String... statements) throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, statements);
        }
        return this;
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    List<String> query(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return query(connection, sql);
        }
    }

    /** The first column of all rows. */
    static List<String> query(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
        }
        return values;
    }

    /** A literal with its type. */
    static String vector(float... vector) {
        return "'" + Arrays.toString(vector) + "'::" + VECTOR;
    }

    boolean hasRealPgvector() throws SQLException {
        return !query("select extversion from pg_extension where extname = 'vector'")
                .get(0)
                .endsWith("standin");
    }

    int major() throws SQLException {
        return Integer.parseInt(query("show server_version_num").get(0)) / 10_000;
    }

    @Override
    public void close() {
        if (hibernate != null) {
            hibernate.close();
        }
        pool.forceCloseAll();
        database.close();
    }
}
