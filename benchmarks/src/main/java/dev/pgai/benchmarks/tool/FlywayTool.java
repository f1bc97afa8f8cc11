package dev.pgai.benchmarks.tool;

import dev.pgai.benchmarks.core.Definitions;
import dev.pgai.benchmarks.database.Ground;
import dev.pgai.benchmarks.database.Pairs;
import dev.pgai.change.VectorizerChange;
import dev.pgai.flyway.VectorizerMigration;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.vectorizer.Embeddings;
import java.sql.Connection;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.JavaMigration;

/** {@code migrate}, with one migration more each time; in between the history is set back, which does not count. */
final class FlywayTool implements Tool {

    private final TestDatabase database;

    FlywayTool(TestDatabase database) {
        this.database = database;
        migrate();
    }

    private void migrate(JavaMigration... migrations) {
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .locations(new String[0])
                .baselineOnMigrate(true)
                .javaMigrations(migrations)
                .load()
                .migrate();
    }

    @Override
    public String name() {
        return "Flyway";
    }

    @Override
    public double up() throws Exception {
        return Pairs.time(() -> migrate(new V2__Create()));
    }

    @Override
    public double down() throws Exception {
        double millis = Pairs.time(() -> migrate(new V2__Create(), new V3__Drop()));
        try (Connection connection = database.connection()) {
            Ground.run(connection, "delete from flyway_schema_history where version in ('2', '3')");
        }
        return millis;
    }

    private static final class V2__Create extends VectorizerMigration {
        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.create(Definitions.example()));
        }
    }

    private static final class V3__Drop extends VectorizerMigration {
        @Override
        protected List<VectorizerChange> changes() {
            return List.of(VectorizerChange.drop(Definitions.NAME, Embeddings.DROP));
        }
    }
}
