package dev.pgai.testkit.internal.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The addresses of this machine that no other reaches. {@code localhost} is the one, the other, or both, and programs
 * do not agree which.
 */
final class Loopback {

    /** Below the ports that operating systems give to outgoing connections, any of which could come in between. */
    private static final int FIRST_PORT = 15000;

    private static final int LAST_PORT = 32000;

    /** Names by which clients may reach them, the best first. */
    static final List<String> HOSTS = List.of("localhost", "127.0.0.1", "[::1]");

    private Loopback() {}

    /** Those that this machine has. */
    static List<String> addresses() {
        return List.of("127.0.0.1", "::1").stream()
                .filter(address -> isFree(address, 0))
                .toList();
    }

    static int freePort() throws IOException {
        List<String> addresses = addresses();
        if (addresses.isEmpty()) {
            throw new IOException("this machine has neither of the loopback addresses 127.0.0.1 and ::1");
        }
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            if (addresses.stream().allMatch(address -> isFree(address, port))) {
                return port;
            }
        }
    }

    private static boolean isFree(String address, int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getByName(address)).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
