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

    static Done run(Database database, VectorizerChange change) {
        return change.expects().vectorizer().isPresent()
                ? new ChangeOfExisting(database, change).run()
                : new Creation(database, change).run();
    }
}
