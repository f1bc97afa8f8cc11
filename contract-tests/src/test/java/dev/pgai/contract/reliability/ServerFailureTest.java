package dev.pgai.contract.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pgai.database.OutcomeUnknownException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that stops, has no room left, or only reads. */
class ServerFailureTest {

    private static final int CLIENTS = 4;

    private static final String READ_ONLY = "25006";
    private static final String DISK_FULL = "53100";

    private static final VectorizerDefinition V = Tables.definition(0).build();

    @TempDir
    private Path directory;

    private OwnServer server;
    private TestDatabase database;
    private Tables tables;
    private Pgai pgai;

    @BeforeEach
    void startServer() throws Exception {
        server = OwnServer.create(directory.resolve("primary"));
        database = server.databases().create();
        tables = new Tables(database, CLIENTS);
        pgai = Pgai.on(server.dataSource(database.name()));
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "immediate"})
    void a_server_that_was_stopped_did_nothing_and_is_found_again(String mode) throws Exception {
        pgai.create(V);
        server.stop(mode);

        for (Operation operation : Operation.ALL) {
            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .as(operation.name())
                    .isThrownBy(() -> operation.run(pgai, V))
                    .isNotInstanceOf(OutcomeUnknownException.class)
                    .withMessageContaining("Cannot get a connection")
                    .returns("08001", PgaiDatabaseException::sqlState);
        }

        server.start();
        assertThat(pgai.exists("v0")).isTrue();
        pgai.drop("v0", Embeddings.DROP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "immediate"})
    void a_server_that_stops_leaves_nothing_half_done(String mode) throws Exception {
        AtomicBoolean running = new AtomicBoolean(true);
        Set<String> said = new ConcurrentSkipListSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                VectorizerDefinition own = Tables.definition(i).build();
                clients.add(threads.submit(() -> createAndDrop(own, running, said)));
            }
            for (int stops = 0; stops < 3; stops++) {
                Thread.sleep(300);
                server.stop(mode);
                server.start();
            }
            Thread.sleep(300);
            running.set(false);
            for (Future<Integer> client : clients) {
                assertThat(client.get(60, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.println("A server that stops, " + mode + ": " + said);

        assertThat(said).isNotEmpty();
        assertThat(tables.leftOver()).isEmpty();
        assertThat(pgai.inspect())
                .allSatisfy(vectorizer -> assertThat(vectorizer.damages()).isEmpty());
    }

    /** How often something was done. */
    private int createAndDrop(VectorizerDefinition own, AtomicBoolean running, Set<String> said) {
        int done = 0;
        while (running.get()) {
            try {
                pgai.createIfAbsent(own);
                pgai.dropIfExists(String.valueOf(own.name()), Embeddings.DROP);
                done++;
            } catch (RefusedException e) {
                throw e;
            } catch (PgaiDatabaseException e) {
                said.add(e.getClass().getSimpleName() + " " + e.sqlState());
            }
        }
        return done;
    }

    @Test
    void a_standby_is_read_and_says_that_it_is_read_only() throws Exception {
        pgai.create(V);
        server.stop("fast");
        OwnServer standby = OwnServer.standbyOf(server, directory.resolve("standby"));
        try (standby) {
            Pgai reading = Pgai.on(standby.dataSource(database.name()));
            assertThat(reading.list()).hasSize(1);
            assertThat(reading.inspect("v0").isWhole()).isTrue();

            changesNothing(reading);
        }
    }

    /** By a setting of the database, so that each transaction is. */
    @Test
    void a_database_that_is_read_only_is_read_and_says_so() throws Exception {
        pgai.create(V);
        tables.execute("alter database " + database.name() + " set default_transaction_read_only = on");

        changesNothing(pgai);

        assertThat(pgai.exists("v0")).isTrue();
    }

    private static void changesNothing(Pgai reading) {
        for (VectorizerDefinition wanted : List.of(V, Tables.definition(1).build())) {
            for (Operation look : Operation.LOOKS) {
                Throwable failure = catchThrowable(() -> look.run(reading, wanted));
                assertThat(failure == null || failure instanceof RefusedException)
                        .as("%s: %s", look, failure)
                        .isTrue();
            }
            Set<String> done = new TreeSet<>();
            for (Operation change : Operation.CHANGES) {
                try {
                    change.run(reading, wanted);
                    done.add(change.name());
                } catch (RefusedException e) {
                    assertThat(e).as(change.name()).hasNoCause();
                } catch (PgaiDatabaseException e) {
                    assertThat(e).as(change.name()).hasMessageContaining("read-only");
                    assertThat(e.sqlState()).isEqualTo(READ_ONLY);
                }
            }
            // These had nothing to do.
            assertThat(done)
                    .isSubsetOf(
                            "create if absent",
                            "alter",
                            "plan and apply",
                            "drop if exists",
                            "drop keeping",
                            "repair",
                            "refresh view");
        }
    }

    /** The files of the database are where there is little room, those of the log are not. */
    @Test
    void a_full_disk_is_named_and_nothing_is_half_done() throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        assumeThat(mount(small))
                .as("a file system of a few megabytes can be mounted")
                .isTrue();
        try {
            Path space = Files.createDirectory(small.resolve("space"));
            try (Connection connection = server.dataSource("postgres").getConnection()) {
                Tables.execute(connection, "create tablespace small location '" + space + "'");
                Tables.execute(connection, "alter database " + database.name() + " set tablespace small");
            }
            fill(small.resolve("filler"));

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(this::createMany)
                    .isNotInstanceOf(OutcomeUnknownException.class)
                    .withMessageContaining("no room left on its disk")
                    .returns(DISK_FULL, PgaiDatabaseException::sqlState);
            assertThat(tables.leftOver()).isEmpty();
            assertThat(pgai.inspect())
                    .allSatisfy(vectorizer -> assertThat(vectorizer.damages()).isEmpty());
            Files.delete(small.resolve("filler"));
            pgai.create(V);
            assertThat(pgai.inspect("v0").isWhole()).isTrue();
        } finally {
            server.stop("immediate");
            new ProcessBuilder("umount", small.toString()).start().waitFor();
        }
    }

    private void createMany() {
        for (int i = 0; i < 200; i++) {
            pgai.create(Tables.definition(i % CLIENTS)
                    .name("w" + i)
                    .destination(Destination.table("f" + i))
                    .build());
        }
    }

    /** As root, and where that is allowed. */
    private static boolean mount(Path at) throws InterruptedException {
        try {
            return new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=40m,mode=777", "tmpfs", at.toString())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void fill(Path file) {
        byte[] much = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(much);
            }
        } catch (IOException e) {
            // It is full.
        }
    }
}
