package dev.pgai.testkit;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords that need no escaping in a URL. */
final class Passwords {

    private Passwords() {}

    static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
