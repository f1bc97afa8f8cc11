package dev.pgai.testkit.internal.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.file.Digest;
import dev.pgai.testkit.internal.file.LiveMark;
import dev.pgai.testkit.internal.file.OwnDirectory;
import dev.pgai.testkit.internal.server.AdminConnections;
import dev.pgai.testkit.internal.server.BackgroundDrops;
import dev.pgai.testkit.internal.server.Passwords;
import dev.pgai.testkit.internal.server.RunningServer;
import dev.pgai.testkit.internal.server.ServerAccess;
import dev.pgai.testkit.internal.server.Tenancy;
import dev.pgai.testkit.internal.setting.Settings;
import dev.pgai.testkit.internal.thread.AtExit;
import dev.pgai.testkit.internal.thread.Background;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A container of this JVM's. Testcontainers' own reaper removes what a killed JVM left; where it is switched off, the
 * next JVM does: each container has a label that names the mark of its JVM.
 */
public final class PostgresContainer {

    static final String LABEL = "dev.pgai.testkit.run";

    private static final Logger log = LoggerFactory.getLogger(PostgresContainer.class);

    private static final int PORT = 5432;
    private static final String MEMORY = "/pgai-testkit";
    private static final long SHARED_MEMORY = 512L << 20;
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

    /** Testcontainers removes each container of a JVM that ends. */
    private static final Tenancy NOTHING_STAYS = new Tenancy() {
        @Override
        public void announce() {}

        @Override
        public @Nullable String keep(String database) {
            return null;
        }
    };

    private final LiveMark mark;
    private final String password = Passwords.random();
    private final GenericContainer<?> container;

    static RunningServer start(String image) {
        requireDocker();
        try {
            DockerImageName name = DockerImageName.parse(image);
            name.assertValid();
            Path own = OwnDirectory.inTemporary();
            PostgresContainer container = new PostgresContainer(name, LiveMark.create(own, kind()));
            try {
                RunningServer server = container.start();
                server.drops().rehearse();
                AtExit.run("pgai-testkit-stop", () -> container.stop(server));
                Background.run("pgai-testkit-sweep", () -> sweep(own));
                return server;
            } catch (SQLException | RuntimeException e) {
                container.remove();
                throw e;
            }
        } catch (PgaiException e) {
            throw e;
        } catch (IOException | SQLException | RuntimeException e) {
            throw failed(image, e);
        }
    }

    /** Set up as the embedded server is. */
    private PostgresContainer(DockerImageName image, LiveMark mark) {
        this.mark = mark;
        this.container = new GenericContainer<>(image)
                .withExposedPorts(PORT)
                .withEnv("POSTGRES_PASSWORD", password)
                .withEnv("POSTGRES_INITDB_ARGS", "--locale=C.UTF-8 --encoding=UTF8 --no-sync")
                // Not where the image has its volume: PostgreSQL 18's refuses to start when that is something else.
                .withTmpFs(Map.of(MEMORY, "rw"))
                .withEnv("PGDATA", MEMORY + "/data")
                .withSharedMemorySize(SHARED_MEMORY)
                .withLabel(LABEL, mark.name())
                .withCreateContainerCmdModifier(PostgresContainer::publishOnLoopback)
                .withCommand(
                        "postgres",
                        "-c",
                        "timezone=UTC",
                        "-c",
                        "fsync=off",
                        "-c",
                        "synchronous_commit=off",
                        "-c",
                        "full_page_writes=off")
                // The first time it is the server that sets the password.
                .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*\\s", 2)
                        .withStartupTimeout(START_LIMIT));
    }

    /** Docker publishes on all of the machine's addresses otherwise. An engine elsewhere has to. */
    private static void publishOnLoopback(CreateContainerCmd command) {
        if (LOOPBACK.contains(DockerClientFactory.instance().dockerHostIpAddress())) {
            HostConfig host = Objects.requireNonNull(command.getHostConfig());
            host.withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(PORT)));
        }
    }

    private RunningServer start() throws SQLException {
        container.start();
        ServerAccess access = new ServerAccess(
                "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(PORT) + "/",
                "?user=postgres&password=" + password,
                "postgres",
                password);
        AdminConnections admin = new AdminConnections(access.dataSource("postgres"));
        return admin.run(connection -> RunningServer.of(
                connection,
                access,
                admin,
                new BackgroundDrops(admin),
                NOTHING_STAYS,
                "in a container of " + container.getDockerImageName(),
                true));
    }

    private void stop(RunningServer server) {
        server.drops().awaitQuiet();
        try {
            remove();
        } catch (IOException | RuntimeException e) {
            log.warn("Container {} was not removed: {}", container.getContainerId(), e.toString());
        }
    }

    private void remove() throws IOException {
        container.stop();
        mark.delete();
    }

    /** Removes the containers of JVMs that were killed, as far as they are in this engine. */
    static void sweep(Path own) {
        try {
            DockerClient client = DockerClientFactory.lazyClient();
            for (LiveMark mark : LiveMark.left(own, kind())) {
                for (Container left : client.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(LABEL, mark.name()))
                        .exec()) {
                    log.info("Removing a container that was left behind: {}", left.getId());
                    client.removeContainerCmd(left.getId())
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec();
                }
                mark.delete();
            }
        } catch (IOException | DockerException e) {
            log.warn("Containers that were left behind are still there: {}", e.toString());
        }
    }

    /** The marks of one engine are told from those of another, which cannot be asked here. */
    private static String kind() {
        String engine = DockerClientFactory.instance()
                .getTransportConfig()
                .getDockerHost()
                .toString();
        return "container-" + new Digest().add(engine).hex() + "-";
    }

    private static void requireDocker() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new PgaiException("Testcontainers reaches no Docker engine; its log says what it tried. Start"
                    + " Docker, or set DOCKER_HOST, or choose another server: " + Settings.SERVER + "=embedded.");
        }
    }

    private static PgaiException failed(String image, Exception e) {
        Throwable reason = e;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return new PgaiException(
                "No PostgreSQL in a container of " + image + ": " + e.getMessage()
                        + (reason == e ? "" : ": " + reason.getMessage())
                        + " It takes an image that follows the official one of PostgreSQL; choose it by "
                        + Settings.SERVER + "=" + ContainerServer.CHOICE + ":IMAGE.",
                e);
    }
}
