package dev.pgai.contract.flyway;

import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.adapter.AdapterContract;
import dev.pgai.flyway.VectorizerMigration;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.vectorizer.Embeddings;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.JavaMigration;

/** With {@code migrate}. Without a licence Flyway neither compares nor undoes: a later version drops. */
class FlywayContractTest extends AdapterContract {

    @Override
    protected void create(TestDatabase database) {
        migrate(database, new V2__Create());
    }

    @Override
    protected String diff(TestDatabase model, TestDatabase database) {
        return "";
    }

    @Override
    protected void undo(TestDatabase database) {
        migrate(database, new V2__Create(), new V3__Drop());
    }

    @Override
    protected boolean isOfTool(String table) {
        return table.startsWith("flyway_schema_history");
    }

    private static void migrate(TestDatabase database, JavaMigration... migrations) {
        FlywayDatabase.configure(Flyway.configure(), database, migrations)
                .baselineOnMigrate(true)
                .load()
                .migrate();
    }

    private static final class V2__Create extends VectorizerMigration {
        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.create(VECTORIZER));
        }
    }

    private static final class V3__Drop extends VectorizerMigration {
        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.drop("blog_content_embedder", Embeddings.DROP));
        }
    }
}
