package dev.pgai.jdbc.change;

import dev.pgai.jdbc.connection.Database;
import dev.pgai.sql.VectorizerSql;

/** The lock that changes wait for. */
final class Locks {

    private Locks() {}

    /**
     * Waits until no other transaction changes vectorizers, so that what is seen then stays so until the end of this
     * one. In autocommit there is no transaction that could hold it; there, a statement that needs it takes it itself.
     */
    static void take(Database database) {
        if (database.isInTransaction()) {
            database.query(VectorizerSql.lock(), rows -> rows.next());
        }
    }
}
