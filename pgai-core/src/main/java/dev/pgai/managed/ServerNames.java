package dev.pgai.managed;

import java.nio.charset.StandardCharsets;

/**
 * The names that PostgreSQL gives to indexes and constraints that were created without one. It takes another, with a
 * number behind it, when the name is taken already.
 */
final class ServerNames {

    private static final int MAX_BYTES = 63;

    private ServerNames() {}

    static String primaryKey(String table) {
        return cut(table, MAX_BYTES - "_pkey".length()) + "_pkey";
    }

    static String index(String table, String column) {
        int available = MAX_BYTES - "__idx".length();
        int tableBytes = bytes(table);
        int columnBytes = bytes(column);
        // The server shortens the longer of both first, byte by byte, and only then drops half characters.
        while (tableBytes + columnBytes > available) {
            if (tableBytes > columnBytes) {
                tableBytes--;
            } else {
                columnBytes--;
            }
        }
        return cut(table, tableBytes) + "_" + cut(column, columnBytes) + "_idx";
    }

    private static String cut(String name, int maxBytes) {
        int used = 0;
        for (int i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
            used += bytes(Character.toString(name.codePointAt(i)));
            if (used > maxBytes) {
                return name.substring(0, i);
            }
        }
        return name;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
