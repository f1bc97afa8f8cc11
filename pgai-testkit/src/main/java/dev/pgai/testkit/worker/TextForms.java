package dev.pgai.testkit.worker;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the server writes values as text, until the end of the transaction.
 *
 * @param values of the settings, in their order
 */
record TextForms(List<String> values) {

    private static final List<String> SETTINGS =
            List.of("datestyle", "intervalstyle", "bytea_output", "extra_float_digits", "timezone");

    private static final String READ = SETTINGS.stream()
            .map(setting -> "current_setting('" + setting + "')")
            .collect(Collectors.joining(", ", "select ", ""));

    private static final String SET = SETTINGS.stream()
            .map(setting -> "set_config('" + setting + "', ?, true)")
            .collect(Collectors.joining(", ", "select ", ""));

    /** Those of a session. */
    static TextForms of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(READ)) {
            row.next();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= SETTINGS.size(); i++) {
                values.add(row.getString(i));
            }
            return new TextForms(values);
        }
    }

    /** Those that a worker reads, which must not depend on who connects. */
    static TextForms forWorker(ZoneId timeZone) {
        return new TextForms(List.of("ISO", "postgres", "hex", "1", zone(timeZone)));
    }

    /** Outside of the brackets, PostgreSQL's sign of an offset is the other one. */
    private static String zone(ZoneId timeZone) {
        if (timeZone.normalized() instanceof ZoneOffset offset) {
            int seconds = Math.abs(offset.getTotalSeconds());
            boolean west = offset.getTotalSeconds() < 0;
            String clock =
                    String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
            return "<" + (west ? "-" : "+") + clock + ">" + (west ? "+" : "-") + clock;
        }
        return timeZone.getId();
    }

    void set(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SET)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            statement.executeQuery().close();
        }
    }
}
