package dev.pgai.jdbc.change;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.AppliedChange;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Does changes, whatever they are. */
public final class ChangeRunner {

    private ChangeRunner() {}

    /** One or more, in this order, and all or none of them. */
    public static List<AppliedChange> apply(Session session, List<VectorizerChange> changes) {
        String operation = changes.stream().map(VectorizerChange::toString).collect(Collectors.joining(", then "));
        List<Done> done = session.change(operation, database -> {
            if (changes.size() > 1 && !database.isInTransaction()) {
                throw new RefusedException(
                        "Cannot " + operation,
                        List.of(Problem.of(
                                Problem.Code.TRANSACTION_MISSING,
                                null,
                                null,
                                "The connection is in autocommit, and when one of " + changes.size()
                                        + " changes fails, those before it would stay.",
                                "Switch autocommit off, or use a DataSource.")));
            }
            List<Done> all = new ArrayList<>();
            changes.forEach(change -> all.add(run(database, change)));
            return all;
        });
        done.forEach(Done::log);
        return List.copyOf(done);
    }

    /** What keeps a change from being done. */
    public static List<Problem> check(Database database, VectorizerChange change) {
        return change.expects().vectorizer().isPresent()
                ? new ChangeOfExisting(database, change).problems()
                : new Creation(database, change).problems();
    }

    private static Done run(Database database, VectorizerChange change) {
        return change.expects().vectorizer().isPresent()
                ? new ChangeOfExisting(database, change).run()
                : new Creation(database, change).run();
    }
}
