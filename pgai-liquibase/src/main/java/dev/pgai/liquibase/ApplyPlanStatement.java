package dev.pgai.liquibase;

import dev.pgai.PgaiException;
import dev.pgai.database.AppliedChange;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.PlanStep;
import dev.pgai.plan.PlanStep.Action;
import dev.pgai.plan.VectorizerPlan;
import java.util.List;
import liquibase.database.Database;
import liquibase.database.PreparedStatementFactory;
import liquibase.exception.DatabaseException;
import liquibase.statement.AbstractSqlStatement;
import liquibase.statement.ExecutablePreparedStatement;

/** Plans on Liquibase's connection, and carries the plan out in its transaction. */
final class ApplyPlanStatement extends AbstractSqlStatement implements ExecutablePreparedStatement {

    private final String what;
    private final DesiredState desired;
    private final List<Consent> consents;
    private final Database database;
    private final Runnable nothingToDo;

    /**
     * Makes a database what is desired.
     *
     * @param what is done, for messages
     * @param nothingToDo called when the database was already as desired
     */
    ApplyPlanStatement(
            String what, DesiredState desired, List<Consent> consents, Database database, Runnable nothingToDo) {
        this.what = what;
        this.desired = desired;
        this.consents = consents;
        this.database = database;
        this.nothingToDo = nothingToDo;
    }

    @Override
    public void execute(PreparedStatementFactory factory) throws DatabaseException {
        VectorizerPlan plan = Asked.of(database, "plan", pgai -> pgai.plan(desired));
        if (plan.steps().isEmpty() && plan.errors().isEmpty()) {
            Told.info("Nothing to do: the vectorizers of " + what + " are as declared");
            nothingToDo.run();
            return;
        }
        Pgai pgai = Asked.pgai(database, what);
        try {
            for (AppliedChange applied : pgai.apply(plan, consents)) {
                Told.info((applied.changed() ? "Done: " : "Nothing to do: ") + applied.change());
                applied.warnings()
                        .forEach(warning -> Told.warning(Damages.inTermsOfChangelogs(
                                warning, applied.change().name())));
            }
        } catch (PgaiException e) {
            throw Asked.told(what + ": " + told(plan, e), e);
        }
    }

    /** With the plan, and with what a changelog can do about it. */
    private static String told(VectorizerPlan plan, PgaiException e) {
        String told = String.valueOf(e.getMessage());
        if (plan.steps().stream().map(PlanStep::action).anyMatch(Action.ALTER_AND_QUEUE::equals)) {
            told +=
                    " Before rows are queued again, a change set before disables the vectorizer, by disableVectorizer, and"
                            + " one after enables it.";
        }
        told += "\nThe plan: " + plan;
        for (PlanStep step : plan.steps()) {
            told = Damages.inTermsOfChangelogs(told, step.vectorizer());
        }
        return told;
    }

    @Override
    public String toString() {
        return what;
    }
}
