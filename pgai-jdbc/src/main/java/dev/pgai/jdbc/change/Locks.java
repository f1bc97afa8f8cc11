package dev.pgai.jdbc.change;

import dev.pgai.jdbc.connection.Database;
import dev.pgai.sql.VectorizerSql;

/**
 * The lock that changes wait for. A change takes its locks in this order:
 *
 * <ol>
 *   <li>the advisory lock, before anything that another change may wait for. What is looked at before holds locks on
 *       tables of the catalog alone, in a mode that no change conflicts with: what a look counts in queues, stores and
 *       sources is counted so that its locks are given back
 *   <li>the view of embeddings, as who searches takes it first
 *   <li>the source, the store, the queues, as the catalog's functions take them
 * </ol>
 *
 * <p>So whoever waits here holds nothing that another change waits for. A caller who has written to a source before, in
 * the same transaction, does: then the server may end one of two such transactions with 40P01.
 */
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
