package dev.pgai.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Something that is done to a template once.
 *
 * @param key names the content: another content has another key
 */
record TemplateStep(String key, Work work) {

    interface Work {
        void run(DataSource template) throws SQLException;
    }

    interface InTransaction {
        void run(Connection connection) throws SQLException;
    }

    /** A session of its own, too: what one script sets is nothing to the next. */
    static TemplateStep inTransaction(String key, InTransaction work) {
        return new TemplateStep(key, template -> {
            try (Connection connection = template.getConnection()) {
                connection.setAutoCommit(false);
                work.run(connection);
                connection.commit();
            }
        });
    }
}
