package dev.pgai.contract.mybatis;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.io.Reader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.io.Resources;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;

/** A database with the table {@code post}, and MyBatis on it, configured in XML. */
final class PostDatabase implements AutoCloseable {

    static final int DIMENSIONS = 8;

    /** The template has what MyBatis would replace in a script. */
    static final VectorizerDefinition DEFINITION = VectorizerDefinition.builder(
                    RelationName.of("public", "post"),
                    Loading.column("content"),
                    Embedding.openai("text-embedding-3-small", DIMENSIONS))
            .name("posts")
            .destination(Destination.table("post_embeddings"))
            .formatting(Formatting.pythonTemplate("${title} #{url} $chunk"))
            .build();

    private final TestDatabase database = TestDatabases.standard().create();
    private final SqlSessionFactory sessions;

    PostDatabase() throws SQLException, IOException {
        execute("create table post (id int primary key, author text not null, title text not null, content text)");
        Properties properties = new Properties();
        properties.setProperty("url", database.url());
        try (Reader config = Resources.getResourceAsReader("dev/pgai/contract/mybatis/mybatis-config.xml")) {
            sessions = new SqlSessionFactoryBuilder().build(config, properties);
        }
    }

    TestDatabase database() {
        return database;
    }

    SqlSessionFactory sessions() {
        return sessions;
    }

    PostDatabase execute(String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }

    /** The first column of the first row. */
    String query(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /** How many vectorizers, stores and triggers others see: what was committed. */
    String committed() throws SQLException {
        return query("""
                select (select count(*) from ai.vectorizer)
                  || ' ' || (select count(*) from pg_class where relname = 'post_embeddings_store')
                  || ' ' || (select count(*) from pg_trigger where tgrelid = 'post'::regclass)
                """);
    }

    @Override
    public void close() {
        ((PooledDataSource) sessions.getConfiguration().getEnvironment().getDataSource()).forceCloseAll();
        database.close();
    }
}
