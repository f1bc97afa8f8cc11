package dev.pgai.spring.boot;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The connection of Spring's transaction while there is one on the data source, and else one of the data source's. */
final class SpringConnections extends DelegatingDataSource {

    private final DataSource target;
    private final DataSource transactional;

    private SpringConnections(DataSource target) {
        super(target);
        this.target = target;
        this.transactional = new TransactionAwareDataSourceProxy(target);
    }

    /** A transaction manager takes what is within such a proxy, too. */
    static SpringConnections of(DataSource dataSource) {
        return new SpringConnections(
                dataSource instanceof TransactionAwareDataSourceProxy proxy
                        ? Objects.requireNonNull(proxy.getTargetDataSource())
                        : dataSource);
    }

    /**
     * A connection that Spring has bound need not be in a transaction: in that of another data source, or in a scope
     * without one, Spring binds it as it came, and ends nothing on it.
     */
    boolean inTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.hasResource(target)) {
            return false;
        }
        Connection bound = DataSourceUtils.getConnection(target);
        try {
            return !bound.getAutoCommit();
        } catch (SQLException e) {
            // Whatever is done next on this connection fails, and says why; it is not to be ended here.
            return true;
        } finally {
            DataSourceUtils.releaseConnection(bound, target);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return inTransaction() ? transactional.getConnection() : target.getConnection();
    }
}
