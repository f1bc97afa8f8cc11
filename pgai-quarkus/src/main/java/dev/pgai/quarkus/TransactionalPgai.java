package dev.pgai.quarkus;

import dev.pgai.InvalidArgumentException;
import dev.pgai.jdbc.Pgai;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A {@link Pgai} in the transactions of Quarkus'. For data sources with a name, of which there is no bean. */
public final class TransactionalPgai {

    private TransactionalPgai() {}

    /**
     * While the thread is in a transaction that the data source takes part in, works on the transaction's connection:
     * what it did is committed or rolled back with all else. Else each change is a transaction of its own, so also with
     * a data source that takes part in none ({@code quarkus.datasource.jdbc.transactions=disabled}).
     *
     * @param dataSource of Quarkus'
     * @param transactions a bean of Quarkus'
     * @return the vectorizers of its database, as fit for use by several threads as the data source
     * @throws InvalidArgumentException when one is null
     */
    public static Pgai on(DataSource dataSource, TransactionSynchronizationRegistry transactions) {
        if (transactions == null) {
            throw new InvalidArgumentException(
                    "transactions", null, "it must not be null", "Inject TransactionSynchronizationRegistry.");
        }
        return Pgai.on(dataSource, () -> isActive(transactions) && takesPart(dataSource));
    }

    /** The states in which a data source hands out the connection of the transaction. */
    private static boolean isActive(TransactionSynchronizationRegistry transactions) {
        int status = transactions.getTransactionStatus();
        return status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK;
    }

    private static boolean takesPart(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return !connection.getAutoCommit();
        } catch (SQLException e) {
            // Whatever is done next fails, and says why; the transaction is not to be ended here.
            return true;
        }
    }
}
