package dev.pgai.testkit.internal.embedded;

import dev.pgai.testkit.internal.server.ServerAccess;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server process and its files. */
final class PostgresProcess {

    private static final Logger log = LoggerFactory.getLogger(PostgresProcess.class);
    private static final int START_LIMIT_SECONDS = 60;
    private static final int CONNECT_LIMIT_SECONDS = 10;
    private static final int ATTEMPTS = 3;
    private static final int LINES_OF_LOG = 5;
    private static final String PORT_TAKEN = "could not bind";

    private static final List<String> SETTINGS = List.of(
            "unix_socket_directories=",
            "timezone=UTC",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "log_checkpoints=off",
            "min_wal_size=32MB",
            "max_wal_size=128MB",
            "max_connections=300",
            // As on any server. How the tester's own password is kept is another matter.
            "password_encryption=scram-sha-256");

    private final RunDirectory directory;
    private final ServerAccess access;
    private final long pid;

    private PostgresProcess(RunDirectory directory, ServerAccess access) throws IOException {
        this.directory = directory;
        this.access = access;
        this.pid = LeftServer.pid(directory.data());
    }

    /**
     * Starts a server. What is kept and does not work is made anew.
     *
     * @param place where its files go
     */
    static PostgresProcess start(PostgresBinaries binaries, Path place) throws IOException {
        KeptCluster cluster = new KeptCluster(binaries.clusters());
        Programs programs = new Programs(binaries.ready());
        if (cluster.exists()) {
            try {
                return start(programs, cluster, place);
            } catch (IOException e) {
                log.warn("The cluster that is kept in {} does not work, and is made anew", binaries.clusters(), e);
                cluster.discard();
            }
        }
        make(cluster, programs, binaries);
        return start(programs, cluster, place);
    }

    private static void make(KeptCluster cluster, Programs programs, PostgresBinaries binaries) throws IOException {
        try {
            cluster.make(programs);
        } catch (IOException e) {
            log.warn("The programs that are kept in {} do not work, and are unpacked anew", programs.directory(), e);
            cluster.make(new Programs(binaries.anew()));
        }
    }

    private static PostgresProcess start(Programs programs, KeptCluster cluster, Path place) throws IOException {
        for (int attempt = 1; ; attempt++) {
            RunDirectory directory = RunDirectory.create(place);
            try {
                return start(programs, cluster, directory);
            } catch (IOException | RuntimeException e) {
                String said = Programs.text(directory.log());
                LeftServer.stop(directory.data());
                directory.delete();
                if (attempt == ATTEMPTS || !said.contains(PORT_TAKEN)) {
                    throw e;
                }
            }
        }
    }

    private static PostgresProcess start(Programs programs, KeptCluster cluster, RunDirectory directory)
            throws IOException {
        cluster.copyTo(directory.data());
        int port = Loopback.freePort();
        String options = Stream.concat(
                        Stream.of("listen_addresses=" + String.join(",", Loopback.addresses())), settings())
                .map(setting -> "-c " + setting)
                .collect(Collectors.joining(" ", "-p " + port + " -F ", ""));
        programs.run(
                directory.log(),
                "pg_ctl",
                List.of(
                        "start",
                        "-D",
                        directory.data().toString(),
                        "-l",
                        directory.log().toString(),
                        "-w",
                        "-t",
                        Integer.toString(START_LIMIT_SECONDS),
                        "-o",
                        options));
        if (Programs.text(directory.log()).contains(PORT_TAKEN)) {
            // On one of two addresses: the other one's port is another program's.
            throw new IOException(Programs.text(directory.log()));
        }
        return new PostgresProcess(directory, access(port, cluster.password()));
    }

    private static Stream<String> settings() {
        // In the data directory, and deleted with it: a killed server leaves segments of the default kind behind.
        Stream<String> unix = File.separatorChar == '/' ? Stream.of("dynamic_shared_memory_type=mmap") : Stream.of();
        return Stream.concat(SETTINGS.stream(), unix);
    }

    /** By a name that this JVM resolves to an address of the server's. */
    private static ServerAccess access(int port, String password) throws IOException {
        IOException problem = new IOException("The server runs, but this JVM does not reach it at port " + port + " of "
                + String.join(", ", Loopback.HOSTS));
        for (String host : Loopback.HOSTS) {
            ServerAccess access = new ServerAccess(
                    "jdbc:postgresql://" + host + ":" + port + "/",
                    "?user=postgres&password=" + password,
                    "postgres",
                    password);
            PGSimpleDataSource source = access.dataSource("postgres");
            source.setConnectTimeout(CONNECT_LIMIT_SECONDS);
            try {
                source.getConnection().close();
                return access;
            } catch (SQLException e) {
                if (problem.getCause() == null) {
                    problem.initCause(e);
                } else {
                    problem.addSuppressed(e);
                }
            }
        }
        throw problem;
    }

    RunDirectory directory() {
        return directory;
    }

    ServerAccess access() {
        return access;
    }

    long pid() {
        return pid;
    }

    /** By its port: a process that was killed may be seen for a while. */
    boolean isGone() {
        PGSimpleDataSource source = access.dataSource("postgres");
        source.setConnectTimeout(CONNECT_LIMIT_SECONDS);
        try {
            source.getConnection().close();
            return false;
        } catch (SQLException e) {
            return e.getCause() instanceof ConnectException;
        }
    }

    /** For people, of one that has ended. */
    String obituary() {
        return "The embedded PostgreSQL (process " + pid
                + ") has ended before the tests have: it was killed, by hand or for"
                + " want of memory, or it crashed. The end of its log: " + endOfLog();
    }

    private String endOfLog() {
        try {
            List<String> said = Programs.text(directory.log()).lines().toList();
            return String.join(" / ", said.subList(Math.max(0, said.size() - LINES_OF_LOG), said.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    void stop() throws IOException {
        LeftServer.stop(directory.data());
        directory.delete();
    }

    void stopUnlessKept() {
        if (!directory.isKept()) {
            try {
                stop();
            } catch (IOException e) {
                log.warn("The test server was not stopped: {}", e.toString());
            }
        }
    }
}
