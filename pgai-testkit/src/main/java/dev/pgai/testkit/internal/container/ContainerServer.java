package dev.pgai.testkit.internal.container;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.server.RunningServer;
import dev.pgai.testkit.internal.server.Server;
import dev.pgai.testkit.internal.setting.Settings;
import dev.pgai.testkit.internal.thread.Once;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A server in a container: one for each image in this JVM. Knows no class of Testcontainers, which need not be there.
 */
public final class ContainerServer implements Server {

    public static final String CHOICE = "testcontainers";
    public static final String DEFAULT_IMAGE = "pgvector/pgvector:pg17";

    private static final String TESTCONTAINERS = "org.testcontainers.containers.GenericContainer";
    private static final ConcurrentMap<String, ContainerServer> SERVERS = new ConcurrentHashMap<>();

    private final String image;
    private final Once<RunningServer> running = new Once<>("pgai-testkit-start", this::start);

    private ContainerServer(String image) {
        this.image = image;
    }

    public static ContainerServer of(String image) {
        if (image.isEmpty() || image.chars().anyMatch(Character::isWhitespace)) {
            throw new InvalidArgumentException(
                    "image",
                    image,
                    "it is not the name of an image",
                    "Write one such as " + DEFAULT_IMAGE + ", or leave it out: " + CHOICE + ".");
        }
        return SERVERS.computeIfAbsent(image, ContainerServer::new);
    }

    @Override
    public RunningServer running() {
        return running.get();
    }

    private RunningServer start() {
        requireTestcontainers();
        return PostgresContainer.start(image);
    }

    private void requireTestcontainers() {
        try {
            Class.forName(TESTCONTAINERS, false, ContainerServer.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new PgaiException(
                    "The server " + this + " needs Testcontainers, which is not on the class path. Add"
                            + " org.testcontainers:testcontainers, 2.0 or newer, to the tests, or choose another server: "
                            + Settings.SERVER + "=embedded.",
                    e);
        }
    }

    @Override
    public String toString() {
        return CHOICE + ":" + image;
    }
}
