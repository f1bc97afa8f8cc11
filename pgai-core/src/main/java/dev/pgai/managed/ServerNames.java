package dev.pgai.managed;

import dev.pgai.argument.Identifiers;

/**
 * The names that PostgreSQL gives to indexes and constraints that were created without one. It takes another, with a
 * number behind it, when the name is taken already.
 */
final class ServerNames {

    private ServerNames() {}

    static String primaryKey(String table) {
        return Identifiers.cut(table, Identifiers.MAX_BYTES - "_pkey".length()) + "_pkey";
    }

    static String index(String table, String column) {
        int available = Identifiers.MAX_BYTES - "__idx".length();
        int tableBytes = Identifiers.bytes(table);
        int columnBytes = Identifiers.bytes(column);
        // The server shortens the longer of both first, byte by byte, and only then drops half characters.
        while (tableBytes + columnBytes > available) {
            if (tableBytes > columnBytes) {
                tableBytes--;
            } else {
                columnBytes--;
            }
        }
        return Identifiers.cut(table, tableBytes) + "_" + Identifiers.cut(column, columnBytes) + "_idx";
    }
}
