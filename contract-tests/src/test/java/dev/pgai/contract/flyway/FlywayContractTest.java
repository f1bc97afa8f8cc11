package dev.pgai.contract.flyway;

import dev.pgai.contract.adapter.AdapterContract;
import dev.pgai.flyway.VectorizerMigration;
import dev.pgai.flyway.VectorizerSteps;
import dev.pgai.testkit.TestDatabase;
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
        protected void steps(VectorizerSteps steps) {
            steps.create(VECTORIZER);
        }
    }

    private static final class V3__Drop extends VectorizerMigration {
        @Override
        protected void steps(VectorizerSteps steps) {
            steps.drop("blog_content_embedder");
        }
    }
}
