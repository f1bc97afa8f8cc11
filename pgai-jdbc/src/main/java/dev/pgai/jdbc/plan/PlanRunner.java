package dev.pgai.jdbc.plan;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.AppliedChange;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.change.ChangeRunner;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.Session;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.PlanStep;
import dev.pgai.plan.PlanStep.Action;
import dev.pgai.plan.VectorizerPlan;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Makes plans, and carries them out. */
public final class PlanRunner {

    private static final String CARRY_OUT = "carry out the plan";

    private PlanRunner() {}

    public static VectorizerPlan plan(Session session, DesiredState desired) {
        return session.read("plan", database -> {
            PlanReader reader = new PlanReader(database, desired);
            return reader.counted(reader.read());
        });
    }

    /** Refused where the plan has errors, somebody must agree, or the database has changed. */
    public static List<AppliedChange> apply(
            Session session, VectorizerPlan plan, Collection<Consent> consents, Duration timeout) {
        require(plan.errors());
        require(plan.missing(consents).stream().map(PlanRunner::consentMissing).toList());
        List<VectorizerChange> drained = changes(plan, true).toList();
        List<VectorizerChange> others = changes(plan, false).toList();
        return ChangeRunner.apply(
                session, CARRY_OUT, database -> requireSame(database, plan), others, drained, timeout);
    }

    private static Stream<VectorizerChange> changes(VectorizerPlan plan, boolean drained) {
        return plan.steps().stream()
                .filter(step -> drained == (step.action() == Action.ALTER_AND_QUEUE))
                .map(PlanStep::changes)
                .flatMap(List::stream);
    }

    private static void requireSame(Database database, VectorizerPlan plan) {
        VectorizerPlan now = new PlanReader(database, plan.desired()).read();
        if (!now.fingerprint().equals(plan.fingerprint())) {
            require(List.of(Problem.of(
                    Problem.Code.PLAN_OUTDATED,
                    null,
                    plan.fingerprint(),
                    "The database is no longer the one that the plan was made from. The plan for it is now: " + now,
                    "Plan again, and read that plan.")));
        }
    }

    private static Problem consentMissing(Consent consent) {
        return Problem.of(
                Problem.Code.CONSENT_MISSING,
                "consents",
                consent.toString(),
                "Vectorizer \"" + consent.vectorizer() + "\": nobody has agreed that "
                        + consent.hazard().effect() + " (" + consent.hazard() + ").",
                "Agree to it by the consent " + consent + ".");
    }

    private static void require(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new RefusedException("Cannot " + CARRY_OUT, problems);
        }
    }
}
