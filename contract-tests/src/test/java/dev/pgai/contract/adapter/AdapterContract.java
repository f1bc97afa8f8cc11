package dev.pgai.contract.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.managed.DatabaseObjects;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * What an adapter is for: its tool creates a vectorizer, does not take pgai's objects for leftovers, and undoes what it
 * did. Each adapter runs the same, with its tool's own means.
 */
public abstract class AdapterContract {

    /** On the table {@code public.blog (id, title, content)}, which is there. */
    protected static final VectorizerDefinition VECTORIZER = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"),
                    Loading.column("content"),
                    Embedding.openai("text-embedding-3-small", 768))
            .name("blog_content_embedder")
            .destination(Destination.table("blog_embeddings"))
            .formatting(Formatting.pythonTemplate("$title - $chunk"))
            .build();

    private static final String BLOG = "create table public.blog (id int primary key, title text, content text)";

    /** Has the tool create {@link #VECTORIZER}. */
    protected abstract void create(TestDatabase database) throws Exception;

    /**
     * Has the tool compare.
     *
     * @param model a database with the user's own table
     * @param database the same with the vectorizer
     * @return what the tool would do to the database, in its own words; empty when nothing, or when the tool compares
     *     nothing
     */
    protected abstract String diff(TestDatabase model, TestDatabase database) throws Exception;

    /** Has the tool undo {@link #create}. */
    protected abstract void undo(TestDatabase database) throws Exception;

    /** Whether a table is the tool's own, and may stay. */
    protected boolean isOfTool(String table) {
        return false;
    }

    @Test
    void creates_leaves_alone_and_undoes() throws Exception {
        try (TestDatabase model = TestDatabases.standard().create();
                TestDatabase database = TestDatabases.standard().create()) {
            execute(model, BLOG);
            execute(database, BLOG);
            DatabaseObjects before = objects(database);

            create(database);

            Pgai pgai = Pgai.on(database.dataSource());
            StoredVectorizer stored = pgai.find("blog_content_embedder").orElseThrow();
            assertThat(DefinitionDifference.between(VECTORIZER, stored.definition()))
                    .isEmpty();
            assertThat(objects(database).without(before).found().toString())
                    .contains("TABLE public blog_embeddings_store", "VIEW public blog_embeddings");

            assertThat(diff(model, database)).isEmpty();

            undo(database);

            assertThat(pgai.list()).isEmpty();
            assertThat(objects(database).without(before).found()).isEmpty();
        }
    }

    private DatabaseObjects objects(TestDatabase database) throws SQLException {
        try (Connection connection = database.connection()) {
            return DatabaseObjects.take(connection)
                    .where(object -> !isOfTool(object.name()) && (object.table() == null || !isOfTool(object.table())));
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
