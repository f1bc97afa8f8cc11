package dev.pgai.testkit;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Something that is done to a template once.
 *
 * @param key names the content: another content has another key
 */
record TemplateStep(String key, Work work) {

    interface Work {
        void run(Connection connection) throws SQLException;
    }
}
