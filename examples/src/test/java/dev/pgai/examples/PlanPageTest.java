package dev.pgai.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.Hazard;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of {@code docs/plan.md}. */
class PlanPageTest {

    @Test
    void a_plan_and_its_consents() throws SQLException {
        VectorizerDefinition definition = BlogMigration.VECTORIZER;
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table blog (id int primary key, title text, content text)");
            Pgai pgai = Pgai.on(database.dataSource());
            pgai.create(definition.toBuilder()
                    .name("old_one")
                    .destination(Destination.table("old_one"))
                    .build());

            DesiredState desired = DesiredState.of(List.of(definition)).withRemoved(List.of("old_one"));

            VectorizerPlan plan = pgai.plan(desired);
            System.out.println(plan); // what a reviewer reads; plan.toJson() is for programs

            pgai.apply(plan, List.of(new Consent("old_one", Hazard.LOSES_EMBEDDINGS)));

            assertThat(pgai.plan(desired).isDrift()).isFalse();
        }
    }
}
