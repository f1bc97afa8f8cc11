package dev.pgai.testkit.internal.embedded;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.file.FileTree;
import dev.pgai.testkit.internal.server.Passwords;
import dev.pgai.testkit.internal.server.ServerAccess;
import dev.pgai.testkit.internal.setting.Settings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A server process and its files. */
public final class PostgresProcess {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;
    private static final int LOG_TAIL = 2000;

    /** Below the ports that operating systems give to outgoing connections, any of which could come in between. */
    private static final int FIRST_PORT = 15000;

    private static final int LAST_PORT = 32000;

    private final EmbeddedPostgres postgres;
    private final RunDirectory directory;
    private final ServerAccess access;
    private volatile boolean kept;

    private PostgresProcess(EmbeddedPostgres postgres, RunDirectory directory, String password) {
        this.postgres = postgres;
        this.directory = directory;
        this.access = new ServerAccess(
                "jdbc:postgresql://localhost:" + postgres.getPort() + "/",
                "?user=postgres&password=" + password,
                "postgres",
                password);
    }

    /**
     * Starts a server.
     *
     * @param place where its files go
     */
    static PostgresProcess start(PostgresBinaries binaries, PostgresArchive archive, Path place) throws IOException {
        requireNotRoot(place);
        for (int attempt = 1; ; attempt++) {
            RunDirectory directory = RunDirectory.create(place);
            try {
                return start(binaries, archive, directory);
            } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
                String log = tail(directory.log());
                LeftServer.stop(directory.data());
                directory.delete();
                if (attempt == ATTEMPTS || !log.contains("could not bind")) {
                    throw new IOException(e.getMessage() + (log.isEmpty() ? "" : "\n" + log), e);
                }
            }
        }
    }

    private static PostgresProcess start(PostgresBinaries binaries, PostgresArchive archive, RunDirectory directory)
            throws IOException {
        return binaries.start(working -> {
            Path passwordFile = working.resolve("password");
            if (!Files.exists(passwordFile)) {
                Files.writeString(passwordFile, Passwords.random());
            }
            String password = Files.readString(passwordFile);
            EmbeddedPostgres.Builder builder = configured(directory)
                    .setOverrideWorkingDirectory(working.toFile())
                    .setPgBinaryResolver((system, machine) -> archive.open())
                    .setConnectConfig("password", password);
            // A cluster is kept as initdb makes it: a copy takes a fifth of the time.
            Path kept = working.resolve("cluster");
            if (Files.exists(kept)) {
                FileTree.copy(kept, directory.data());
                builder.setCleanDataDirectory(false);
            } else {
                // Handed to initdb as they are. Without a password any user of the machine would be superuser here, who
                // may run programs as this user. Of the ways to check one, md5 costs a connection no time.
                builder.setLocaleConfig("locale", "C")
                        .setLocaleConfig("auth-host", "md5")
                        .setLocaleConfig("pwfile", passwordFile.toString())
                        .setDataDirectoryCustomizer(data -> FileTree.copy(data.toPath(), kept));
            }
            return new PostgresProcess(builder.start(), directory, password);
        });
    }

    private static EmbeddedPostgres.Builder configured(RunDirectory directory) throws IOException {
        Redirect log = Redirect.appendTo(directory.log().toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        if (File.separatorChar == '/') {
            // In the data directory, and deleted with it: a killed server leaves segments of the default kind behind.
            builder.setServerConfig("dynamic_shared_memory_type", "mmap");
        }
        return builder.setDataDirectory(directory.data())
                .setRegisterShutdownHook(false)
                .setPort(freePort())
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("timezone", "UTC")
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("log_checkpoints", "off")
                .setServerConfig("min_wal_size", "32MB")
                .setServerConfig("max_wal_size", "128MB");
    }

    ServerAccess access() {
        return access;
    }

    /** From now on the server outlives this JVM. */
    void keep() throws IOException {
        directory.keep();
        kept = true;
    }

    boolean isKept() {
        return kept;
    }

    long pid() throws IOException {
        return LeftServer.pid(directory.data());
    }

    void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            directory.delete();
        }
    }

    private static int freePort() throws IOException {
        int port;
        do {
            port = RandomGenerator.getDefault().nextInt(FIRST_PORT, LAST_PORT);
        } while (!isFree(port));
        return port;
    }

    private static boolean isFree(int port) throws IOException {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            return true;
        } catch (BindException e) {
            return false;
        }
    }

    /** PostgreSQL refuses to run as root; where Linux allows it, root becomes nobody for it. */
    private static void requireNotRoot(Path place) throws IOException {
        if (place.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Integer.valueOf(0).equals(Files.getAttribute(place, "unix:uid"))
                && !LinuxUtils.isUnshareAvailable()) {
            throw new PgaiException(
                    "PostgreSQL does not run as root, and `unshare -U`, which would help, is not allowed"
                            + " here. Run the tests as another user, or choose a server that runs already: "
                            + Settings.SERVER + "="
                            + ServerAccess.URL_FORM + ".");
        }
    }

    private static String tail(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        return text.substring(Math.max(0, text.length() - LOG_TAIL));
    }
}
