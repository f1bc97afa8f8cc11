package dev.pgai.jdbc.change;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Problem;
import dev.pgai.jdbc.connection.Database;
import java.util.List;

/** One change, whatever it is. */
public final class OneChange {

    private OneChange() {}

    /** What keeps it from being done. */
    public static List<Problem> check(Database database, VectorizerChange change) {
        return change.expects().vectorizer().isPresent()
                ? new ChangeOfExisting(database, change).problems()
                : new Creation(database, change).problems();
    }

    /** Refuses a change of a vectorizer that is there as {@link #run} would. */
    static void require(Database database, VectorizerChange change) {
        new ChangeOfExisting(database, change).require();
    }

    static Done run(Database database, VectorizerChange change) {
        return change.expects().vectorizer().isPresent()
                ? new ChangeOfExisting(database, change).run()
                : new Creation(database, change).run();
    }
}
