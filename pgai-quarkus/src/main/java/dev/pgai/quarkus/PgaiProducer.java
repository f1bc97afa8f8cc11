package dev.pgai.quarkus;

import dev.pgai.PgaiException;
import dev.pgai.jdbc.Pgai;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.sql.DataSource;

/**
 * Gives applications a {@link Pgai} on their default data source. A bean {@code Pgai} of the application's replaces it.
 */
@Dependent
public class PgaiProducer {

    /** Called by Quarkus. */
    public PgaiProducer() {}

    /**
     * Takes part in the transactions of Quarkus': see {@link TransactionalPgai}.
     *
     * @param dataSource the default one, looked for when the bean is first used
     * @param transactions of the application
     * @return the vectorizers of its database
     * @throws PgaiException when the application has no default data source
     */
    @Produces
    @Singleton
    @DefaultBean
    Pgai pgai(Instance<DataSource> dataSource, TransactionSynchronizationRegistry transactions) {
        if (!dataSource.isResolvable()) {
            throw new PgaiException("There is no default data source for a bean Pgai. Make one on the data source that"
                    + " is meant, by TransactionalPgai.on(dataSource, transactions).");
        }
        return TransactionalPgai.on(dataSource.get(), transactions);
    }
}
