package dev.pgai.liquibase;

import java.nio.charset.StandardCharsets;
import liquibase.database.Database;
import liquibase.structure.DatabaseObject;

/** The name by which PostgreSQL would know an object that Liquibase names in a statement. */
final class ServerName {

    private static final int MAX_BYTES = 63;

    private ServerName() {}

    /**
     * Quoted or not as Liquibase would do it; what is not, is folded by PostgreSQL: A to Z, and no other letter.
     *
     * @param database the one that the statement is for
     */
    static String of(Database database, String name, Class<? extends DatabaseObject> type) {
        String rendered = database.escapeObjectName(name, type);
        return cut(rendered.startsWith("\"") ? name : folded(name));
    }

    private static String folded(String name) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return folded.toString();
    }

    private static String cut(String name) {
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end);
    }
}
