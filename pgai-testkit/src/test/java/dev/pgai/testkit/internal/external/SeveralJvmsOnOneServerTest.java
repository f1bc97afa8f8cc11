package dev.pgai.testkit.internal.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.TestServer;
import dev.pgai.testkit.TestVector;
import dev.pgai.testkit.fixture.Await;
import dev.pgai.testkit.fixture.ForkedClosing;
import dev.pgai.testkit.fixture.ForkedContext;
import dev.pgai.testkit.fixture.ForkedJvm;
import dev.pgai.testkit.fixture.Query;
import dev.pgai.testkit.internal.server.AdminConnections;
import dev.pgai.testkit.internal.server.ServerAccess;
import dev.pgai.testkit.internal.server.Tenancy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralJvmsOnOneServerTest {

    @Test
    void what_a_killed_jvm_left_on_a_server_of_somebody_elses_goes(@TempDir Path temporary) throws Exception {
        try (TestDatabase host = host();
                Connection connection = host.connection()) {
            List<String> options = List.of(
                    "-Dpgai.test.server=" + host.url(),
                    "-Dpgai.test.vector=auto",
                    "-Dpgai.test.catalog=standin",
                    "-Dpgai.test.keep=2");
            ServerAccess access = Objects.requireNonNull(ServerAccess.ofUrl(host.url(), host.user(), host.password()));
            GuestTenancy tenancy =
                    new GuestTenancy(host.url(), access, new AdminConnections(access.dataSource(host.name())));
            try (ForkedJvm killed = ForkedJvm.start(temporary, options, "wait");
                    ForkedJvm keeping = ForkedJvm.start(temporary, options, "keep")) {
                String ofKilled = killed.said().get("open");
                String kept = keeping.said().get("open");
                keeping.awaitEnd();

                tenancy.sweep(Instant.now());
                assertThat(exists(connection, ofKilled)).isTrue();
                assertThat(exists(connection, kept)).isTrue();

                killed.kill();
                Await.that(() -> {
                    tenancy.sweep(Instant.now());
                    return !exists(connection, ofKilled);
                });
                assertThat(exists(connection, kept)).isTrue();

                tenancy.sweep(Instant.now().plus(Tenancy.KEPT).plusSeconds(1));
                assertThat(exists(connection, kept)).isFalse();
            }
            // The host is another JVM's, this one's, and is there as long as that.
            assertThat(exists(connection, host.name())).isTrue();
            String template = "select count(*) from pg_database where datistemplate and datname like 'pgai_template_%'"
                    + " and shobj_description(oid, 'pg_database') like 'pgai-testkit, %'";
            String used = Query.text(connection, template);
            assertThat(used).isNotEqualTo("0");
            tenancy.sweep(Instant.now().plus(Duration.ofDays(6)));
            assertThat(Query.text(connection, template)).isEqualTo(used);
            tenancy.sweep(Instant.now().plus(Duration.ofDays(8)));
            assertThat(Query.text(connection, template)).isEqualTo("0");
        }
    }

    private static boolean exists(Connection connection, @Nullable String database) throws SQLException {
        return "1"
                .equals(Query.text(connection, "select count(*) from pg_database where datname = '" + database + "'"));
    }

    @Test
    void leave_nothing_behind_on_a_server_of_somebody_elses(@TempDir Path temporary) throws Exception {
        try (TestDatabase host = host();
                Connection connection = host.connection()) {
            List<String> options = on(host);
            try (ForkedJvm one = ForkedJvm.start(temporary, options);
                    ForkedJvm other = ForkedJvm.start(temporary, options)) {
                String open = one.said().get("open");
                String otherOpen = other.said().get("open");
                assertThat(open).isNotEqualTo(otherOpen);
                one.awaitEnd();
                other.awaitEnd();
                assertThat(Query.text(
                                connection,
                                "select string_agg(datname, ',') from pg_database where datname in ('" + open + "', '"
                                        + otherOpen + "')"))
                        .isNull();
            }
        }
    }

    @Test
    void what_ends_with_the_jvm_still_has_its_database(@TempDir Path temporary) throws Exception {
        try (TestDatabase host = host();
                Connection connection = host.connection();
                ForkedJvm jvm = ForkedJvm.start(ForkedContext.class, temporary, on(host), Map.of())) {
            String database = jvm.said().get("open");
            assertThat(jvm.output().lines()).hasSize(6).allMatch(line -> line.endsWith(" still there"));
            assertThat(exists(connection, database)).isFalse();
        }
    }

    /** The class loader of the tests may be closed by then. */
    @Test
    void at_the_end_no_class_is_loaded(@TempDir Path temporary) throws Exception {
        try (TestDatabase host = host();
                Connection connection = host.connection();
                ForkedJvm jvm = ForkedJvm.start(ForkedClosing.class, temporary, on(host), Map.of())) {
            String open = jvm.said().get("open");
            assertThat(jvm.output()).doesNotContain("Error", "Exception", "pgai-testkit-");
            assertThat(exists(connection, open)).isFalse();
        }
    }

    private static List<String> on(TestDatabase host) {
        return List.of("-Dpgai.test.server=" + host.url(), "-Dpgai.test.vector=auto", "-Dpgai.test.catalog=standin");
    }

    private static TestDatabase host() {
        return TestDatabases.builder()
                .server(TestServer.embedded())
                .vector(TestVector.AUTO)
                .catalog(TestCatalog.none())
                .build()
                .create();
    }
}
