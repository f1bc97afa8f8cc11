package dev.pgai.argument;

import java.nio.charset.StandardCharsets;

/** What PostgreSQL keeps of a name. */
public final class Identifiers {

    /** {@code NAMEDATALEN - 1}. */
    public static final int MAX_BYTES = 63;

    private Identifiers() {}

    /** What the server keeps of a name that is too long: at most 63 bytes, whole characters. */
    public static String cut(String name) {
        return cut(name, MAX_BYTES);
    }

    /** The beginning of a name that fits into some bytes, in whole characters. */
    public static String cut(String name, int maxBytes) {
        int used = 0;
        for (int i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
            used += bytes(Character.toString(name.codePointAt(i)));
            if (used > maxBytes) {
                return name.substring(0, i);
            }
        }
        return name;
    }

    /** The length of a name as the server counts it. */
    public static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
