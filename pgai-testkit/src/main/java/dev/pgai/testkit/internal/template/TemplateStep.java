package dev.pgai.testkit.internal.template;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Something that is done to a template once.
 *
 * @param key names the content: another content has another key
 */
public record TemplateStep(String key, Work work) {

    public interface Work {
        void run(DataSource template) throws SQLException;
    }

    public interface InTransaction {
        void run(Connection connection) throws SQLException;
    }

    /** A session of its own, too: what one script sets is nothing to the next. */
    public static TemplateStep inTransaction(String key, InTransaction work) {
        return new TemplateStep(key, template -> {
            try (Connection connection = template.getConnection()) {
                connection.setAutoCommit(false);
                work.run(connection);
                connection.commit();
            }
        });
    }
}
