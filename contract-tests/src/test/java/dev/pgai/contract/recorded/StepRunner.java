package dev.pgai.contract.recorded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgai.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Runs SQL text as a shell would, and gives the outcome in the form of the recorded steps. */
public final class StepRunner {

    private StepRunner() {}

    /** Runs a text of one or more statements; the result is that of the last. */
    public static RecordedCase.Step run(Connection connection, String sql) throws SQLException {
        ObjectNode step = JsonNodeFactory.instance.objectNode();
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            step.put("sql", sql);
            try {
                step.put("result", lastResult(statement, sql));
            } catch (PSQLException e) {
                step.set("error", error(e));
            }
            for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
                messages.add(w.getMessage());
            }
        }
        if (!messages.isEmpty()) {
            step.set("messages", messages);
        }
        return new RecordedCase.Step(step);
    }

    /** One text may hold several statements, each with its own outcome: only this protocol takes it whole. */
    public static Connection simpleProtocol(TestDatabase database) throws SQLException {
        PGSimpleDataSource dataSource = database.dataSource();
        dataSource.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return dataSource.getConnection();
    }

    /** An error in the form of the recorded ones. */
    public static ObjectNode error(PSQLException e) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sqlstate", e.getSQLState())
                .put("message", serverMessage(e));
    }

    private static @Nullable String serverMessage(PSQLException e) {
        ServerErrorMessage server = e.getServerErrorMessage();
        return server == null ? e.getMessage() : server.getMessage();
    }

    private static String lastResult(Statement statement, String sql) throws SQLException {
        String last = "";
        boolean rows = statement.execute(sql);
        while (rows || statement.getUpdateCount() != -1) {
            if (rows) {
                last = rows(statement.getResultSet());
            }
            rows = statement.getMoreResults();
        }
        return last;
    }

    private static String rows(ResultSet rows) throws SQLException {
        List<String> lines = new ArrayList<>();
        while (rows.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                String value = rows.getString(i);
                values.add(value == null ? "" : value);
            }
            lines.add(String.join("|", values));
        }
        return String.join("\n", lines);
    }
}
