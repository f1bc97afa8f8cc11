package dev.pgai.testkit.internal.server;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords that need no escaping in a URL. */
public final class Passwords {

    private Passwords() {}

    public static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
