package dev.pgai.testkit.internal.server;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/** Names that tell the databases of this JVM from those of others on the same server. */
public final class JvmName {

    public static final String PATTERN = "pgai_test_[0-9a-f]{8}";

    public static final String VALUE = "pgai_test_" + randomToken();

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private JvmName() {}

    public static String nextDatabase() {
        return VALUE + "_" + DATABASES.incrementAndGet();
    }

    private static String randomToken() {
        byte[] token = new byte[4];
        new SecureRandom().nextBytes(token);
        return HexFormat.of().formatHex(token);
    }
}
