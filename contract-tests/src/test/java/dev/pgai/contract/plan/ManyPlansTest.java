package dev.pgai.contract.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.managed.ManyVectorizers;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.PlanStep;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of many vectorizers, of which one in five has drifted: {@code -Dpgai.test.vectorizers} says how many. */
class ManyPlansTest {

    private static final int VECTORIZERS = Integer.getInteger("pgai.test.vectorizers", 100);

    @Test
    void a_plan_takes_no_more_than_a_second_beyond_the_reading() throws SQLException {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection()) {
            ManyVectorizers.create(connection, VECTORIZERS);
            Pgai pgai = Pgai.on(connection);
            DesiredState desired = DesiredState.of(IntStream.rangeClosed(1, VECTORIZERS)
                    .mapToObj(ManyPlansTest::definition)
                    .toList());
            pgai.plan(desired);

            long start = System.nanoTime();
            pgai.list();
            pgai.inspect();
            long read = System.nanoTime();
            VectorizerPlan plan = pgai.plan(desired);
            long end = System.nanoTime();

            assertThat(plan.steps()).hasSize(VECTORIZERS / 5).allMatch(step -> step.action() == PlanStep.Action.ALTER);
            System.out.printf(
                    "%d vectorizers: list and inspect %d ms, plan %d ms%n",
                    VECTORIZERS,
                    TimeUnit.NANOSECONDS.toMillis(read - start),
                    TimeUnit.NANOSECONDS.toMillis(end - read));
            assertThat(TimeUnit.NANOSECONDS.toMillis(end - read))
                    .isLessThan(1000 + TimeUnit.NANOSECONDS.toMillis(read - start));
        }
    }

    private static VectorizerDefinition definition(int i) {
        VectorizerDefinition.Builder definition = VectorizerDefinition.builder(
                        RelationName.of("public", "t" + i), Loading.column("content"), Embedding.openai("m", 3))
                .name("t" + i + "_embedding");
        if (i % 5 == 0) {
            definition.processing(Processing.byDefault().withBatchSize(7));
        }
        return definition.build();
    }
}
