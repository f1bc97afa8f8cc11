package dev.pgai.hibernate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.hibernate.engine.jdbc.connections.spi.JdbcConnectionAccess;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.hibernate.service.ServiceRegistry;

/** A connection from before there are sessions, given back when it was not the user's. */
record ToolConnection(Connection get, boolean users, JdbcConnectionAccess access) implements AutoCloseable {

    /** As JPA calls it, and as it did before it was Jakarta's. */
    private static final List<String> PROVIDED = List.of(
            "jakarta.persistence.schema-generation-connection", "javax.persistence.schema-generation-connection");

    /**
     * That of a schema tool.
     *
     * @param options those of the tool's run, which may hold a connection
     */
    static ToolConnection of(ServiceRegistry registry, Map<String, Object> options) throws SQLException {
        JdbcConnectionAccess access =
                registry.requireService(JdbcServices.class).getBootstrapJdbcConnectionAccess();
        for (String key : PROVIDED) {
            if (options.get(key) instanceof Connection provided) {
                return new ToolConnection(provided, true, access);
            }
        }
        return new ToolConnection(access.obtainConnection(), false, access);
    }

    @Override
    public void close() throws SQLException {
        if (!users) {
            try {
                if (!get.getAutoCommit()) {
                    get.rollback();
                }
            } finally {
                access.releaseConnection(get);
            }
        }
    }
}
